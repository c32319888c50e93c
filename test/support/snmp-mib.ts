import {
  endOfMib,
  type SnmpDevice,
  type Varbind,
} from '../../nodes/device-access/snmp/transport.ts';
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
export type Mib = Record<
  string,
  number | bigint | string | Uint8Array | [tag: number, value: number]
>;

/** Compares OIDs in their order. */
export function compareOids(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = Number(left[i]) - Number(right[i]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The varbinds of a MIB in their order. A number is a gauge unless its tag is told. */
export function varbinds(mib: Mib): Varbind[] {
  return Object.entries(mib)
    .sort(([a], [b]) => compareOids(a, b))
    .map(([oid, value]): Varbind => {
      if (typeof value === 'number') return { oid, type: tag.gauge, value };
      if (typeof value === 'bigint') return { oid, type: tag.counter64, value: bytes(value) };
      if (Array.isArray(value)) return { oid, type: value[0], value: value[1] };
      const octets = typeof value === 'string' ? Buffer.from(value) : value;
      return { oid, type: tag.octets, value: octets };
    });
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
  #values: Varbind[] = [];

  constructor(mib: Mib) {
    this.mib = mib;
  }

  set mib(mib: Mib) {
    this.#values = varbinds(mib);
  }

  get(oids: readonly string[]): Promise<(Varbind | undefined)[]> {
    this.asked.push({ oids });
    if (oids.length > this.limit) return Promise.reject(new Problem('snmpTooBig'));
    return Promise.resolve(oids.map((oid) => this.#values.find((value) => value.oid === oid)));
  }

  next(
    oids: readonly string[],
    repetitions: number,
    once: readonly string[] = [],
  ): Promise<Varbind[][]> {
    this.asked.push({ oids, repetitions });
    const columns = oids.map((): Varbind[] => []);
    const after = (oid: string) => this.#values.findIndex((v) => compareOids(v.oid, oid) > 0);
    const single = once.map((oid) => [
      this.#values[after(oid)] ?? { oid, type: endOfMib, value: null },
    ]);
    let left = this.limit - once.length;
    if (oids.length * repetitions > left && !this.cuts)
      return Promise.reject(new Problem('snmpTooBig'));
    const starts = oids.map(after);
    for (let i = 0; i < repetitions; i++)
      for (const [column, start] of starts.entries()) {
        if (left-- <= 0) return Promise.resolve([...columns, ...single]);
        const value = start < 0 ? undefined : this.#values[start + i];
        columns[column]!.push(value ?? { oid: oids[column]!, type: endOfMib, value: null });
      }
    return Promise.resolve([...columns, ...single]);
  }

  cancel(): void {}
  close(): void {}
}
