import type { ProblemKey } from '../../shared/problem.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { heard } from '../../shared/told-problem.ts';
import { type Job, JobThread, type Turn as ThreadTurn } from '../thread/job-thread.ts';
import { expressionLimit, parsingLimit } from '../thread/limits.ts';
import { sendPieces } from '../thread/pieces.ts';
import type { ReadDocument } from './document.ts';
import { workerFile } from './worker-file.ts';
import type { Asked, FromWorker, Source, Step, ToWorker } from './worker-messages.ts';

/** the s that each step of reading may take, and the problem after that */
const limits: Record<Step, [seconds: number, problem: ProblemKey]> = {
  parsing: [parsingLimit, 'answerTime'],
  mapping: [expressionLimit, 'jsonataTime'],
  reading: [20, 'answerTime'],
};

export interface Task {
  source: Source;
  /** JSONata, from the answer to the document; none where it is one */
  expression?: string;
  /** ms since the Unix epoch */
  now: number;
  /** what Node-RED knows that the expression asks for */
  ask: (name: Asked, args: unknown[]) => unknown;
  signal: AbortSignal;
}

type Turn = ThreadTurn<ToWorker, ReadDocument>;

/** Reads answers in a thread of its own, however large they are or however long an expression runs. */
export class AnswerWorker {
  readonly #thread = new JobThread<ToWorker, FromWorker>(workerFile, 'netmon answers');

  /** Reads an answer. Rejects with a Problem, or with the signal's reason once it is aborted. */
  read(task: Task): Promise<ReadDocument> {
    return this.#thread.run(new Reading(task));
  }

  /** Ends the thread. */
  close(): void {
    this.#thread.close();
  }
}

class Reading implements Job<ToWorker, FromWorker, ReadDocument> {
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
        const read: ReadDocument = {
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
