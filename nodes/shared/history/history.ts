import { Worker } from 'node:worker_threads';
import type { Reading } from '../../contract/reading.ts';
import type { Clock } from '../clock.ts';
import { inSlices } from '../in-slices.ts';
import { isProblem, Problem } from '../problem.ts';
import { heard } from '../told-problem.ts';
import { Columns } from './columns.ts';
import { Rate } from './rate.ts';
import type { Forwarded } from './remote-write/forwarder.ts';
import { SeriesNames } from './series-names.ts';
import type { AskedQuery, FromWorker, ToWorker, WorkerSettings } from './store/messages.ts';
import type { Answer } from './store/query.ts';
import type { LatestValue, Refused, Retention, StoreStatus } from './store/store.ts';
import { workerFile } from './worker-file.ts';

/** ms for which readings gather before they go to the thread: a post costs more than a reading */
const gatherMs = 20;
/** readings that are not on the disk yet, above which no more are taken */
const mostPending = 1e6;
/** readings between two looks at the clock */
const stretch = 500;
/** ms after which a thread that ended is started again */
const restartMs = 5000;

export interface HistoryOptions extends WorkerSettings {
  clock: Clock;
  /** is told of what is no answer to anything: a failed flush, a damaged file, the end of the thread */
  tell?: (problem: Error) => void;
}

/** What is kept, and how far those are who get it, by their names. */
export interface HistoryStatus extends StoreStatus {
  forwards: Record<string, Omit<Forwarded, 'problem'> & { problem: Error | undefined }>;
}

/** Readings that go to the thread together. */
interface Slab extends PromiseWithResolvers<Refused> {
  columns: Columns;
}

/**
 * The history of a folder. Its thread has the files to itself; here readings are gathered and numbered,
 * so that they cost Node-RED's own thread next to nothing.
 */
