import type { Varbind } from '../../nodes/protocols/if-mib/varbind.ts';
import { endOfMib, type SnmpDevice } from '../../nodes/protocols/snmp/transport.ts';
import { Problem } from '../../nodes/shared/problem.ts';

/** ASN.1 tags of SNMP's types. */
export const tag = {
  integer: 2,
  octets: 4,
  null: 5,
  oid: 6,
  counter: 65,
  gauge: 66,
  ticks: 67,
  counter64: 70,
} as const;

/** What an agent has: values by their OIDs. A bigint becomes a Counter64, a text an OCTET STRING. */
export type Mib = Record<string, MibValue>;

export type MibValue = number | bigint | string | Uint8Array | [tag: number, value: number];

/** A MIB in which some values are made when they are asked for, by the ms that the agent has run. */
export type LiveMib = Record<string, MibValue | ((ms: number) => MibValue)>;

/** Puts what goes by an OID in order. */
export function inOrder<Value>(entries: readonly [oid: string, Value][]): [string, Value][] {
  return entries
    .map((entry) => ({ entry, parts: partsOf(entry[0]) }))
    .sort((a, b) => compareParts(a.parts, b.parts))
    .map(({ entry }) => entry);
}

/** The place of the first that follows an OID in a list that is in order. */
export function placeAfter(oid: string, list: readonly { oid: string }[]): number {
  const parts = partsOf(oid);
  let [least, most] = [0, list.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (compareParts(partsOf(list[middle]!.oid), parts) > 0) most = middle;
    else least = middle + 1;
  }
  return least;
}

function partsOf(oid: string): number[] {
  return oid.split('.').map(Number);
}

function compareParts(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** The varbinds of a MIB in their order. A number is a gauge unless its tag is told. */
export function varbinds(mib: Mib): Varbind[] {
  return inOrder(Object.entries(mib)).map(([oid, value]) => varbindOf(oid, value));
}

/** One varbind. A number is a gauge unless its tag is told. */
export function varbindOf(oid: string, value: MibValue): Varbind {
  if (typeof value === 'number') return { oid, type: tag.gauge, value };
  if (typeof value === 'bigint') return { oid, type: tag.counter64, value: bytes(value) };
  if (Array.isArray(value)) return { oid, type: value[0], value: value[1] };
  const octets = typeof value === 'string' ? Buffer.from(value) : value;
  return { oid, type: tag.octets, value: octets };
}

/** The value of a live MIB once its agent has run so long. */
export function valueAt(value: LiveMib[string], ms: number): MibValue {
  return typeof value === 'function' ? value(ms) : value;
}

/** A number as a Counter64 goes over the line. */
export function bytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

/** An agent without a network, as a device that is asked. What was asked is written down. */
export class MemoryDevice implements SnmpDevice {
  readonly asked: { oids: readonly string[]; repetitions?: number }[] = [];
  /** the most values that fit into an answer: more is too big, or cut where {@link cuts} */
  limit = Infinity;
  cuts = false;
  readonly #ms: (oid: string) => number;
  #values: { oid: string; value: LiveMib[string] }[] = [];

  /** @param ms by which a live value at an OID is made */
  constructor(mib: LiveMib, ms: (oid: string) => number = () => 0) {
    this.#ms = ms;
    this.mib = mib;
  }

  set mib(mib: LiveMib) {
    this.#values = inOrder(Object.entries(mib)).map(([oid, value]) => ({ oid, value }));
  }

  #at(place: number): Varbind | undefined {
    const entry = this.#values[place];
    return entry && varbindOf(entry.oid, valueAt(entry.value, this.#ms(entry.oid)));
  }

  get(oids: readonly string[]): Promise<(Varbind | undefined)[]> {
    this.asked.push({ oids });
    if (oids.length > this.limit) return Promise.reject(new Problem('snmpTooBig'));
    return Promise.resolve(
      oids.map((oid) => this.#at(this.#values.findIndex((value) => value.oid === oid))),
    );
  }

  next(
    oids: readonly string[],
    repetitions: number,
    once: readonly string[] = [],
  ): Promise<Varbind[][]> {
    this.asked.push({ oids, repetitions });
    const columns = oids.map((): Varbind[] => []);
    const after = (oid: string) => placeAfter(oid, this.#values);
    const single = once.map((oid) => [
      this.#at(after(oid)) ?? { oid, type: endOfMib, value: null },
    ]);
    let left = this.limit - once.length;
    if (oids.length * repetitions > left && !this.cuts) {
      return Promise.reject(new Problem('snmpTooBig'));
    }
    const starts = oids.map(after);
    for (let i = 0; i < repetitions; i++) {
      for (const [column, start] of starts.entries()) {
        if (left-- <= 0) return Promise.resolve([...columns, ...single]);
        const value = this.#at(start + i);
        columns[column]!.push(value ?? { oid: oids[column]!, type: endOfMib, value: null });
      }
    }
    return Promise.resolve([...columns, ...single]);
  }

  cancel(): void {}
  close(): void {}
}
