import type { Reading } from '../../contract/reading.ts';
import type { Clock } from '../clock.ts';
import { inSlices } from '../in-slices.ts';
import { Problem } from '../problem.ts';
import { heard } from '../told-problem.ts';
import type { AnalysisName, RequestOf, ResultOf } from './analyses/index.ts';
import { Columns } from './columns.ts';
import { HistoryThread, type ThreadOptions } from './history-thread.ts';
import { Rate } from './rate.ts';
import type { Forwarded } from './remote-write/forwarder.ts';
import { SeriesNames } from './series-names.ts';
import type { AskedQuery, FromWorker, WorkerSettings } from './store/messages.ts';
import type { Answer } from './store/query.ts';
import type { Retention } from './store/retention.ts';
import type { LatestValue, Refused, StoreStatus } from './store/store.ts';

/** ms for which readings gather before they go to the thread: a post costs more than a reading */
const gatherMs = 20;
/** readings that are not on the disk yet, above which no more are taken */
const mostPending = 1e6;
/** readings between two looks at the clock */
const stretch = 500;

export type HistoryOptions = WorkerSettings & Pick<ThreadOptions, 'clock' | 'tell'>;

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
  readonly #thread: HistoryThread;
  readonly #clock: Clock;
  readonly #names = new SeriesNames();
  readonly #rate: Rate;
  #slab: Slab | undefined;
  /** the last of the messages that are added one after the other */
  #adding: Promise<void> | undefined;
  #pending = 0;
  #closed = false;
  #stopGathering = () => {};

  constructor({ clock, tell, ...settings }: HistoryOptions) {
    this.#clock = clock;
    this.#rate = new Rate(clock.steady);
    const ended = () => this.#names.reset();
    this.#thread = new HistoryThread({ settings, clock, tell, ended });
  }

  /** Resolves once the files are open. Rejects with a Problem. */
  open(): Promise<void> {
    return this.#thread.open();
  }

  get folder(): string {
    return this.#thread.settings.folder;
  }

  /** How long what is kept. */
  get retention(): Retention {
    return this.#thread.settings.retention;
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
   * @param isMuch whether they are so many that they need not gather with others
   */
  write(readings: readonly Reading[], isMuch = false): Promise<Refused> {
    const none = { late: 0, early: 0 };
    if (readings.length === 0) return Promise.resolve(none);
    if (this.#closed) return Promise.reject(new Problem('historyClosed'));
    if (this.#pending + readings.length > mostPending) {
      return Promise.reject(new Problem('historyBehind', { count: this.#pending }));
    }
    const { failure } = this.#thread;
    if (failure) return Promise.reject(failure);
    this.#pending += readings.length;
    this.#rate.add(readings.length);
    return this.#add(readings, isMuch).finally(() => (this.#pending -= readings.length));
  }

  // One message after the other, for their order counts; a large one a little at a time.
  async #add(readings: readonly Reading[], isMuch: boolean): Promise<Refused> {
    const slabs = new Set<Slab>();
    if (!this.#adding && readings.length <= stretch) {
      slabs.add(this.#gather(readings, 0));
    } else {
      const adding = (this.#adding ?? Promise.resolve()).then(() =>
        inSlices(this.#addAll(readings, slabs), { clock: this.#clock }),
      );
      this.#adding = adding;
      await adding;
      if (this.#adding === adding) this.#adding = undefined;
    }
    if (isMuch) {
      this.#post();
      this.#thread.send({ type: 'commit' });
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
    return this.#thread.ask<Answer>((id) => ({ type: 'read', id, query }), { signal });
  }

  /**
   * Makes an analysis of what is kept, in the thread. Rejects with a Problem, or with the signal's reason once it is
   * aborted.
   */
  async analyse<Name extends AnalysisName>(
    name: Name,
    request: RequestOf<Name>,
    signal?: AbortSignal,
  ): Promise<ResultOf<Name>> {
    signal?.throwIfAborted();
    this.#post();
    return this.#thread.ask((id) => ({ type: 'analyse', id, name, request }), { signal });
  }

  async status(): Promise<HistoryStatus> {
    return heardStatus(await this.#thread.ask<ToldStatus>((id) => ({ type: 'status', id })));
  }

  /** The last value of each series that has one since `from`, in ms since the Unix epoch. */
  latest(from: number): Promise<LatestValue[]> {
    this.#post();
    return this.#thread.ask((id) => ({ type: 'latest', id, from }));
  }

  /**
   * Copies all that is kept by now into a new folder within `folder`, and resolves to its path. Rejects with a
   * Problem, or with the signal's reason once it is aborted: then nothing stays of it.
   * @param progress is told how much of 1 is done
   */
  backup(
    folder: string,
    options: { signal?: AbortSignal; progress?: (share: number) => void } = {},
  ): Promise<string> {
    return this.#thread.ask<string>((id) => ({ type: 'backup', id, folder }), options);
  }

  /** The names of the labels that series have which a filter takes, sorted. Rejects with a Problem. */
  labelNames({ metrics, labels }: Pick<AskedQuery, 'metrics' | 'labels'>): Promise<string[]> {
    this.#post();
    return this.#thread.ask((id) => ({ type: 'labelNames', id, metrics, labels }));
  }

  /** Changes how long what is kept, and how often it is committed. */
  set settings(settings: Omit<WorkerSettings, 'folder'>) {
    this.#thread.settings = { ...settings, folder: this.folder };
  }

  /** Ends the thread once all that was written is on the disk. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#adding;
    this.#post();
    await this.#thread.close();
  }

  #newSlab(): Slab {
    this.#stopGathering = this.#clock.after(gatherMs, () => this.#post());
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
    const { failure } = this.#thread;
    if (failure) {
      slab.reject(failure);
      return;
    }
    const { series, times, values } = slab.columns.taken();
    const written = this.#thread.ask<Refused>(
      (id) => ({ type: 'write', id, ...this.#names.taken(), series, times, values }),
      { transfer: [series.buffer, times.buffer, values.buffer] },
    );
    written.then(slab.resolve, slab.reject);
    if (this.#names.isFull) this.#names.reset();
  }
}

type ToldStatus = (FromWorker & { type: 'status' })['status'];

function heardStatus(status: ToldStatus): HistoryStatus {
  const forwards = Object.entries(status.forwards).map(([name, { problem, ...forwarded }]) => [
    name,
    { ...forwarded, problem: problem && heard(problem) },
  ]);
  return { ...status, forwards: Object.fromEntries(forwards) as HistoryStatus['forwards'] };
}
