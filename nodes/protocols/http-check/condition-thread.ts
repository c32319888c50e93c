import { heard } from '../../shared/told-problem.ts';
import { JobThread } from '../thread/job-thread.ts';
import { expressionLimit, parsingLimit } from '../thread/limits.ts';
import { sendPieces } from '../thread/pieces.ts';
import type { ConditionResult, Conditions } from './transport.ts';
import { workerFile } from './worker-file.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Evaluates conditions in a thread of its own, however large the body and however long they run. */
export class ConditionThread implements Conditions {
  readonly #thread = new JobThread<ToWorker, FromWorker>(workerFile, 'netmon conditions');

  evaluate(
    expression: string,
    body: readonly string[],
    signal: AbortSignal,
  ): Promise<ConditionResult> {
    return this.#thread.run<ConditionResult>({
      signal,
      async begin(turn) {
        turn.limit(parsingLimit, 'answerTime');
        await sendPieces(turn, body);
        turn.send({ type: 'evaluate', expression });
      },
      hear(message, turn) {
        switch (message.type) {
          case 'parsed': {
            turn.limit(expressionLimit, 'jsonataTime');
            return;
          }
          case 'done': {
            turn.resolve({ holds: message.holds, shown: message.shown });
            return;
          }
          case 'failed': {
            turn.reject(heard(message.problem));
            return;
          }
        }
      },
    });
  }

  /** Ends the thread. */
  close(): void {
    this.#thread.close();
  }
}
