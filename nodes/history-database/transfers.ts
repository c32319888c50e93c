import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { Problem } from '../shared/problem.ts';
import type { Transfer } from './transfer.ts';

/** ms after which one that nobody asks for any more is forgotten */
const patience = 10 * 60_000;

interface Known {
  transfer: Transfer;
  stopWaiting: () => void;
}

/** The exports, imports and backups of now, by names that nobody can guess: a browser fetches a file by such a name. */
export class Transfers {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers one, and returns its name. */
  add(transfer: Transfer): string {
    const name = randomUUID();
    this.#known.set(name, { transfer, stopWaiting: this.#wait(name) });
    return name;
  }

  /** The one of a name. Throws a Problem where there is none any more. */
  get<Kind extends Transfer>(name: unknown, kind: abstract new (...args: never[]) => Kind): Kind {
    const known = this.#known.get(String(name));
    if (!(known?.transfer instanceof kind)) throw new Problem('transferGone');
    known.stopWaiting();
    known.stopWaiting = this.#wait(String(name));
    return known.transfer;
  }

  #wait(name: string): () => void {
    return this.#clock.after(patience, () => {
      const known = this.#known.get(name);
      if (!known) return;
      // A browser may take its time over a large file, and a disk over a large backup.
      if (known.transfer.isWaiting) known.transfer.cancel();
      if (known.transfer.isOver) this.#known.delete(name);
      else known.stopWaiting = this.#wait(name);
    });
  }
}
