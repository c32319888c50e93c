/** ms that records wait for their template */
const longest = 120_000;
/** octets that wait, of all exporters together */
const mostOctets = 8 * 1024 * 1024;

/** Records that came before their template. */
export interface Held {
  domain: string;
  /** of the template */
  id: number;
  data: Buffer;
  /** ms on a steady clock */
  arrived: number;
  /** what the header of their datagram told, see {@link SetTimes} */
  exportedAt: number;
  uptime: number;
}

/** What has to wait for its template, of all exporters: bounded, whatever comes. */
export class HeldData {
  #octets = 0;

  /** Keeps records. Returns whether there was room. */
  add(held: Held[], one: Held): boolean {
    if (this.#octets + one.data.length > mostOctets) return false;
    // A part of a datagram would keep all of it.
    held.push({ ...one, data: Buffer.from(one.data) });
    this.#octets += one.data.length;
    return true;
  }

  /** Takes out those of a template. */
  take(held: Held[], domain: string, id: number): Held[] {
    if (held.length === 0) return [];
    const taken = held.filter((one) => one.domain === domain && one.id === id);
    this.#remove(held, taken);
    return taken;
  }

  /** Forgets what waited for too long. Returns how many sets of records that were. */
  expire(held: Held[], now: number): number {
    const old = held.filter((one) => now - one.arrived > longest);
    this.#remove(held, old);
    return old.length;
  }

  #remove(held: Held[], gone: readonly Held[]): void {
    if (gone.length === 0) return;
    const set = new Set(gone);
    for (const { data } of gone) this.#octets -= data.length;
    held.splice(0, held.length, ...held.filter((one) => !set.has(one)));
  }
}
