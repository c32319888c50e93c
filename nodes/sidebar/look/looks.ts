import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { Problem } from '../../shared/problem.ts';
import { RunningLook, type RunningLookOptions } from './running-look.ts';

/** ms after which a look that nobody asks about ends: whoever wanted it has gone */
const abandoned = 60_000;
/** ms after which one that has ended is forgotten, unless somebody asks about it */
const forgotten = 10 * 60_000;

/** The looks of a Node-RED: one at a time runs. */
export class Looks {
  readonly #clock: Clock;
  #latest: { id: string; look: RunningLook; callOff: () => void } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a look; one that still runs ends, and says why. */
  begin(options: RunningLookOptions): RunningLook {
    this.#latest?.look.stop(new Problem('lookReplaced'));
    this.#latest?.callOff();
    const id = randomUUID();
    const look = new RunningLook(id, options);
    this.#latest = { id, look, callOff: () => {} };
    this.#wait(abandoned);
    return look;
  }

  /** The look of an id. Throws a Problem where it is not known. */
  get(id: string): RunningLook {
    const latest = this.#latest;
    if (latest?.id !== id) throw new Problem('lookGone');
    latest.callOff();
    this.#wait(abandoned);
    return latest.look;
  }

  /** Ends what runs, and forgets all. */
  async close(): Promise<void> {
    const latest = this.#latest;
    this.#latest = undefined;
    latest?.callOff();
    latest?.look.stop();
    await latest?.look.ended;
  }

  #wait(ms: number): void {
    const latest = this.#latest!;
    latest.callOff = this.#clock.after(ms, () => {
      latest.look.stop();
      if (ms === abandoned) this.#wait(forgotten);
      else if (this.#latest === latest) this.#latest = undefined;
    });
  }
}
