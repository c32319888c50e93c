import {
  type Count,
  type CounterBits,
  type CountName,
  countNames,
  type InterfaceState,
} from '../../contract/snapshot.ts';
import { isCount } from '../../shared/rates/counter.ts';
import type { IfColumn } from './if-mib.ts';
import { count, number } from './values.ts';
import type { Cell } from './varbind.ts';

/** the ASN.1 tag of a Counter64 (RFC 2578, 7.1.10) */
const counter32 = 65;
const counter64 = 70;

/** The cells of one row, by their columns. */
export type Cells = (column: IfColumn) => Cell | undefined;

interface Source {
  bits: CounterBits;
  /** they are added */
  columns: readonly IfColumn[];
}

const source = (bits: CounterBits, ...columns: IfColumn[]): Source => ({ bits, columns });

// What a count is made of, the best first: RFC 2863 (3.1.6) does not ask for 64 bits of every
// interface and has none for errors and discards, and many agents leave columns out.
const sources: Record<CountName, readonly Source[]> = {
  inOctets: [source(64, 'ifHCInOctets'), source(32, 'ifInOctets')],
  outOctets: [source(64, 'ifHCOutOctets'), source(32, 'ifOutOctets')],
  inPackets: [
    source(64, 'ifHCInUcastPkts', 'ifHCInMulticastPkts', 'ifHCInBroadcastPkts'),
    source(64, 'ifHCInUcastPkts'),
    source(32, 'ifInUcastPkts', 'ifInMulticastPkts', 'ifInBroadcastPkts'),
    source(32, 'ifInUcastPkts', 'ifInNUcastPkts'),
    source(32, 'ifInUcastPkts'),
  ],
  outPackets: [
    source(64, 'ifHCOutUcastPkts', 'ifHCOutMulticastPkts', 'ifHCOutBroadcastPkts'),
    source(64, 'ifHCOutUcastPkts'),
    source(32, 'ifOutUcastPkts', 'ifOutMulticastPkts', 'ifOutBroadcastPkts'),
    source(32, 'ifOutUcastPkts', 'ifOutNUcastPkts'),
    source(32, 'ifOutUcastPkts'),
  ],
  inErrors: [source(32, 'ifInErrors')],
  outErrors: [source(32, 'ifOutErrors')],
  inDiscards: [source(32, 'ifInDiscards')],
  outDiscards: [source(32, 'ifOutDiscards')],
};

/** All columns that counts may come from. */
export const countColumns: readonly IfColumn[] = [
  ...new Set(Object.values(sources).flatMap((list) => list.flatMap(({ columns }) => columns))),
];

/** the counts that tell whether 64-bit columns are alive */
const octets: ReadonlySet<CountName> = new Set(['inOctets', 'outOctets']);

/** softwareLoopback (RFC 2863): many never count anything */
const loopback = 24;

interface Planned extends Source {
  /** what to count instead once it counts while the first is still 0 */
  spare?: Source;
}

/** Where each count of one row comes from. It holds until the row is looked at again. */
export type CountPlan = Partial<Record<CountName, Planned>>;

/** Decides where each count of a row comes from, given a sight of all its columns. */
export function planCounts(cells: Cells): CountPlan {
  const plan: CountPlan = {};
  const isUp = number(cells('ifOperStatus')) === 1 && number(cells('ifType')) !== loopback;
  for (const name of countNames) {
    const there = sources[name].filter((s) =>
      s.columns.every((c) => count(cells(c)) !== undefined),
    );
    // Some agents have 64-bit columns where nothing is ever counted.
    const counted = there.find((s) => hasCounted(s, cells));
    const best = counted ?? there[0];
    if (!best) continue;
    const planned = sized(best, cells);
    // After a start there is no telling yet which they are.
    const spare = !counted && isUp && octets.has(name) ? there[1] : undefined;
    plan[name] = spare ? { ...planned, spare: sized(spare, cells) } : planned;
  }
  return plan;
}

function hasCounted({ columns }: Source, cells: Cells): boolean {
  return columns.some((column) => (count(cells(column)) ?? 0) !== 0);
}

