import type { TrafficMatrix } from '../../contract/pages.ts';
import { rounded } from '../../contract/round.ts';
import type { TrafficSums } from '../../shared/traffic/queries.ts';
import { others } from '../../shared/traffic/subjects.ts';
import { rank } from './ranking.ts';
import { meanOf, type Told } from './told.ts';

/** sources, and destinations, with one that stands for all others */
const most = 10;

/** Who sends to whom, of the conversations of one step; yields now and then. Undefined where there are none. */
export function* matrixOf(
  conversations: readonly TrafficSums[],
  told: Told,
): Generator<void, TrafficMatrix | undefined> {
  const sources = yield* namesOf(conversations, 'source');
  const destinations = yield* namesOf(conversations, 'destination');
  const sums = new Map<string, { from: number; to: number; sum: number }>();
  for (const { labels, sums: own } of conversations) {
    const from = placeOf(labels.source!, sources);
    const to = placeOf(labels.destination!, destinations);
    const cell = sums.get(`${from} ${to}`) ?? { from, to, sum: 0 };
    cell.sum += own.reduce((sum, value) => sum + (value || 0), 0);
    sums.set(`${from} ${to}`, cell);
  }
  const cells = [...sums.values()]
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || a.from - b.from || a.to - b.to)
    .map(({ from, to, sum }) => ({ from, to, rate: rounded(meanOf(sum, told) ?? 0, 'bit/s') }));
  return cells.length === 0 ? undefined : { sources, destinations, cells };
}

function* namesOf(
  conversations: readonly TrafficSums[],
  label: 'source' | 'destination',
): Generator<void, string[]> {
  const { top, rest } = yield* rank(conversations, [label], most);
  const names = top.map(({ names: [name] }) => name!);
  if (!rest) return names;
  return [...names.slice(0, most - 1), ''];
}

function placeOf(name: string, names: readonly string[]): number {
  const place = name === others ? -1 : names.indexOf(name);
  return place < 0 ? names.length - 1 : place;
}
