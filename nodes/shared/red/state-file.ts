import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inSlices } from '../in-slices.ts';

/**
 * A small JSON file that keeps a node's state over restarts. Writes are whole or not at all, at a power cut
 * too (a new file is on disk before it takes the old one's place), and come one after the other; of
 * several waiting only the last is written.
 */
export class StateFile {
  readonly #path: string;
  #waiting: (() => unknown) | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The kept state, undefined where there is none. Throws where the file is there but is no JSON, after
   * putting it aside: what was in it may still matter to somebody.
   */
  async read(): Promise<unknown> {
    let json: string;
    try {
      json = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return JSON.parse(json);
    } catch (error) {
      await this.putAside();
      throw error;
    }
  }

  /** Renames a file whose content is damaged to `.damaged`, so that nothing overwrites it. */
  async putAside(): Promise<void> {
    await rename(this.#path, `${this.#path}.damaged`);
  }

  /**
   * Keeps what `state` returns once the write starts, or of a large one the JSON that it makes in steps. Resolves when it, or
   * a later one, is on disk.
   */
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
        const next = `${this.#path}.new`;
        await mkdir(dirname(this.#path), { recursive: true });
        // Not before: what else changes at once is in the same write.
        const state = this.#waiting;
        this.#waiting = undefined;
        if (!state) break;
        const kept = state();
        await writeThrough(next, isSteps(kept) ? await inSlices(kept) : JSON.stringify(kept));
        await rename(next, this.#path);
        await syncDirectory(dirname(this.#path));
      }
    } finally {
      // In the same step as the loop's last look, so that no write falls in between.
      this.#writing = undefined;
    }
  }
}

function isSteps(value: unknown): value is Generator<unknown, string> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;
}

// Readable by its owner only: it has mail addresses and names of devices in it.
async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

// The new name too must be on disk. Windows has no such call, and needs none.
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
