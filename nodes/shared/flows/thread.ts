import { Worker } from 'node:worker_threads';
import { Problem } from '../problem.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { workerFile } from './worker-file.ts';

/** MB of objects that the thread may take: with a million addresses an hour it takes less than a hundred */
const mostMemory = 512;

export interface FlowThreadOptions extends WorkerSettings {
  /** hears all that the thread tells */
  hear: (message: FromWorker) => void;
  /** is told that the thread ended by itself */
  ended: (problem: Problem) => void;
}

/** The thread of a flow collector, as Node-RED's own thread has it. */
export class FlowThread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #isClosing = false;

  constructor({ hear, ended, settings, kept }: FlowThreadOptions) {
    this.#worker = new Worker(workerFile, {
      workerData: { settings, kept } satisfies WorkerSettings,
      name: 'netmon flows',
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
    });
    let reason: Error | undefined;
    this.#worker.on('message', (message: FromWorker) => hear(message));
    this.#worker.on('error', (error: Error) => (reason = error));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        if (!this.#isClosing) {
          ended(new Problem('flowsEnded', { reason: reason?.message ?? 'closed' }));
        }
        resolve();
      });
    });
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Ends the thread. Resolves once its ports are free. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.send({ type: 'close' });
    await this.#exited;
  }
}