/** Decides between two sources of a count once one of them counts. Returns whether that changed the plan. */
export function settleCounts(plan: CountPlan, cells: Cells): boolean {
  let changed = false;
  for (const name of octets) {
    const { spare, ...best } = plan[name] ?? {};
    if (!spare) continue;
    const isAlive = hasCounted(best as Source, cells);
    if (!isAlive && !hasCounted(spare, cells)) continue;
    plan[name] = isAlive ? (best as Source) : spare;
    changed = true;
  }
  return changed;
}

// The source itself where its width is as usual: there are many rows, and few kinds of them.
function sized(from: Source, cells: Cells): Source {
  const bits = width(from, cells);
  return bits === from.bits ? from : { ...from, bits };
}

// What came tells it: some agents have 64 bits in the columns of 32, or 32 in those of 64. What is no counter,
// as from an exporter, has the width of its column.
function width({ bits, columns }: Source, cells: Cells): CounterBits {
  const types = columns.map((column) => cells(column)?.type);
  if (types.every((type) => type === counter64)) return 64;
  return types.some((type) => type === counter32) ? 32 : bits;
}

/** The columns that plans need. Yields at each plan. */
export function* plannedColumns(plans: Iterable<CountPlan>): Generator<void, IfColumn[]> {
  // The lists themselves: plans have few between them.
  const lists = new Set<readonly IfColumn[]>();
  for (const plan of plans) {
    for (const name of countNames) {
      const planned = plan[name];
      if (!planned) continue;
      lists.add(planned.columns);
      if (planned.spare) lists.add(planned.spare.columns);
    }
    yield;
  }
  return [...new Set([...lists].flat())];
}

/** The counts of a row at the last poll. They are written over, as what is made anew at each poll of many rows costs much memory. */
export class LastCounts {
  /** in the order of `countNames`; NaN where there was none */
  readonly #counts = countNames.map((): Count => Number.NaN);
  #bits: InterfaceState['bits'];

  /** Takes those of this poll. Returns whether one fell: a fall of 32 bits that a wrap explains is none. */
  take(now: InterfaceState): boolean {
    let fallen = false;
    for (const [i, name] of countNames.entries()) {
      const was = this.#counts[i]!;
      const is = now[name] ?? Number.NaN;
      this.#counts[i] = is;
      const bits = now.bits?.[name];
      if (!(is < was) || bits !== this.#bits?.[name]) continue;
      if (bits !== 32 || Number(is) - Number(was) > -(2 ** 31)) fallen = true;
    }
    this.#bits = now.bits;
    return fallen;
  }
}

/** The counts of a row and their widths. One that lacks a part of its plan is left out. */
export function readCounts(plan: CountPlan, cells: Cells): Partial<InterfaceState> {
  const state: Partial<InterfaceState> = { bits: widths(plan) };
  for (const name of countNames) {
    const from = plan[name];
    const sum = from && add(from, cells);
    if (sum !== undefined) state[name] = sum;
  }
  return state;
}

// A sum of counters wraps like one counter when it is cut to their width.
function add({ bits, columns }: Source, cells: Cells): Count | undefined {
  let sum: Count = 0;
  for (const column of columns) {
    const part = count(cells(column));
    if (part === undefined || !isCount(part, bits)) return undefined;
    const next: number =
      typeof sum === 'number' && typeof part === 'number' ? sum + part : Number.NaN;
    sum = Number.isSafeInteger(next) ? next : BigInt(sum) + BigInt(part);
  }
  if (isCount(sum, bits)) return sum;
  return typeof sum === 'number' ? sum % 2 ** bits : BigInt.asUintN(bits, sum);
}

// The plans of one device are few in kind, and so are their widths.
const known = new Map<string, NonNullable<InterfaceState['bits']>>();

function widths(plan: CountPlan): NonNullable<InterfaceState['bits']> {
  const key = countNames.map((name) => plan[name]?.bits ?? '').join();
  let bits = known.get(key);
  if (!bits) {
    bits = Object.fromEntries(
      countNames.flatMap((name) => (plan[name] ? [[name, plan[name].bits]] : [])),
    );
    known.set(key, bits);
  }
  return bits;
}
