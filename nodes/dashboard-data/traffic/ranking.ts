import { byName } from '../../shared/natural-order.ts';
import type { TrafficSums } from '../../shared/traffic/queries.ts';
import { others } from '../../shared/traffic/subjects.ts';
import { Best } from '../best.ts';

/** What is the same in the labels that are looked at, of all interfaces together. */
export interface Ranked {
  /** values of the labels */
  names: string[];
  /** of each step; 0 where there was nothing */
  sums: Float64Array;
  sum: number;
}

export interface Ranking {
  /** the largest first */
  top: Ranked[];
  /** all others together; undefined where there are none */
  rest: Ranked | undefined;
}

/** series between two yields */
const stretch = 100;

/** Puts series together by some labels and finds the largest; yields now and then. */
export function* rank(
  series: readonly TrafficSums[],
  labels: readonly string[],
  most: number,
): Generator<void, Ranking> {
  const groups = new Map<string, Ranked>();
  let rest: Ranked | undefined;
  let looked = 0;
  for (const one of series) {
    if (++looked % stretch === 0) yield;
    const names = labels.map((label) => one.labels[label] ?? '');
    if (names.every((name) => name === others)) {
      rest = added(rest, names, one.sums);
    } else {
      const key = names.join('\0');
      groups.set(key, added(groups.get(key), names, one.sums));
    }
  }
  // Of equal ones the order is the same wherever they come from.
  const best = new Best<Ranked>(
    most,
    (a, b) => b.sum - a.sum || byName(a.names.join(' '), b.names.join(' ')),
  );
  for (const group of groups.values()) {
    if (++looked % stretch === 0) yield;
    if (group.sum > 0) best.take(group);
  }
  const shown = new Set(best.items);
  for (const group of groups.values()) {
    if (++looked % stretch === 0) yield;
    if (group.sum > 0 && !shown.has(group)) rest = added(rest, group.names, group.sums);
  }
  return { top: best.items, rest: rest && rest.sum > 0 ? rest : undefined };
}

function added(known: Ranked | undefined, names: string[], sums: Float64Array): Ranked {
  const ranked = known ?? { names, sums: new Float64Array(sums.length), sum: 0 };
  for (const [i, value] of sums.entries()) {
    if (Number.isNaN(value)) continue;
    ranked.sums[i]! += value;
    ranked.sum += value;
  }
  return ranked;
}