export class History {
  readonly #options: HistoryOptions;
  readonly #names = new SeriesNames();
  readonly #rate: Rate;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #settings: WorkerSettings;
  #worker: Worker | undefined;
  #opened: PromiseWithResolvers<true> | undefined;
  #slab: Slab | undefined;
  /** the last of the messages that are added one after the other */
  #adding: Promise<void> | undefined;
  #pending = 0;
  #lastId = 0;
  #closed = false;
  #stopGathering = () => {};
  #stopWaiting = () => {};
  #failed: Error | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#rate = new Rate(options.clock.steady);
    const { folder, retention, commitMs, forwards } = options;
    this.#settings = { folder, retention, commitMs, forwards };
  }

  /** Resolves once the files are open. Rejects with a Problem. */
  async open(): Promise<void> {
    await this.#start().promise;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** How long what is kept. */
  get retention(): Retention {
    return this.#settings.retention;
  }

  /** Readings that are not on the disk yet. */
  get pending(): number {
    return this.#pending;
  }

  /** Readings that come a second, over the last five minutes. */
  get perSecond(): number {
    return this.#rate.perSecond;
  }

  /**
   * Keeps readings. Resolves once they are on the disk, with how many were refused for their time. Rejects
   * with a Problem where they are not kept.
   */
  write(readings: readonly Reading[]): Promise<Refused> {
    const none = { late: 0, early: 0 };
    if (readings.length === 0) return Promise.resolve(none);
    if (this.#closed) return Promise.reject(new Problem('historyClosed'));
    if (this.#pending + readings.length > mostPending) {
      return Promise.reject(new Problem('historyBehind', { count: this.#pending }));
    }
    if (this.#failed && !this.#worker) return Promise.reject(this.#failed);
    this.#pending += readings.length;
    this.#rate.add(readings.length);
    return this.#add(readings).finally(() => (this.#pending -= readings.length));
  }

  // One message after the other, for their order counts; a large one a little at a time.
  async #add(readings: readonly Reading[]): Promise<Refused> {
    const slabs = new Set<Slab>();
    if (!this.#adding && readings.length <= stretch) {
      slabs.add(this.#gather(readings, 0));
    } else {
      const adding = (this.#adding ?? Promise.resolve()).then(() =>
        inSlices(this.#addAll(readings, slabs), { clock: this.#options.clock }),
      );
      this.#adding = adding;
      await adding;
      if (this.#adding === adding) this.#adding = undefined;
    }
    const refused = await Promise.all(Array.from(slabs, (slab) => slab.promise));
    return {
      late: refused.reduce((sum, { late }) => sum + late, 0),
      early: refused.reduce((sum, { early }) => sum + early, 0),
    };
  }

  *#addAll(readings: readonly Reading[], slabs: Set<Slab>): Generator<void, void> {
    for (let from = 0; from < readings.length; from += stretch) {
      slabs.add(this.#gather(readings, from));
      yield;
    }
  }

  // Adds readings to those that go to the thread together.
  #gather(readings: readonly Reading[], from: number): Slab {
    const slab = (this.#slab ??= this.#newSlab());
    const to = Math.min(readings.length, from + stretch);
    for (let i = from; i < to; i++) {
      const reading = readings[i]!;
      slab.columns.add(this.#names.of(reading), Math.round(reading.time), reading.value);
    }
    return slab;
  }

  /** Reads. Rejects with a Problem, or with the signal's reason once it is aborted. */
  async read(query: AskedQuery, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    // What was written before is seen.
    this.#post();
    const id = ++this.#lastId;
    const asked = this.#ask<Answer>(id, { type: 'read', id, query });
    const cancel = () => {
      this.#send({ type: 'cancel', id });
      this.#asked.get(id)?.reject(signal!.reason);
      this.#asked.delete(id);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    return asked.finally(() => signal?.removeEventListener('abort', cancel));
  }

  status(): Promise<HistoryStatus> {
    const id = ++this.#lastId;
    return this.#ask(id, { type: 'status', id });
  }

  /** The last value of each series that has one since `from`, in ms since the Unix epoch. */
  latest(from: number): Promise<LatestValue[]> {
    this.#post();
    const id = ++this.#lastId;
    return this.#ask(id, { type: 'latest', id, from });
  }

  /**
   * Copies all that is kept by now into a new folder within `folder`, and resolves to its path. Rejects with a
   * Problem.
   */
  backup(folder: string): Promise<string> {
    const id = ++this.#lastId;
    return this.#ask(id, { type: 'backup', id, folder });
  }

  /** Changes how long what is kept, and how often it is committed. */
  set settings(settings: Omit<WorkerSettings, 'folder'>) {
    this.#settings = { ...settings, folder: this.#options.folder };
    this.#send({ type: 'settings', settings: this.#settings });
  }

  /** Ends the thread once all that was written is on the disk. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#adding;
    this.#post();
    this.#stopWaiting();
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.ref();
    this.#send({ type: 'close' });
    await ended;
  }

  #newSlab(): Slab {
    this.#stopGathering = this.#options.clock.after(gatherMs, () => this.#post());
    const kept = Promise.withResolvers<Refused>();
    // It may fail before all of a message is in it, when nobody listens yet.
    kept.promise.catch(() => {});
    return { columns: new Columns(), ...kept };
  }

  #post(): void {
    const slab = this.#slab;
    if (!slab) return;
    this.#stopGathering();
    this.#slab = undefined;
    const id = ++this.#lastId;
    this.#asked.set(id, slab as unknown as PromiseWithResolvers<unknown>);
    const { series, times, values } = slab.columns.taken();
    this.#start();
    this.#send({ type: 'write', id, ...this.#names.taken(), series, times, values }, [
      ...[series.buffer, times.buffer, values.buffer],
    ]);
    if (this.#names.isFull) this.#names.reset();
  }

  #ask<Result>(id: number, message: ToWorker): Promise<Result> {
    if (this.#closed) return Promise.reject(new Problem('historyClosed'));
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    this.#start();
    this.#send(message);
    return asked.promise as Promise<Result>;
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
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
        return;
      case 'written':
        return this.#settle(message.id)?.resolve(message.refused);
      case 'answer':
        return this.#settle(message.id)?.resolve(message.answer);
      case 'status':
        return this.#settle(message.id)?.resolve(heardStatus(message.status));
      case 'latest':
        return this.#settle(message.id)?.resolve(message.values);
      case 'backedUp':
        return this.#settle(message.id)?.resolve(message.folder);
      case 'failed': {
        const problem = heard(message.problem);
        if (message.id !== undefined) return this.#settle(message.id)?.reject(problem);
        this.#failed = problem;
        this.#opened?.reject(problem);
        this.#options.tell?.(problem);
        return;
      }
      case 'told':
        this.#options.tell?.(heard(message.problem));
        return;
      case 'damaged':
        this.#options.tell?.(new Problem('historyDamaged', { file: message.file }));
    }
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
    this.#names.reset();
    if (this.#closed) return;
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

function heardStatus(status: (FromWorker & { type: 'status' })['status']): HistoryStatus {
  const forwards = Object.entries(status.forwards).map(([name, { problem, ...forwarded }]) => [
    name,
    { ...forwarded, problem: problem && heard(problem) },
  ]);
  return { ...status, forwards: Object.fromEntries(forwards) as HistoryStatus['forwards'] };
}
