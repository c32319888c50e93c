import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { isProblem, Problem } from '../problem.ts';
import { heard } from '../told-problem.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './store/messages.ts';
import { workerFile } from './worker-file.ts';

/** ms after which a thread that ended is started again */
const restartMs = 5000;

export interface ThreadOptions {
  settings: WorkerSettings;
  clock: Clock;
  /**
   * is told of what is no answer to anything: a failed flush, a damaged file, the end of the thread; undefined once the
   * files are in use again after that
   */
  tell?: ((problem: Error | undefined) => void) | undefined;
  /** is told that the thread ended: the next one knows of nothing */
  ended: () => void;
}

export interface AskOptions {
  /** once it is aborted nobody waits for the answer any more */
  signal?: AbortSignal | undefined;
  /** is told how much of 1 is done */
  progress?: ((share: number) => void) | undefined;
  /** what goes over to the thread with the message */
  transfer?: ArrayBuffer[];
}

/** The thread that has a history's files to itself. It is started for the first message, and again after an end. */
export class HistoryThread {
  readonly #options: ThreadOptions;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  /** who is told how far what takes long is, by its id */
  readonly #progress = new Map<number, (share: number) => void>();
  #settings: WorkerSettings;
  #worker: Worker | undefined;
  #opened: PromiseWithResolvers<true> | undefined;
  #lastId = 0;
  #closed = false;
  #stopWaiting = () => {};
  #failed: Error | undefined;
  /** whether trouble was told that is not over */
  #isTroubled = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#settings = options.settings;
  }

  /** Resolves once the files are open. Rejects with a Problem. */
  async open(): Promise<void> {
    await this.#start().promise;
  }

  get settings(): WorkerSettings {
    return this.#settings;
  }

  set settings(settings: WorkerSettings) {
    this.#settings = settings;
    this.send({ type: 'settings', settings });
  }

  /** Why there is no thread now that could answer. */
  get failure(): Error | undefined {
    return this.#worker ? undefined : this.#failed;
  }

  /** Asks something. Rejects with a Problem, or with the signal's reason once it is aborted. */
  ask<Result>(
    message: (id: number) => ToWorker,
    { signal, progress, transfer }: AskOptions = {},
  ): Promise<Result> {
    if (this.#closed) return Promise.reject(new Problem('historyClosed'));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    // A thread that has ended answers nothing.
    if (this.failure) return Promise.reject(this.failure);
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    if (progress) this.#progress.set(id, progress);
    this.#start();
    this.send(message(id), transfer);
    const cancel = () => {
      this.send({ type: 'cancel', id });
      this.#settle(id)?.reject(signal!.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    return asked.promise.finally(() => {
      signal?.removeEventListener('abort', cancel);
      this.#progress.delete(id);
    }) as Promise<Result>;
  }

  /** Tells the thread something, if there is one. */
  send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  /** Ends the thread once all that was written is on the disk. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaiting();
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.ref();
    this.send({ type: 'close' });
    await ended;
  }

  #start(): { promise: Promise<true> } {
    if (this.#opened) return this.#opened;
    const opened = (this.#opened = Promise.withResolvers<true>());
    opened.promise.catch(() => {});
    const worker = (this.#worker = new Worker(workerFile, {
      workerData: this.#settings,
      name: 'netmon history',
      // It makes much that lives shortly: more room for that would only take memory.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    }));
    this.#failed = undefined;
    worker.on('message', (message: FromWorker) => this.#hear(message));
    worker.on('error', (cause: Error) =>
      this.#end(worker, new Problem('historyEnded', { reason: cause.message }, { cause })),
    );
    worker.on('exit', () => this.#end(worker, new Problem('historyEnded', { reason: 'closed' })));
    return opened;
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        this.#opened?.resolve(true);
        this.#over();
        return;
      case 'recovered':
        this.#over();
        return;
      case 'written':
        return this.#settle(message.id)?.resolve(message.refused);
      case 'answer':
        return this.#settle(message.id)?.resolve(message.answer);
      case 'analysed':
        return this.#settle(message.id)?.resolve(message.result);
      case 'status':
        return this.#settle(message.id)?.resolve(message.status);
      case 'latest':
        return this.#settle(message.id)?.resolve(message.values);
      case 'backedUp':
        return this.#settle(message.id)?.resolve(message.folder);
      case 'labelNames':
        return this.#settle(message.id)?.resolve(message.names);
      case 'progress':
        this.#progress.get(message.id)?.(message.share);
        return;
      case 'failed': {
        const problem = heard(message.problem);
        if (message.id !== undefined) return this.#settle(message.id)?.reject(problem);
        this.#failed = problem;
        this.#opened?.reject(problem);
        this.#isTroubled = true;
        this.#options.tell?.(problem);
        return;
      }
      case 'told':
        this.#options.tell?.(heard(message.problem));
        return;
      case 'damaged': {
        const { file, aside } = message;
        this.#options.tell?.(
          aside
            ? new Problem('historyDamaged', { file })
            : new Problem('historyBlockDamaged', { file }),
        );
      }
    }
  }

  #over(): void {
    if (!this.#isTroubled) return;
    this.#isTroubled = false;
    this.#options.tell?.(undefined);
  }

  #settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  // What was not acknowledged is not kept: whoever wrote it is told.
  #end(worker: Worker, problem: Problem): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const reason = this.#failed ?? problem;
    this.#opened?.reject(reason);
    for (const { reject } of this.#asked.values()) reject(reason);
    this.#asked.clear();
    this.#options.ended();
    if (this.#closed) return;
    this.#isTroubled = true;
    if (!this.#failed) this.#options.tell?.(problem);
    this.#failed = reason;
    // What this Node.js has not got, it will not have later.
    if (isProblem(reason) && reason.key === 'historyNode') return;
    this.#stopWaiting = this.#options.clock.after(restartMs, () => {
      this.#opened = undefined;
      this.#start();
    });
  }
}
