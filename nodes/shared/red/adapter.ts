import { join } from 'node:path';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { errorText, isProblem, Problem, type Translate } from '../problem.ts';
import { isInFlows } from './in-flows.ts';
import { claim, sweep } from './state-directory.ts';
import { StateFile } from './state-file.ts';
import { translator } from './translate.ts';

/** the directories of state files that this process has looked after */
const prepared = new Set<string>();

/** A message of any flow: its properties are unknown until they are checked. */
export type Message = NodeMessageInFlow & Record<string, unknown>;
export type Send = (message: object | (object | null)[]) => void;

export type Level = 'ok' | 'busy' | 'warning' | 'error' | 'idle';

const looks = {
  ok: { fill: 'green', shape: 'dot' },
  busy: { fill: 'blue', shape: 'ring' },
  warning: { fill: 'yellow', shape: 'dot' },
  error: { fill: 'red', shape: 'dot' },
  idle: { fill: 'grey', shape: 'ring' },
} as const;

/**
 * What every Netmon node does the same way: its words in the user's language, its status, its
 * errors, and the end of everything it started.
 */
export class Adapter {
  readonly node: Node;
  readonly translate: Translate;
  readonly #RED: NodeAPI;
  readonly #closing = new AbortController();
  readonly #handling = new Set<Promise<void>>();
  #problem: unknown;

  /**
   * @param atClose ends what the node started; told whether the node was deleted, and not only switched
   *   off with its flow, so that nothing of it need be kept
   */
  constructor(RED: NodeAPI, node: Node, atClose?: (removed: boolean) => unknown) {
    this.#RED = RED;
    this.node = node;
    this.translate = translator(RED);
    node.on('close', (removed: boolean, done: () => void) => {
      this.#closing.abort();
      // Node-RED calls a node that is switched off removed. By now it has the new flows, in which it stands.
      this.#close(removed && !isInFlows(RED, node.id), atClose).then(done, (error: unknown) => {
        node.error(this.text(error));
        done();
      });
    });
  }

  /** Aborted when the node closes: for timers, requests and whatever else is under way. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The text of an error in the user's language. */
  text(error: unknown): string {
    return errorText(error, this.translate);
  }

  /** Shows a status: words, and the time of day. */
  status(level: Level, words: string, time = Date.now()): void {
    const clock = new Date(time).toLocaleTimeString('en-GB');
    this.node.status({ ...looks[level], text: `${words} · ${clock}` });
  }

  /** Tells of an error in status, log and, where a message is at hand, its Catch nodes. */
  fail(error: unknown, message?: Message): void {
    const text = this.text(error);
    this.status('error', text);
    if (message) this.node.error(text, message);
    else this.node.error(text);
  }

  /**
   * Runs what makes the node work. Where it throws, because a setting is bad, the node stays idle: it tells of
   * that at once, and to each message.
   */
  run(start: () => void): void {
    try {
      start();
    } catch (error) {
      this.#problem = error;
      this.fail(error);
      this.onInput(() => {
        throw error;
      });
    }
  }

  /** Why the node does not work; undefined where it does. */
  get problem(): unknown {
    return this.#problem;
  }

  /**
   * Hands each message to `handle` and calls `done` exactly once for it: with the error's text
   * where `handle` throws, after which the status shows it too.
   */
  onInput(handle: (message: Message, send: Send) => void | Promise<void>): void {
    this.node.on('input', (message, send, done) => {
      const handling = (async () => handle(message as Message, send as Send))().then(
        () => done(),
        (error: unknown) => {
          const text = this.text(error);
          if (!this.closing.aborted) this.status('error', text);
          // Node-RED puts an error's class before its text; what a user can mend reads better without.
          done(isProblem(error) ? (text as unknown as Error) : (error as Error));
        },
      );
      this.#handling.add(handling);
      void handling.finally(() => this.#handling.delete(handling));
    });
  }

  /** The file that keeps this node's state, in the user directory. */
  stateFile(): StateFile {
    const directory = join(this.#RED.settings.userDir ?? process.cwd(), 'netmon');
    void this.#prepare(directory);
    return new StateFile(join(directory, `${this.node.id}.json`));
  }

  async #prepare(directory: string): Promise<void> {
    if (prepared.has(directory)) return;
    prepared.add(directory);
    try {
      if (await claim(directory)) {
        await sweep(directory, (id) => isInFlows(this.#RED, id), Date.now());
      } else {
        this.node.warn(this.text(new Problem('otherProcess')));
      }
    } catch (error) {
      // What cannot be written is told of when a state is.
      this.node.debug(String(error));
    }
  }

  async #close(removed: boolean, atClose?: (removed: boolean) => unknown) {
    await atClose?.(removed);
    await Promise.all(this.#handling);
  }
}
