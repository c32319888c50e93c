import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A small JSON file that keeps a node's state over restarts. Writes are whole or not at all (a new
 * file takes the old one's place) and come one after the other; of several waiting only the last is
 * written.
 */
export class StateFile {
  readonly #path: string;
  #waiting: (() => unknown) | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The kept state, undefined where there is none. Throws where the file is there but unreadable. */
  async read(): Promise<unknown> {
    let json: string;
    try {
      json = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    return JSON.parse(json);
  }

  /** Keeps what `state` returns once the write starts. Resolves when it, or a later one, is on disk. */
  write(state: () => unknown): Promise<void> {
    this.#waiting = state;
    this.#writing ??= this.#drain();
    return this.#writing;
  }

  /** Removes the file, after a write under way. */
  async remove(): Promise<void> {
    this.#waiting = undefined;
    await this.#writing?.catch(() => {});
    await rm(this.#path, { force: true });
  }

  async #drain() {
    try {
      while (this.#waiting) {
        const state = this.#waiting;
        this.#waiting = undefined;
        const next = `${this.#path}.new`;
        await mkdir(dirname(this.#path), { recursive: true });
        await writeFile(next, JSON.stringify(state()), { mode: 0o600 });
        await rename(next, this.#path);
      }
    } finally {
      // In the same step as the loop's last look, so that no write falls in between.
      this.#writing = undefined;
    }
  }
}
