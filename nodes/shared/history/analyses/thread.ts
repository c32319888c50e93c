import { Worker } from 'node:worker_threads';
import { Problem } from '../../problem.ts';
import { heard } from '../../told-problem.ts';
import type { AskedQuery } from '../store/messages.ts';
import { type Answer, buffersOf } from '../store/query.ts';
import type { AnalysisName, RequestOf, ResultOf } from './index.ts';
import type { FromAnalysis, ThreadWork } from './messages.ts';
import { workerFile } from './worker-file.ts';

/**
 * Makes an analysis in a thread of its own, which ends with it. Rejects with a Problem, or with the signal's reason
 * once it is aborted.
 * @param read answers its queries
 */
export async function analyseInThread<Name extends AnalysisName>(
  name: Name,
  request: RequestOf<Name>,
  read: (query: AskedQuery) => Promise<Answer>,
  signal: AbortSignal,
): Promise<ResultOf<Name>> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const work: ThreadWork = { name, request };
  const worker = new Worker(workerFile, { workerData: work, name: 'netmon analysis' });
  const ended = (reason: string, cause?: Error) =>
    reject(new Problem('historyEnded', { reason }, { cause }));
  const answer = async (query: AskedQuery) => {
    const found = await read(query);
    worker.postMessage(found, buffersOf(found));
  };
  worker.on('message', (message: FromAnalysis) => {
    if (message.type === 'ask') answer(message.query).catch(reject);
    else if (message.type === 'analysed') resolve(message.result);
    else reject(heard(message.problem));
  });
  worker.on('error', (error: Error) => ended(error.message, error));
  worker.on('exit', () => ended('closed'));
  const cancel = () => reject(signal.reason as Error);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return (await promise) as ResultOf<Name>;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
