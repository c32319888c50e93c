// The time until a disk is full, after one bad day, by the node trend and by Prometheus' predict_linear over the same
// values: least squares, by Prometheus itself where it is installed, and computed here.
import { fileURLToPath } from 'node:url';
import { paces, trendOf, untilLimit } from '../nodes/shared/series/forecast.ts';
import { simulated } from '../test/support/simulated-series.ts';
import type { Figure } from './figure.ts';
import { detect, profiles, readBenchmark, score } from './nab.ts';
import { type Line, predictLinear } from './predict-linear.ts';

const limit = 100;
const slope = 0.5;
/** days from 60 % on */
const truth = (limit - 60) / slope;
const runs = 100;

export async function run(): Promise<Figure[]> {
  const lengths = [168, 336, 720].map((hours) => ({ hours, cases: casesOf(hours) }));
  const lines = await predictLinear(lengths.flatMap(({ cases }) => cases.map((one) => one.values)));
  if (!lines) console.error('predict_linear is computed here: Prometheus is not installed.');
  const figures = lengths.map(({ hours, cases }, i) =>
    afterBadDay(hours, cases, lines?.slice(i * runs, (i + 1) * runs)),
  );
  return [...figures, ...(await benchmark())];
}

type Case = ReturnType<typeof simulated>;

function casesOf(hours: number): Case[] {
  const kind = { slope, noise: 0.3, memory: 0.7, sawTooth: 2 };
  const badDay = { at: 'end', size: 25 } as const;
  return Array.from({ length: runs }, (_, seed) => simulated({ ...kind, badDay }, hours, seed));
}

/** @param lines those of Prometheus itself, where it is installed */
function afterBadDay(hours: number, cases: readonly Case[], lines?: readonly Line[]): Figure {
  const ours: number[] = [];
  const computed: number[] = [];
  let covered = 0;
  let spent = 0;
  for (const { values, hours: places } of cases) {
    computed.push(errorOf(leastSquares(values)));
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
  const theirs = median(lines?.map(errorOf) ?? computed);
  const own = median(ours);
  const whose = lines
    ? `by Prometheus itself (${median(computed).toFixed(1)} d by least squares computed here)`
    : 'by least squares computed here';
  return {
    name: `trend: error of the time until full, ${hours / 24} days of which the last was bad / predict_linear`,
    ratio: own / theirs,
    goal: 'at most 0.2',
    ok: own <= 0.2 * theirs,
    detail: `${own.toFixed(1)} d against ${theirs.toFixed(1)} d ${whose}, of ${truth} d; the truth in the range in ${covered} of ${runs} cases; ${(spent / runs).toFixed(1)} ms a series`,
  };
}

/** By how many days the time at which a line reaches the limit is wrong. */
function errorOf({ level, perHour }: Line): number {
  return Math.abs((limit - level) / perHour / 24 - truth);
}

// As predict_linear: the line through all values, from the time of the evaluation on.
function leastSquares(values: Float64Array): Line {
  const n = values.length;
  let [x, y, xy, xx] = [0, 0, 0, 0];
  for (const [i, value] of values.entries()) {
    const at = i + 0.5 - n;
    x += at;
    y += value;
    xy += at * value;
    xx += at * at;
  }
  const perHour = (n * xy - x * y) / (n * xx - x * x);
  return { level: (y - perHour * x) / n, perHour };
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
