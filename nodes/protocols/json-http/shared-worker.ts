import { AnswerWorker } from './answer-worker.ts';

let shared: AnswerWorker | undefined;
let users = 0;

/**
 * The worker that all device polls of this process share.
 * @param closing aborted once this user of it closes; with the last one it ends
 */
export function sharedWorker(closing: AbortSignal): AnswerWorker {
  users++;
  const worker = (shared ??= new AnswerWorker());
  closing.addEventListener('abort', () => {
    if (--users > 0) return;
    worker.close();
    shared = undefined;
  });
  return worker;
}
