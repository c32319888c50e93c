import type { Snapshot } from '../../contract/snapshot.ts';
import type { ProblemKey } from '../../shared/problem.ts';
import { heard } from '../../shared/told-problem.ts';
import type { Answer } from '../protocol.ts';
import { type Job, JobThread, type Turn as ThreadTurn } from '../thread/job-thread.ts';
import { expressionLimit, parsingLimit } from '../thread/limits.ts';
import { sendPieces } from '../thread/pieces.ts';
import type { AnswerThread, Task } from './transport.ts';
import { workerFile } from './worker-file.ts';
import type { FromWorker, Step, ToWorker } from './worker-messages.ts';

/** the s that each step of reading may take, and the problem after that */
const limits: Record<Step, [seconds: number, problem: ProblemKey]> = {
  parsing: [parsingLimit, 'answerTime'],
  mapping: [expressionLimit, 'jsonataTime'],
  reading: [20, 'answerTime'],
};

type Turn = ThreadTurn<ToWorker, Answer>;

/** Reads answers in a thread of its own, however large they are or however long an expression runs. */
export class AnswerWorker implements AnswerThread {
  readonly #thread = new JobThread<ToWorker, FromWorker>(workerFile, 'netmon answers');

  read(task: Task): Promise<Answer> {
    return this.#thread.run(new Reading(task));
  }

  /** Ends the thread. */
  close(): void {
    this.#thread.close();
  }
}

class Reading implements Job<ToWorker, FromWorker, Answer> {
  readonly signal: AbortSignal;
  readonly #task: Task;
  readonly #snapshot: Partial<Snapshot> = {};

  constructor(task: Task) {
    this.signal = task.signal;
    this.#task = task;
  }

  async begin(turn: Turn): Promise<void> {
    const { source, expression, now } = this.#task;
    turn.limit(...limits.parsing);
    if ('json' in source) await sendPieces(turn, source.json);
    const document = 'document' in source ? source.document : undefined;
    turn.send({ type: 'read', document, expression, now });
  }

  hear(message: FromWorker, turn: Turn): void {
    switch (message.type) {
      case 'step': {
        turn.limit(...limits[message.step]);
        return;
      }
      case 'ask':
        return void this.#answer(turn, message);
      case 'rows': {
        const { list, rows } = message;
        const all: unknown[] = (this.#snapshot[list] ??= []);
        for (const row of rows) all.push(row);
        turn.limit(...limits.reading);
        // Not at once, so that others have their turn between two.
        setImmediate(() => turn.send({ type: 'more' }));
        return;
      }
      case 'done': {
        const { snapshot, problems, more } = message;
        const read: Answer = {
          snapshot: { ...snapshot, ...this.#snapshot },
          problems: problems.map(heard),
        };
        if (more !== undefined) read.more = more;
        turn.resolve(read);
        return;
      }
      case 'failed': {
        turn.reject(heard(message.problem));
        return;
      }
    }
  }

  async #answer(
    turn: Turn,
    { question, name, args }: Extract<FromWorker, { type: 'ask' }>,
  ): Promise<void> {
    try {
      turn.send({ type: 'told', question, value: await this.#task.ask(name, args) });
    } catch (error) {
      // What cannot be sent, such as a function, is an error as well.
      const text = error instanceof Error ? error.message : String(error);
      turn.send({ type: 'told', question, error: text });
    }
  }
}
