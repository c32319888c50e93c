import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** A child process, with all it says, which can be waited for. */
export class LoggedProcess {
  /** what it said so far on both outputs, without colours */
  log = '';
  readonly child: ChildProcess;
  /** settles once the process is gone and its log is complete */
  readonly exited: Promise<void>;
  readonly #name: string;
  readonly #watchers = new Set<() => void>();
  #gone = false;

  /** @param child with pipes as its outputs */
  constructor(name: string, child: ChildProcess, onLine?: (line: string) => void) {
    this.#name = name;
    this.child = child;
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface(stream).on('line', (coloured) => {
        const line = stripVTControlCharacters(coloured);
        this.log += `${line}\n`;
        onLine?.(line);
        this.#tell();
      });
    }
    this.exited = once(child, 'close').then(() => {
      this.#gone = true;
      this.#tell();
    });
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Waits for the log to have a text, from the offset `from` on.
   * @throws where the process ends, or `seconds` pass, without it: an error that holds the log's end
   */
  logged(pattern: RegExp, { from = 0, seconds = 60 } = {}): Promise<RegExpExecArray> {
    return new Promise((found, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const fail = (why: string) => {
        stop();
        reject(new Error(`${why} before it logged ${pattern}:\n${this.log.slice(-3000)}`));
      };
      const look = () => {
        const match = pattern.exec(this.log.slice(from));
        if (match) {
          stop();
          found(match);
        } else if (this.#gone) {
          fail(`${this.#name} ended`);
        }
      };
      const timer = setTimeout(() => fail(`${seconds} s of ${this.#name} passed`), seconds * 1000);
      this.#watchers.add(look);
      look();
    });
  }

  #tell() {
    for (const look of this.#watchers) look();
  }
}
