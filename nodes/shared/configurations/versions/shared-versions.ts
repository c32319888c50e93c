import { resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Versions } from './contract.ts';
import { VersionsThread } from './thread.ts';

interface Shared {
  versions: VersionsThread;
  /** of each who holds it */
  tellers: Set<(problem: Error) => void>;
}

/** Versions that are held open for one of their users. */
export interface VersionsLease {
  versions: Versions;
  /** Gives them back; resolves once their file is closed, if nobody else has it. */
  release: () => Promise<void>;
}

/** The versions that this process has open, one a folder: two threads with the same file would keep each other out. */
export class SharedVersions {
  readonly #clock: Clock;
  readonly #shared = new Map<string, Shared>();
  readonly #closing = new Map<string, Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param tell is told of what is no answer to anything, such as a damaged file */
  async lease(folder: string, tell: (problem: Error) => void): Promise<VersionsLease> {
    const path = resolve(folder);
    while (this.#closing.has(path)) await this.#closing.get(path);
    const shared = this.#shared.get(path) ?? this.#open(path);
    const { versions, tellers } = shared;
    tellers.add(tell);
    const release = async () => {
      if (!tellers.delete(tell) || tellers.size > 0) return;
      this.#shared.delete(path);
      const closed = versions.close().finally(() => this.#closing.delete(path));
      this.#closing.set(path, closed);
      await closed;
    };
    return { versions, release };
  }

  #open(folder: string): Shared {
    const tellers = new Set<(problem: Error) => void>();
    const tell = (problem: Error) => {
      for (const teller of tellers) teller(problem);
    };
    const shared = { versions: new VersionsThread({ folder, clock: this.#clock, tell }), tellers };
    this.#shared.set(folder, shared);
    return shared;
  }
}
