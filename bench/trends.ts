// The time until a disk is full, after one bad day, by the node trend and by what Prometheus' predict_linear does: least
// squares over the same values. And what an analysis of many series costs its thread.
import { paces, trendOf, untilLimit } from '../nodes/shared/series/forecast.ts';
import { simulated } from '../test/support/simulated-series.ts';
import type { Figure } from './figure.ts';
import { detect, profiles, readBenchmark, score } from './nab.ts';

const limit = 100;
const slope = 0.5;
/** days from 60 % on */
const truth = (limit - 60) / slope;
const runs = 100;

export async function run(): Promise<Figure[]> {
  return [...[168, 336, 720].map(afterBadDay), ...(await benchmark())];
}

function afterBadDay(hours: number): Figure {
  const ours: number[] = [];
  const theirs: number[] = [];
  let covered = 0;
  let spent = 0;
  for (let seed = 0; seed < runs; seed++) {
    const kind = { slope, noise: 0.3, memory: 0.7, sawTooth: 2 };
    const badDay = { at: 'end', size: 25 } as const;
    const { values, hours: places } = simulated({ ...kind, badDay }, hours, seed);
    theirs.push(Math.abs(leastSquares(values) / 24 - truth));
    const begun = performance.now();
    const trend = trendOf(values, places, paces.hourly)!;
    const until = untilLimit(trend, values.at(-1)!, limit, 1);
    spent += performance.now() - begun;
    if (until.answer !== 'trend') {
      ours.push(truth);
      continue;
    }
    ours.push(Math.abs(until.at / 24 - truth));
    if (until.low / 24 <= truth && truth <= until.high / 24) covered++;
  }
  const [own, peer] = [median(ours), median(theirs)];
  return {
    name: `trend: error of the time until full, ${hours / 24} days of which the last was bad / predict_linear`,
    ratio: own / peer,
    goal: 'at most 0.2',
    ok: own <= 0.2 * peer,
    detail: `${own.toFixed(1)} d against ${peer.toFixed(1)} d, of ${truth} d; the truth in the range in ${covered} of ${runs} cases; ${(spent / runs).toFixed(1)} ms a series`,
  };
}

// As predict_linear: the line through all values, from the time of the evaluation on.
function leastSquares(values: Float64Array): number {
  const n = values.length;
  let [x, y, xy, xx] = [0, 0, 0, 0];
  for (const [i, value] of values.entries()) {
    const at = i + 0.5 - n;
    x += at;
    y += value;
    xy += at * value;
    xx += at * at;
  }
  const own = (n * xy - x * y) / (n * xx - x * x);
  return (limit - (y - own * x) / n) / own;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

// Where the data are at hand.
async function benchmark(): Promise<Figure[]> {
  const folder = process.env.NAB;
  if (!folder) return [];
  const series = await readBenchmark(folder);
  const found = series.map(detect);
  const scores = Object.entries(profiles).map(
    ([name, one]) => [name, score(series, found, one)] as const,
  );
  const standard = scores[0]![1];
  return [
    {
      name: 'suspects: NAB, standard profile / 55',
      ratio: standard / 55,
      goal: 'at least 1',
      ok: standard >= 55,
      detail: `${scores.map(([name, one]) => `${name} ${one.toFixed(1)}`).join(', ')}; ${found.flat().length} suspects in ${series.length} series; Numenta HTM 70.5, Random Cut Forest 51.7`,
    },
  ];
}
