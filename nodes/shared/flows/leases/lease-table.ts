import { addressText, type FlowAddress } from '../address.ts';
import { dhcpd } from './dhcpd.ts';
import { dnsmasq } from './dnsmasq.ts';
import { kea } from './kea.ts';
import type { Lease, LeaseForm } from './lease.ts';

/** addresses whose names are kept */
export const mostLeases = 100_000;

const forms: readonly LeaseForm[] = [dnsmasq, kea, dhcpd];

/**
 * The names of addresses, as files of a DHCP server tell them line by line. What a form is is known by its first
 * line. Of several leases of an address, the last one counts.
 */
export class LeaseTable {
  readonly #leases = new Map<FlowAddress, { name: string; until: number }>();
  readonly #now: number;
  #form: LeaseForm | undefined;
  #read: ((line: string) => void) | undefined;
  /** whether there were more than are kept */
  isFull = false;
  /** whether the file is of no form that is known */
  isUnknown = false;

  /** @param now ms since the Unix epoch: what has ended before is left out */
  constructor(now: number) {
    this.#now = now;
  }

  /** Whether files with the newest leases only have others beside them that have the rest. */
  get isInParts(): boolean {
    return this.#form === kea;
  }

  /** Begins with another file: what was in those before is older. */
  begin(): void {
    this.#read = undefined;
    this.isUnknown = false;
  }

  /** Takes a line. */
  add(line: string): void {
    if (this.isUnknown) return;
    if (this.#read) {
      this.#read(line);
      return;
    }
    const text = line.replace(/^\ufeff/, '').trim();
    if (text === '' || text.startsWith('#')) return;
    this.#form = forms.find((form) => form.isFirstLine(text));
    this.isUnknown = this.#form === undefined;
    this.#read = this.#form?.reader((lease) => this.#take(lease));
    this.#read?.(text);
  }

  /**
   * Ends the reading. Devices name themselves: where several IPv4 addresses have one name, each is told with its
   * address, else the traffic of one would pass as that of another.
   */
  finish(): void {
    const seen = new Map<string, FlowAddress | undefined>();
    const mark = (address: FlowAddress) => {
      const lease = this.#leases.get(address)!;
      lease.name = `${lease.name} (${addressText(address)})`;
    };
    for (const [address, { name }] of [...this.#leases]) {
      if (typeof address !== 'number') continue;
      const key = name.toLowerCase();
      if (!seen.has(key)) {
        seen.set(key, address);
        continue;
      }
      const before = seen.get(key);
      if (before !== undefined) mark(before);
      seen.set(key, undefined);
      mark(address);
    }
  }

  get size(): number {
    return this.#leases.size;
  }

  /** The name of an address, unless its lease has ended. @param now ms since the Unix epoch */
  nameOf(address: FlowAddress, now: number): string | undefined {
    const lease = this.#leases.get(address);
    return lease && lease.until > now ? lease.name : undefined;
  }

  #take({ address, name, until }: Lease): void {
    if (name === undefined || until <= this.#now) {
      this.#leases.delete(address);
    } else if (this.#leases.size < mostLeases || this.#leases.has(address)) {
      this.#leases.set(address, { name, until });
    } else {
      this.isFull = true;
    }
  }
}
