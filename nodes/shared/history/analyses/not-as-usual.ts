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

/**
 * Takes out the movements that there were on days before too, at the same time of day and as far. The largest ones are
 * looked at; where most of the last of them were as usual, so are those that are left, else all of these moved.
 * @param ranked the largest first @param timeOf when a step begins
 */
export function* notAsUsual(
  ranked: readonly Found[],
  span: { metrics: string; labels: string; from: number; to: number; most: number },
  timeOf: (place: number) => number,
): Work<{ looked: Found[]; left: readonly Found[] }> {
  const looked: Found[] = [];
  const things = new Set<string>();
  let place = 0;
  let share = 0;
  for (const size of batches) {
    const batch = ranked.slice(place, place + size);
    if (batch.length === 0 || (things.size >= span.most && share <= few)) break;
    place += size;
    const { found, usual } = yield* compared(batch, ranked.length, span, timeOf);
    share = usual / batch.length;
    looked.push(...found);
    for (const { one } of found) things.add(seriesKey('', one.labels));
  }
  const left = ranked.slice(place);
  return { looked, left: share > most ? left.flatMap(withoutLevel) : left };
}

function* compared(
  batch: readonly Found[],
  tests: number,
  span: { metrics: string; labels: string; from: number; to: number },
  timeOf: (place: number) => number,
): Work<{ found: Found[]; usual: number }> {
  const moved = batch.flatMap(({ one, moved: how }): Asked[] =>
    how ? [{ change: one, since: timeOf(how.from), share: how.share }] : [],
  );
  const then = moved.length > 0 ? yield* daysBefore(moved, span) : [];
  const stood = standOut(then.filter((one) => one !== undefined));
  const probabilities = adjusted(
    stood.map(({ probability }) => probability),
    Math.max(tests, stood.length),
  );
  let [next, result, usual] = [0, 0, 0];
  const left = batch.flatMap((found): Found[] => {
    const { moved: how } = found;
    const known = how && then[next++];
    if (!known) return [found];
    const probability = probabilities[result]!;
    const { usual: level, sign } = stood[result++]!;
    // Less of a rise than usual is no rise.
    if (probability <= falseShare && sign === Math.sign(how.after - how.before)) {
      const further = { ...how, probability: Math.max(how.probability, probability) };
      const against = { days: known.days.length, usual: level };
      return [{ ...found, moved: further, against }];
    }
    usual++;
    return withoutLevel(found);
  });
  return { found: left, usual };
}

// It may still move with the series in question.
function withoutLevel({ one, together, score }: Found): Found[] {
  return together ? [{ one, together, score }] : [];
}
