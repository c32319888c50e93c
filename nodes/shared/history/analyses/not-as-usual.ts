import { seriesKey } from '../../../contract/reading.ts';
import { adjusted } from '../../series/false-discovery.ts';
import { falseShare, type Ranked } from '../../series/rank-movements.ts';
import { standOut } from '../../series/same-time.ts';
import type { Work } from './analysis.ts';
import { type Asked, daysBefore } from './days-before.ts';
import type { FoundChange } from './found-change.ts';

/** findings whose days are read, one batch after the other: a tenth of a second for all */
const batches = [25, 100] as const;
/** the share of a batch that is as usual up to which the next one hardly is */
const few = 0.1;
/** the same from which on those that are left are taken to be so too */
const most = 0.5;

type Found = Ranked<FoundChange>;

/** How movements stand to days before. */
export interface Compared {
  /** those that there were on days before too */
  usual: Set<FoundChange>;
  /** of the others that were compared, against what, and how likely they are chance against that */
  against: Map<FoundChange, { days: number; usual: number; probability: number }>;
  /** all that were looked at, those too of which too few days are known */
  seen: Set<FoundChange>;
}

/**
 * Compares movements with days before, at the same time of day: which of them were as far then. The largest ones are
 * looked at; where most of the last of them were as usual, all that are left are taken to be so.
 * @param ranked the largest first @param timeOf when a step begins
 */
export function* notAsUsual(
  ranked: readonly Found[],
  span: { metrics: string; labels: string; from: number; to: number; most: number },
  timeOf: (place: number) => number,
): Work<Compared> {
  const result: Compared = { usual: new Set(), against: new Map(), seen: new Set() };
  const things = new Set<string>();
  let place = 0;
  let share = 0;
  for (const size of batches) {
    const batch = ranked.slice(place, place + size);
    if (batch.length === 0 || (things.size >= span.most && share <= few)) break;
    place += size;
    const before = result.usual.size;
    yield* compare(batch, ranked.length, span, timeOf, result);
    share = (result.usual.size - before) / batch.length;
    for (const { one } of batch) {
      if (!result.usual.has(one)) things.add(seriesKey('', one.labels));
    }
  }
  if (share > most) for (const { one } of ranked.slice(place)) result.usual.add(one);
  return result;
}

function* compare(
  batch: readonly Found[],
  tests: number,
  span: { metrics: string; labels: string; from: number; to: number },
  timeOf: (place: number) => number,
  { usual, against, seen }: Compared,
): Work<void> {
  for (const { one } of batch) seen.add(one);
  const moved = batch.flatMap(({ one, moved: how }) => (how ? [{ one, how }] : []));
  if (moved.length === 0) return;
  const asked = moved.map(({ one, how }): Asked => {
    return { change: one, since: timeOf(how.from), share: how.share };
  });
  const then = yield* daysBefore(asked, span);
  const known = moved.flatMap(({ one, how }, i) => {
    const days = then[i];
    return days ? [{ one, how, days }] : [];
  });
  const stood = standOut(known.map(({ days }) => days));
  const probabilities = adjusted(
    stood.map(({ probability }) => probability),
    Math.max(tests, stood.length),
  );
  for (const [i, { one, how, days }] of known.entries()) {
    const { usual: level, sign, probability } = stood[i]!;
    // Less of a rise than usual is no rise.
    const isUsual = probabilities[i]! > falseShare || sign !== Math.sign(how.after - how.before);
    if (isUsual) usual.add(one);
    else against.set(one, { days: days.days.length, usual: level, probability });
  }
}
