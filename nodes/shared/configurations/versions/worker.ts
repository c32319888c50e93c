import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { isBlockDamage, isDamage } from '../../history/store/damage.ts';
import { Problem } from '../../problem.ts';
import { tell } from '../../told-problem.ts';
import type { SearchRequest, Versions } from './contract.ts';
import { fileIn } from './file.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { fileProblem } from './problems.ts';
import { search } from './search.ts';
import { Store } from './store.ts';

const port = parentPort!;
/** ms that a file which another program holds is waited for */
const patience = 2000;
/** ms after which a search tells what it has found so far */
const longestSearch = 10_000;
/** ms of a search before others have their turn */
const slice = 50;

/** What each call does; `search` yields to others. */
type Work = {
  [M in Exclude<keyof Versions, 'search'>]: (...args: Parameters<Versions[M]>) => unknown;
};

function send(message: FromWorker): void {
  port.postMessage(message);
}

/** The thread of the configurations of a folder: it has their file to itself. */
class ConfigurationsWorker {
  readonly #path: string;
  readonly #open: (path: string) => DatabaseSync;
  #store: Store | undefined;
  #running = 0;
  #isClosing = false;

  constructor(folder: string, open: (path: string) => DatabaseSync) {
    mkdirSync(folder, { recursive: true });
    this.#path = fileIn(folder);
    this.#open = open;
  }

  async hear(message: ToWorker): Promise<void> {
    if (message.method === 'close') {
      this.#isClosing = true;
      this.#endWhenDone();
      return;
    }
    const { id, method, args } = message;
    this.#running++;
    try {
      const answer =
        method === 'search'
          ? await this.#search(args[0])
          : (work(this.#opened())[method] as (...given: unknown[]) => unknown)(...args);
      send({ type: 'answer', id, answer });
    } catch (error) {
      send({ type: 'failed', id, problem: tell(fileProblem(this.#asProblem(error))) });
    }
    this.#running--;
    this.#endWhenDone();
  }

  async #search(request: SearchRequest) {
    const end = performance.now() + longestSearch;
    const steps = search(this.#opened(), request, () => performance.now() > end);
    for (;;) {
      const pause = performance.now() + slice;
      do {
        const step = steps.next();
        if (step.done) return step.value;
      } while (performance.now() < pause);
      await nextTurn();
    }
  }

  // A file that is damaged is put aside: what is fetched from now on has a new one.
  #opened(): Store {
    if (this.#store) return this.#store;
    try {
      this.#store = new Store(this.#path, this.#open);
    } catch (error) {
      if (!isFileDamage(error)) throw error;
      send({ type: 'told', problem: tell(this.#putAside(error)) });
      this.#store = new Store(this.#path, this.#open);
    }
    return this.#store;
  }

  #asProblem(error: unknown): unknown {
    if (!isFileDamage(error)) return error;
    const problem = this.#putAside(error);
    send({ type: 'told', problem: tell(problem) });
    return problem;
  }

  #putAside(cause: unknown): Problem {
    try {
      this.#store?.close();
    } catch {
      // It is damaged.
    }
    this.#store = undefined;
    const file = `${this.#path}.damaged-${Date.now()}`;
    if (existsSync(this.#path)) renameSync(this.#path, file);
    for (const suffix of ['-wal', '-shm']) rmSync(this.#path + suffix, { force: true });
    return new Problem('configurationsDamaged', { file }, { cause });
  }

  #endWhenDone(): void {
    if (!this.#isClosing || this.#running > 0) return;
    this.#store?.close();
    port.close();
  }
}

function isFileDamage(error: unknown): boolean {
  return isDamage(error) && !isBlockDamage(error);
}

function work(store: Store): Work {
  return {
    add: (fetched) => store.add(fetched),
    fail: (device, labels, time, reason) => store.fail(device, labels, time, reason),
    devices: () => store.devices(),
    list: (device, limit, before) => store.list(device, limit, before),
    changes: (from, to, device, limit) => store.changes(from, to, device, limit),
    version: (id) => store.version(id),
    text: (id) => store.text(id),
    fullText: (id, key) => store.fullText(id, key),
    diff: (from, to, context, lines) => store.diff(from, to, context, lines),
    unsaved: (device) => store.unsaved(device),
    remove: (device) => store.remove(device),
  };
}

async function start({ folder }: WorkerSettings): Promise<void> {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (!sqlite) {
    const problem = tell(new Problem('configurationsNode', { version: process.versions.node }));
    port.on('message', (message: ToWorker) => {
      if (message.method === 'close') port.close();
      else send({ type: 'failed', id: message.id, problem });
    });
    return;
  }
  const open = (path: string) => new sqlite.DatabaseSync(path, { timeout: patience });
  let worker: ConfigurationsWorker | undefined;
  port.on('message', (message: ToWorker) => {
    try {
      worker ??= new ConfigurationsWorker(folder, open);
    } catch (error) {
      if (message.method === 'close') port.close();
      else send({ type: 'failed', id: message.id, problem: tell(fileProblem(error)) });
      return;
    }
    void worker.hear(message);
  });
}

void start(workerData as WorkerSettings);
