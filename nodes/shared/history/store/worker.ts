import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { tell } from '../../told-problem.ts';
import { Forwarders } from '../remote-write/forwarders.ts';
import { Problem } from '../../problem.ts';
import { backup } from './backup.ts';
import { openSqlite, storeProblem } from './sqlite.ts';
import type { FromWorker, ToWorker, WorkerSettings, WriteMessage } from './messages.ts';
import { takesSeries } from './series-filter.ts';
import { read } from './query.ts';
import { type SeriesName, Store } from './store.ts';

const port = parentPort!;
const hour = 3_600_000;

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** What answers a question at once. */
type Told =
  | Omit<Extract<FromWorker, { type: 'status' }>, 'id'>
  | Omit<Extract<FromWorker, { type: 'latest' }>, 'id'>;

/** The thread of a history: it has the store to itself and does one thing at a time. */
class HistoryWorker {
  readonly #store: Store;
  readonly #forwarders: Forwarders;
  #settings: WorkerSettings;
  /** the series that were named, by their place */
  #named: SeriesName[] = [];
  #waiting: WriteMessage[] = [];
  #timer: NodeJS.Timeout | undefined;
  #swept = 0;
  readonly #cancelled = new Set<number>();
  /** work that yields goes one after the other, so that a flush never runs within a query */
  #work: Promise<void> = Promise.resolve();

  constructor(settings: WorkerSettings, store: Store) {
    this.#settings = settings;
    this.#store = store;
    this.#forwarders = new Forwarders(store, (problem) =>
      send({ type: 'told', problem: tell(storeProblem(problem)) }),
    );
    this.#forwarders.receivers = settings.forwards;
    this.#tidy();
  }

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'write':
        this.#waiting.push(message);
        this.#timer ??= setTimeout(() => this.#commit(), this.#settings.commitMs);
        return;
      case 'read':
        this.#after(async () => {
          try {
            const { metrics, labels, ...query } = message.query;
            const takes = takesSeries(metrics, labels);
            const answer = await this.#yielding(read(this.#store, { ...query, takes }), message.id);
            if (answer) send({ type: 'answer', id: message.id, answer });
          } catch (error) {
            this.#fail(message.id, error);
          }
        });
        return;
      case 'cancel':
        this.#cancelled.add(message.id);
        return;
      case 'status':
        this.#answer(message.id, () => ({ type: 'status', status: this.#status() }));
        return;
      case 'latest': {
        const { id, from } = message;
        this.#answer(id, () => ({ type: 'latest', values: this.#store.latest(from) }));
        return;
      }
      case 'backup':
        this.#after(() => this.#backup(message.id, message.folder));
        return;
      case 'settings':
        this.#settings = message.settings;
        this.#store.retention = message.settings.retention;
        this.#forwarders.receivers = message.settings.forwards;
        this.#swept = 0;
        this.#tidy();
        return;
      case 'close':
        this.#close();
    }
  }

  #answer(id: number, answer: () => Told): void {
    try {
      send({ ...answer(), id });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  // One batch of all that waits: one row, one commit.
  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of runs(waiting)) {
      if (run[0]!.anew) this.#named = [];
      for (const { named } of run) this.#named.push(...named);
      this.#write(run);
    }
    this.#forwarders.wake();
    this.#tidy();
  }

  #write(messages: readonly WriteMessage[]): void {
    try {
      const together = (column: 'series' | 'times' | 'values') =>
        concatenated(messages.map((message) => message[column]));
      const refused = this.#store.append(this.#named, {
        series: together('series'),
        times: together('times'),
        values: together('values'),
      });
      // What was refused is told once.
      for (const [i, { id }] of messages.entries()) {
        send({ type: 'written', id, refused: i === 0 ? refused : { late: 0, early: 0 } });
      }
    } catch (error) {
      for (const { id } of messages) this.#fail(id, error);
    }
  }

  #tidy(): void {
    const now = Date.now();
    const isSweepDue = Math.abs(now - this.#swept) >= hour;
    if (!isSweepDue && !this.#store.isFlushDue) return;
    if (isSweepDue) this.#swept = now;
    this.#after(async () => {
      try {
        if (this.#store.isFlushDue) await this.#yielding(this.#store.flush());
        if (isSweepDue) this.#store.sweep();
      } catch (error) {
        this.#fail(undefined, error);
      }
    });
  }

  async #backup(id: number, folder: string): Promise<void> {
    try {
      const made = await this.#yielding(backup(this.#store, folder, Date.now()));
      send({ type: 'backedUp', id, folder: made! });
    } catch (error) {
      const { message: reason } = error as Error;
      this.#fail(id, new Problem('historyBackup', { folder, reason }, { cause: error }));
    }
  }

  #status() {
    const forwards = Object.entries(this.#forwarders.status).map(([name, status]) => {
      const problem = status.problem && tell(status.problem);
      return [name, { ...status, problem }] as const;
    });
    return { ...this.#store.status, forwards: Object.fromEntries(forwards) };
  }

  #after(work: () => Promise<void>): void {
    this.#work = this.#work.then(work);
  }

  // Undefined where nobody waits for it any more.
  async #yielding<Result>(work: Generator<void, Result>, id?: number): Promise<Result | undefined> {
    for (;;) {
      const end = performance.now() + 5;
      do {
        const step = work.next();
        if (step.done) return step.value;
      } while (performance.now() < end);
      await nextTurn();
      if (id !== undefined && this.#cancelled.delete(id)) return undefined;
    }
  }

  #fail(id: number | undefined, error: unknown): void {
    send({ type: 'failed', id, problem: tell(storeProblem(error)) });
  }

  #close(): void {
    if (this.#waiting.length > 0) this.#commit();
    void this.#work.then(async () => {
      await this.#forwarders.close();
      this.#store.close();
      port.close();
    });
  }
}

// Messages up to one that names all series anew.
function runs(messages: readonly WriteMessage[]): WriteMessage[][] {
  const all: WriteMessage[][] = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (last && !message.anew) last.push(message);
    else all.push([message]);
  }
  return all;
}

function concatenated(arrays: readonly Float64Array[]): Float64Array {
  if (arrays.length === 1) return arrays[0]!;
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

async function start(settings: WorkerSettings): Promise<void> {
  try {
    const store = new Store(settings.folder, {
      open: await openSqlite(),
      now: Date.now,
      steady: () => performance.now(),
      retention: settings.retention,
      damaged: (file) => send({ type: 'damaged', file }),
    });
    const worker = new HistoryWorker(settings, store);
    port.on('message', (message: ToWorker) => worker.hear(message));
    send({ type: 'opened' });
  } catch (error) {
    send({ type: 'failed', id: undefined, problem: tell(storeProblem(error)) });
    port.close();
  }
}

void start(workerData as WorkerSettings);
