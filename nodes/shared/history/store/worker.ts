import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { isProblem, Problem } from '../../problem.ts';
import { tell } from '../../told-problem.ts';
import { run } from '../analyses/analysis.ts';
import { analysisOf } from '../analyses/index.ts';
import { Forwarders } from '../remote-write/forwarders.ts';
import { backup } from './backup.ts';
import type {
  AnalyseMessage,
  AskedQuery,
  FromWorker,
  ToWorker,
  WorkerSettings,
  WriteMessage,
} from './messages.ts';
import { type Answer, buffersOf, read } from './query.ts';
import { takesSeries } from './series-filter.ts';
import type { SeriesName } from './series-list.ts';
import { openSqlite, storeProblem } from './sqlite.ts';
import { Store } from './store.ts';

const port = parentPort!;
const hour = 3_600_000;
/** ms after which what could not be written is tried again */
const retryMs = 5000;

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** What answers a question at once. */
type Told =
  | Omit<Extract<FromWorker, { type: 'status' }>, 'id'>
  | Omit<Extract<FromWorker, { type: 'latest' }>, 'id'>
  | Omit<Extract<FromWorker, { type: 'labelNames' }>, 'id'>;

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
  /** whether what waits could not be written, as long as the disk is as it is */
  #isHeldUp = false;
  #isClosing = false;
  readonly #cancelled = new Set<number>();
  /** work that yields goes one after the other, so that a flush never runs within a query */
  #work: Promise<void> = Promise.resolve();
  /** an analysis goes after the other, beside that work */
  #analysing: Promise<void> = Promise.resolve();

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
            const answer = await this.#read(message.query, message.id);
            if (answer) send({ type: 'answer', id: message.id, answer }, buffersOf(answer));
          } catch (error) {
            this.#fail(message.id, error);
          }
        });
        return;
      case 'analyse':
        this.#analysing = this.#analysing.then(() => this.#analyse(message));
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
      case 'labelNames': {
        const { id, metrics, labels } = message;
        this.#answer(id, () => ({ type: 'labelNames', names: this.#labelNames(metrics, labels) }));
        return;
      }
      case 'commit':
        this.#commit();
        return;
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

  #read({ metrics, labels, ...query }: AskedQuery, id: number): Promise<Answer | undefined> {
    return this.#yielding(read(this.#store, { ...query, takes: takesSeries(metrics, labels) }), id);
  }

  // Only its queries wait for other work, and hold that up: what is between them may take long.
  async #analyse({ id, name, request }: AnalyseMessage): Promise<void> {
    const over = new Error('nobody waits for it');
    const throwIfOver = () => {
      if (this.#isClosing || this.#cancelled.delete(id)) throw over;
    };
    let end = performance.now() + 5;
    try {
      throwIfOver();
      const result = await run(
        analysisOf(name, request),
        async (query) => {
          throwIfOver();
          const read = this.#work.then(() => this.#read(query, id));
          this.#after(() => read.then(noop, noop));
          const answer = await read;
          throwIfOver();
          end = performance.now() + 5;
          if (!answer) throw over;
          return answer;
        },
        () => {
          if (performance.now() < end) return undefined;
          return nextTurn().then(() => {
            throwIfOver();
            end = performance.now() + 5;
          });
        },
      );
      send({ type: 'analysed', id, result });
    } catch (error) {
      if (error !== over) this.#fail(id, error);
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
    for (let written = 0; written < waiting.length;) {
      const run = untilNamedAnew(waiting, written);
      if (run[0]!.anew) this.#named = [];
      for (const { named } of run) this.#named.push(...named);
      if (!this.#write(run)) {
        // Its series are named by now.
        const held = run.map((message) => ({ ...message, anew: false, named: [] }));
        this.#waiting = [...held, ...waiting.slice(written + run.length)];
        this.#timer = setTimeout(() => this.#commit(), retryMs);
        break;
      }
      written += run.length;
    }
    this.#forwarders.wake();
    this.#tidy();
  }

  // Returns whether that is done with: what only waits for the disk to have room is kept for then, and told once.
  #write(messages: readonly WriteMessage[]): boolean {
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
      if (this.#isHeldUp) send({ type: 'recovered' });
      this.#isHeldUp = false;
    } catch (error) {
      if (mayPass(error) && !this.#isClosing) {
        if (!this.#isHeldUp) this.#fail(undefined, error);
        this.#isHeldUp = true;
        return false;
      }
      for (const { id } of messages) this.#fail(id, error);
    }
    return true;
  }

  #tidy(): void {
    const now = Date.now();
    const isSweepDue = Math.abs(now - this.#swept) >= hour;
    if (!isSweepDue && !this.#store.isFlushDue) return;
    if (isSweepDue) this.#swept = now;
    this.#after(async () => {
      try {
        if (this.#store.isFlushDue) {
          await this.#yielding(this.#store.flush());
          send({ type: 'recovered' });
        }
        if (isSweepDue) this.#store.sweep();
      } catch (error) {
        this.#fail(undefined, error);
      }
    });
  }

  async #backup(id: number, folder: string): Promise<void> {
    try {
      const work = backup(this.#store, folder, Date.now());
      const made = await this.#yielding(work, id, (share) => send({ type: 'progress', id, share }));
      if (made !== undefined) send({ type: 'backedUp', id, folder: made });
    } catch (error) {
      const { message: reason } = error as Error;
      this.#fail(id, new Problem('historyBackup', { folder, reason }, { cause: error }));
    }
  }

  #labelNames(metrics: string, labels: string): string[] {
    const takes = takesSeries(metrics, labels);
    const names = new Set<string>();
    for (const series of this.#store.series) {
      if (takes(series)) for (const name in series.labels) names.add(name);
    }
    return [...names].sort();
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
  async #yielding<Step, Result>(
    work: Generator<Step, Result>,
    id?: number,
    told?: (step: Step) => void,
  ): Promise<Result | undefined> {
    for (;;) {
      const end = performance.now() + 5;
      do {
        const step = work.next();
        if (step.done) return step.value;
        told?.(step.value);
      } while (performance.now() < end);
      await nextTurn();
      if (id === undefined || !this.#cancelled.delete(id)) continue;
      // What it began it undoes.
      work.return(undefined as Result);
      return undefined;
    }
  }

  #fail(id: number | undefined, error: unknown): void {
    send({ type: 'failed', id, problem: tell(storeProblem(error)) });
  }

  #close(): void {
    this.#isClosing = true;
    if (this.#waiting.length > 0) this.#commit();
    void this.#work.then(async () => {
      await this.#forwarders.close();
      this.#store.close();
      port.close();
    });
  }
}

const noop = () => {};

// Messages from a place on, up to one that names all series anew.
function untilNamedAnew(messages: readonly WriteMessage[], from: number): WriteMessage[] {
  const next = messages.findIndex(({ anew }, i) => i > from && anew);
  return messages.slice(from, next === -1 ? messages.length : next);
}

// Whether an error is over once somebody has made room.
function mayPass(error: unknown): boolean {
  const problem = storeProblem(error);
  return isProblem(problem) && ['historyFull', 'historyReadOnly'].includes(problem.key);
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
      damaged: (file) => send({ type: 'damaged', file, aside: true }),
      leftOut: (file) => send({ type: 'damaged', file, aside: false }),
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
