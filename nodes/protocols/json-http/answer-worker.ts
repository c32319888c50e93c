import { Worker } from 'node:worker_threads';
import { Problem } from '../../shared/problem.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { ReadDocument } from './document.ts';
import { heard } from '../../shared/told-problem.ts';
import { workerFile } from './worker-file.ts';
import type { Asked, FromWorker, Source, Step, ToWorker } from './worker-messages.ts';

/** s that each step of reading may take */
const limits: Record<Step, number> = { parsing: 20, mapping: 2, reading: 20 };
/** MB of objects; what is larger is no answer of a device */
const memory = 1024;

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

interface Job extends Task, PromiseWithResolvers<ReadDocument> {
  snapshot: Partial<Snapshot>;
}

/**
 * Reads answers in a thread of its own, one after the other, so that none holds up Node-RED however
 * large it is or however long its expression runs: a step that takes too long ends with the thread,
 * and the next answer has a new one.
 */
export class AnswerWorker {
  #thread: Worker | undefined;
  readonly #waiting: Job[] = [];
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Reads an answer. Rejects with a Problem, or with the signal's reason once it is aborted. */
  read(task: Task): Promise<ReadDocument> {
    const job = { ...task, snapshot: {}, ...Promise.withResolvers<ReadDocument>() };
    const { signal } = task;
    const leave = () => {
      const at = this.#waiting.indexOf(job);
      if (at >= 0) this.#waiting.splice(at, 1);
      job.reject(signal.reason);
      // What it has begun nobody waits for.
      if (this.#job === job) this.#restart();
    };
    if (signal.aborted) leave();
    else {
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(job);
      this.#next();
    }
    return job.promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** Ends the thread. */
  close(): void {
    for (const { reject } of this.#waiting.splice(0))
      reject(new Problem('workerEnded', {}, { cause: new Error('closed') }));
    this.#job?.reject(new Problem('workerEnded', {}, { cause: new Error('closed') }));
    this.#restart();
  }

  #next(): void {
    if (this.#job) return;
    const job = (this.#job = this.#waiting.shift());
    if (!job) return this.#thread?.unref();
    this.#thread ??= this.#start();
    this.#thread.ref();
    this.#send(job).catch((error: unknown) => this.#end(() => job.reject(error)));
  }

  #start(): Worker {
    const thread = new Worker(workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: memory },
      name: 'netmon answers',
    });
    const failed = (problem: Problem) => {
      if (this.#thread !== thread) return;
      this.#job?.reject(problem);
      this.#restart();
    };
    thread.on('message', (message: FromWorker) => {
      if (this.#thread === thread && this.#job) this.#hear(this.#job, message);
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      failed(full ? new Problem('answerMemory') : new Problem('workerEnded', {}, { cause: error }));
    });
    thread.on('exit', () => failed(new Problem('workerEnded', {}, { cause: new Error('closed') })));
    return thread;
  }

  // Piece by piece, for each is copied.
  async #send(job: Job): Promise<void> {
    const { source, expression, now } = job;
    const send = (message: ToWorker) => this.#thread?.postMessage(message);
    let document: unknown;
    this.#limit('parsing');
    if ('document' in source) ({ document } = source);
    else
      for (const [i, piece] of source.json.entries()) {
        if (i % 16 === 15) await new Promise(setImmediate);
        if (this.#job !== job) return;
        send({ type: 'piece', piece });
      }
    send({ type: 'read', document, expression, now });
  }

  #hear(job: Job, message: FromWorker): void {
    switch (message.type) {
      case 'step': {
        this.#limit(message.step);
        return;
      }
      case 'ask':
        return void this.#answer(job, message);
      case 'rows': {
        const { list, rows } = message;
        const all: unknown[] = (job.snapshot[list] ??= []);
        for (const row of rows) all.push(row);
        this.#limit('reading');
        // Not at once, so that others have their turn between two.
        setImmediate(() => {
          if (this.#job === job) this.#thread?.postMessage({ type: 'more' } satisfies ToWorker);
        });
        return;
      }
      case 'done': {
        const { snapshot, problems, more } = message;
        const read: ReadDocument = {
          snapshot: { ...snapshot, ...job.snapshot },
          problems: problems.map(heard),
        };
        if (more !== undefined) read.more = more;
        this.#end(() => job.resolve(read));
        return;
      }
      case 'failed': {
        this.#end(() => job.reject(heard(message.problem)));
        return;
      }
    }
  }

  async #answer(
    job: Job,
    { question, name, args }: Extract<FromWorker, { type: 'ask' }>,
  ): Promise<void> {
    const tell = (told: { value?: unknown; error?: string }) => {
      if (this.#job !== job) return;
      this.#thread?.postMessage({ type: 'told', question, ...told } satisfies ToWorker);
    };
    try {
      tell({ value: await job.ask(name, args) });
    } catch (error) {
      // What cannot be sent, such as a function, is an error as well.
      tell({ error: error instanceof Error ? error.message : String(error) });
    }
  }

  #limit(step: Step): void {
    clearTimeout(this.#timer);
    const job = this.#job!;
    const seconds = limits[step];
    const timer = (this.#timer = setTimeout(() => {
      // Where Node-RED was held up itself, the answer may be there.
      setImmediate(() => {
        if (this.#timer !== timer) return;
        job.reject(new Problem(step === 'mapping' ? 'jsonataTime' : 'answerTime', { seconds }));
        this.#restart();
      });
    }, seconds * 1000));
  }

  #end(settle: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#job = undefined;
    settle();
    this.#next();
  }

  #restart(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    void thread?.terminate();
    this.#end(() => {});
  }
}
