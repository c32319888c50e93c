import { type Budget, knowledgeBudget } from './budget.ts';
import { Domain } from './domain.ts';
import type { Held } from './held-data.ts';

/** observation domains of an exporter, over all formats */
const mostDomains = 64;
/** names of interfaces that are kept of one, and of applications */
const mostNames = 4096;
/** characters of a name */
const longestName = 100;

/** What came of an exporter since the last look. */
export interface Tally {
  datagrams: number;
  flows: number;
  /** records without addresses or counts: events */
  events: number;
  /** samples of frames without IP */
  notIp: number;
  /** datagrams of which something could not be read */
  malformed: number;
  /** sets of records whose template never came */
  withoutTemplate: number;
  /** flows of the direction that is not counted */
  otherDirection: number;
  /** flows that lasted longer than the active time-out that is waited for */
  late: number;
}

export function newTally(): Tally {
  return {
    ...{ datagrams: 0, flows: 0, events: 0, notIp: 0, malformed: 0 },
    ...{ withoutTemplate: 0, otherDirection: 0, late: 0 },
  };
}

/** The formats that an exporter may send in. */
export type FlowFormat = 'NetFlow v5' | 'NetFlow v9' | 'IPFIX' | 'sFlow';

/** The key of a domain among those of an exporter. */
export function domainKey(format: FlowFormat, number: number): string {
  return `${format} ${number}`;
}

/** An exporter of flows, and what it told of itself. */
export class Exporter {
  readonly address: string;
  readonly domains = new Map<string, Domain>();
  /** names of its interfaces, as it told them itself */
  readonly interfaceNames = new Map<number, string>();
  /** names of the applications that it recognizes, by their numbers (RFC 6759) */
  readonly applicationNames = new Map<number, string>();
  readonly held: Held[] = [];
  formats = new Set<FlowFormat>();
  tally = newTally();
  /** when its last datagram came, ms on the steady clock */
  heardAt = -Infinity;
  readonly #budget: Budget;

  /** @param budget of what is known of all exporters */
  constructor(address: string, budget = knowledgeBudget()) {
    this.address = address;
    this.#budget = budget;
  }

  /** The domain of a format and a number; undefined where it has too many. */
  domain(format: FlowFormat, number: number): Domain | undefined {
    const key = domainKey(format, number);
    let domain = this.domains.get(key);
    if (!domain && this.domains.size < mostDomains) {
      domain = new Domain(this.#budget);
      this.domains.set(key, domain);
    }
    this.formats.add(format);
    return domain;
  }

  nameInterface(index: number, name: string): void {
    this.#setName(this.interfaceNames, index, cleaned(name));
  }

  nameApplication(id: number, name: string): void {
    const clean = cleaned(name);
    // What it does not recognize has its port, and `other` is what is beyond the largest.
    if (/^(unknown|unclassified|other)$/i.test(clean)) this.applicationNames.delete(id);
    else this.#setName(this.applicationNames, id, clean);
  }

  #setName(names: Map<number, string>, key: number, name: string): void {
    if (name === '') return;
    const isFull = names.size >= mostNames;
    if (!names.has(key) && (isFull || !this.#budget.take(1))) return;
    names.set(key, name);
  }

  /** Datagrams or records that never came. */
  get lost(): number {
    let lost = 0;
    for (const { sequence } of this.domains.values()) lost += sequence.lost;
    return lost;
  }
}

function cleaned(name: string): string {
  // eslint-disable-next-line no-control-regex -- padding, and whatever else is in no name
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '').trim();
  return clean.slice(0, longestName);
}
