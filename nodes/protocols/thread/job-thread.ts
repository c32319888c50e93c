import { Worker } from 'node:worker_threads';
import { Problem, type ProblemKey } from '../../shared/problem.ts';

/** MB of objects; what is larger is no answer of a device */
const memory = 1024;

/** What a job may do while it is at work. */
export interface Turn<ToThread, Result> {
  /** whether it is still at work: it may have been aborted, or have taken too long */
  readonly isOn: boolean;
  send: (message: ToThread) => void;
  /** Gives the next step some seconds, after which the thread ends with this problem. */
  limit: (seconds: number, problem: ProblemKey) => void;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** What a thread is to do for someone. */
export interface Job<ToThread, FromThread, Result> {
  signal: AbortSignal;
  begin(turn: Turn<ToThread, Result>): Promise<void>;
  hear(message: FromThread, turn: Turn<ToThread, Result>): void;
}

interface Queued<ToThread, FromThread> {
  job: Job<ToThread, FromThread, unknown>;
  turn: Turn<ToThread, unknown>;
  reject: (error: unknown) => void;
}

/**
 * Does jobs in a thread of its own, one after the other, so that none holds up Node-RED: a step that
 * takes too long ends with the thread, and the next job has a new one.
 */
export class JobThread<ToThread, FromThread> {
  readonly #file: URL | string;
  readonly #name: string;
  #thread: Worker | undefined;
  readonly #waiting: Queued<ToThread, FromThread>[] = [];
  #current: Queued<ToThread, FromThread> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param name as tools for threads show it */
  constructor(file: URL | string, name: string) {
    this.#file = file;
    this.#name = name;
  }

  /** Does a job. Rejects with a Problem, or with its signal's reason once that is aborted. */
  async run<Result>(job: Job<ToThread, FromThread, Result>): Promise<Result> {
    const { signal } = job;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const isOn = () => this.#current === queued;
    const turn: Turn<ToThread, Result> = {
      get isOn() {
        return isOn();
      },
      send: (message) => {
        if (turn.isOn) this.#thread?.postMessage(message);
      },
      limit: (seconds, problem) => {
        if (turn.isOn) this.#limit(seconds, problem);
      },
      resolve: (result) => {
        if (turn.isOn) this.#end(() => resolve(result));
      },
      reject: (error) => {
        if (turn.isOn) this.#end(() => reject(error));
      },
    };
    const queued = { job, turn, reject } as Queued<ToThread, FromThread>;
    const leave = () => {
      const at = this.#waiting.indexOf(queued);
      if (at >= 0) this.#waiting.splice(at, 1);
      reject(signal.reason);
      // What it has begun nobody waits for.
      if (turn.isOn) this.#restart();
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.push(queued);
    this.#next();
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** Ends the thread, and what is still to be done. */
  close(): void {
    const left = [...this.#waiting.splice(0), ...(this.#current ? [this.#current] : [])];
    for (const { reject } of left) reject(ended());
    this.#restart();
  }

  #next(): void {
    if (this.#current) return;
    const next = (this.#current = this.#waiting.shift());
    if (!next) return this.#thread?.unref();
    this.#thread ??= this.#start();
    this.#thread.ref();
    next.job.begin(next.turn).catch(next.turn.reject);
  }

  #start(): Worker {
    const thread = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: memory },
      name: this.#name,
    });
    const failed = (problem: Problem) => {
      if (this.#thread !== thread) return;
      this.#current?.reject(problem);
      this.#restart();
    };
    thread.on('message', (message: FromThread) => {
      if (this.#thread === thread) this.#current?.job.hear(message, this.#current.turn);
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      failed(full ? new Problem('answerMemory') : ended(error));
    });
    thread.on('exit', () => failed(ended()));
    return thread;
  }

  #limit(seconds: number, problem: ProblemKey): void {
    clearTimeout(this.#timer);
    const { reject } = this.#current!;
    const timer = (this.#timer = setTimeout(() => {
      // Where Node-RED was held up itself, the answer may be there.
      setImmediate(() => {
        if (this.#timer !== timer) return;
        reject(new Problem(problem, { seconds }));
        this.#restart();
      });
    }, seconds * 1000));
  }

  #end(settle: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#current = undefined;
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

function ended(cause: Error = new Error('closed')): Problem {
  return new Problem('workerEnded', {}, { cause });
}
