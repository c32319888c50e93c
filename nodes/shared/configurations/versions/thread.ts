import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import { Problem } from '../../problem.ts';
import { heard } from '../../told-problem.ts';
import type { SearchAnswer, Versions } from './contract.ts';
import { fileIn } from './file.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { workerFile } from './worker-file.ts';

/** ms without a question after which the thread ends: configurations are mostly fetched once a day */
const restAfter = 60_000;
/** what makes a file where there is none */
const writing: ReadonlySet<keyof Versions> = new Set(['add', 'fail']);
/** MB that the thread may take */
const mostMemory = 512;

export interface VersionsOptions {
  folder: string;
  clock: Clock;
  /** is told of what is no answer to anything: a damaged file */
  tell: (problem: Error) => void;
}

/** The versions of a folder, in a thread that is there only while somebody asks. */
export class VersionsThread implements Versions {
  readonly #options: VersionsOptions;
  #worker: Worker | undefined;
  /** what the thread has not answered yet */
  #asked = new Map<number, PromiseWithResolvers<unknown>>();
  /** threads that end: the next one has to wait for their file */
  #ending: Promise<void> = Promise.resolve();
  #lastId = 0;
  #isClosed = false;
  #stopWaiting = () => {};

  constructor(options: VersionsOptions) {
    this.#options = options;
  }

  add: Versions['add'] = (...args) => this.#ask('add', args);
  fail: Versions['fail'] = (...args) => this.#ask('fail', args);
  devices: Versions['devices'] = (...args) => this.#ask('devices', args);
  list: Versions['list'] = (...args) => this.#ask('list', args);
  changes: Versions['changes'] = (...args) => this.#ask('changes', args);
  version: Versions['version'] = (...args) => this.#ask('version', args);
  text: Versions['text'] = (...args) => this.#ask('text', args);
  fullText: Versions['fullText'] = (...args) => this.#ask('fullText', args);
  diff: Versions['diff'] = (...args) => this.#ask('diff', args);
  unsaved: Versions['unsaved'] = (...args) => this.#ask('unsaved', args);
  search: Versions['search'] = (...args) => this.#ask('search', args);
  remove: Versions['remove'] = (...args) => this.#ask('remove', args);

  /** Answers what was asked, and ends the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rest();
    await this.#ending;
  }

  async #ask<M extends keyof Versions>(
    method: M,
    args: Parameters<Versions[M]>,
  ): Promise<Awaited<ReturnType<Versions[M]>>> {
    await this.#ending;
    if (this.#isClosed) throw new Problem('historyClosed');
    // Most who keep a history keep no configurations, and need no thread for them.
    if (!this.#worker && !writing.has(method) && !existsSync(fileIn(this.#options.folder))) {
      return nothing(method) as Awaited<ReturnType<Versions[M]>>;
    }
    const worker = (this.#worker ??= this.#start());
    this.#stopWaiting();
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    worker.postMessage({ id, method, args });
    return (await asked.promise) as Awaited<ReturnType<Versions[M]>>;
  }

  #start(): Worker {
    const worker = new Worker(workerFile, {
      workerData: { folder: this.#options.folder },
      name: 'netmon configurations',
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
    });
    const asked = (this.#asked = new Map<number, PromiseWithResolvers<unknown>>());
    worker.on('message', (message: FromWorker) => this.#hear(message));
    const end = (reason: string, cause?: Error) => {
      if (this.#worker === worker) {
        this.#worker = undefined;
        this.#stopWaiting();
      }
      const problem = new Problem('configurationsEnded', { reason }, { cause });
      for (const { reject } of asked.values()) reject(problem);
      asked.clear();
    };
    worker.on('error', (error: Error) => end(error.message, error));
    worker.on('exit', () => end('closed'));
    return worker;
  }

  #hear(message: FromWorker): void {
    if (message.type === 'told') {
      this.#options.tell(heard(message.problem));
      return;
    }
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if (message.type === 'answer') asked?.resolve(message.answer);
    else asked?.reject(heard(message.problem));
    if (this.#asked.size === 0 && this.#worker && !this.#isClosed) {
      this.#stopWaiting();
      this.#stopWaiting = this.#options.clock.after(restAfter, () => this.#rest());
    }
  }

  #rest(): void {
    this.#stopWaiting();
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#ending = Promise.all([this.#ending, ended]).then(() => {});
    worker.postMessage({ method: 'close' } satisfies ToWorker);
  }
}

// What is told where nothing is kept.
function nothing(method: keyof Versions): unknown {
  switch (method) {
    case 'devices':
    case 'list':
    case 'changes':
      return [];
    case 'search':
      return { hits: [], isPartial: false } satisfies SearchAnswer;
    case 'unsaved':
      return null;
    case 'remove':
      return undefined;
    default:
      throw new Problem('configurationGone');
  }
}
