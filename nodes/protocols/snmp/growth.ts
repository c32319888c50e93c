import { number } from '../if-mib/values.ts';
import type { Varbind } from '../if-mib/varbind.ts';

/** How much 32-bit counters grew since the poll before, for shares of one in others. */
export class Growth {
  #before = new Map<string, number>();
  #now = new Map<string, number>();

  /** Begins a poll. @param restarted whether the counters may have begun anew since the last one */
  begin(restarted: boolean): void {
    this.#before = restarted ? new Map<string, number>() : this.#now;
    this.#now = new Map();
  }

  /** Undefined where that cannot be told: at first, and where it seems to be over half of the range. */
  of(value: Varbind | undefined): number | undefined {
    const now = number(value);
    if (!value || now === undefined) return undefined;
    this.#now.set(value.oid, now);
    const before = this.#before.get(value.oid);
    if (before === undefined) return undefined;
    const grown = (now - before) >>> 0;
    return grown < 2 ** 31 ? grown : undefined;
  }
}
