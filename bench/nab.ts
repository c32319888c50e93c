// Scores the detector of suspects as the Numenta Anomaly Benchmark does (Lavin and Ahmad 2015), where its data are at hand:
// a folder with data/ and labels/combined_windows.json, which the variable NAB names.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SuspectOptions, suspectsOf } from '../nodes/shared/series/suspects.ts';

/** A series of the benchmark. */
export interface Labelled {
  /** `YYYY-MM-DD hh:mm:ss`, as they stand there */
  times: string[];
  values: Float64Array;
  /** the first and last places of what is known to be unusual */
  windows: [first: number, last: number][];
}

/** How much a series' detections count. */
export interface Profile {
  falsePositive: number;
  falseNegative: number;
}

export const profiles: Record<'standard' | 'low FP' | 'low FN', Profile> = {
  standard: { falsePositive: 0.11, falseNegative: 1 },
  'low FP': { falsePositive: 0.22, falseNegative: 1 },
  'low FN': { falsePositive: 0.11, falseNegative: 2 },
};

/** What a detector said of a series: places with how sure it was. */
export type Detection = { at: number; score: number }[];

/** rows at the beginning of which nothing counts: 15 %, of at most 5000 rows */
export function probation(rows: number): number {
  return Math.floor(0.15 * Math.min(rows, 5000));
}

function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** The sum of what detections of a series count, those with a score from a threshold on. */
function rawScore(
  { values, windows }: Labelled,
  found: Detection,
  threshold: number,
  profile: Profile,
) {
  const detected = new Set<number>();
  let sum = 0;
  for (const { at, score } of found) {
    if (score < threshold || at < probation(values.length)) continue;
    const within = windows.findIndex(([first, last]) => at >= first && at <= last);
    if (within >= 0) {
      // Only the first one in a window counts.
      if (detected.has(within)) continue;
      detected.add(within);
      const [first, last] = windows[within]!;
      const width = last - first + 1;
      sum += sigmoid(-(last - at + 1) / width) / sigmoid(-1);
    } else {
      const before = windows.findLast(([, last]) => last < at);
      const past = before ? (at - before[1]) / Math.max(1, before[1] - before[0]) : Infinity;
      sum += profile.falsePositive * sigmoid(past);
    }
  }
  return sum - profile.falseNegative * (windows.length - detected.size);
}

/**
 * The score of a detector over all series, by the threshold that suits it best, as the benchmark does: 100 for one that is
 * perfect, 0 for one that says nothing.
 */
export function score(
  series: readonly Labelled[],
  found: readonly Detection[],
  profile: Profile,
): number {
  const scores = [...new Set(found.flatMap((one) => one.map(({ score: own }) => own)))];
  const thresholds = [...scores.sort((a, b) => a - b), Infinity];
  const step = Math.max(1, Math.floor(thresholds.length / 500));
  let best = -Infinity;
  for (let i = 0; i < thresholds.length; i += step) {
    let sum = 0;
    for (const [n, one] of series.entries()) {
      sum += rawScore(one, found[n]!, thresholds[i]!, profile);
    }
    best = Math.max(best, sum);
  }
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  const none = -profile.falseNegative * windows;
  best = Math.max(best, none);
  return windows === 0 ? 0 : (100 * (best - none)) / (windows - none);
}

/** Reads the benchmark's files. */
export async function readBenchmark(folder: string): Promise<Labelled[]> {
  const labels = JSON.parse(
    await readFile(join(folder, 'labels', 'combined_windows.json'), 'utf8'),
  ) as Record<string, [string, string][]>;
  const names = await readdir(join(folder, 'data'), { recursive: true });
  const all: Labelled[] = [];
  for (const name of names.filter((one) => one.endsWith('.csv')).sort()) {
    const windows = labels[name.replaceAll('\\', '/')];
    if (windows) all.push(parse(await readFile(join(folder, 'data', name), 'utf8'), windows));
  }
  return all;
}

/** Reads a file of the benchmark: a header, then a time and a value a line. */
export function parse(csv: string, windows: readonly [string, string][]): Labelled {
  const lines = csv.trim().split(/\r?\n/).slice(1);
  const times = lines.map((line) => line.slice(0, line.indexOf(',')));
  const values = Float64Array.from(lines, (line) => Number(line.slice(line.indexOf(',') + 1)));
  return {
    times,
    values,
    windows: windows.map(([from, to]) => {
      const [first, last] = [from, to].map((time) => time.slice(0, 19));
      return [
        times.findIndex((time) => time >= first!),
        times.findLastIndex((time) => time <= last!),
      ];
    }),
  };
}

/** What the detector of the node finds in a series of the benchmark. */
export function detect({ values }: Labelled): Detection {
  const options: SuspectOptions = {
    ...{ window: 6400, warmUp: Math.max(2, probation(values.length)) },
    ...{ episode: Math.max(1, Math.floor(0.03 * values.length)), point: 2.5, shift: Infinity },
  };
  return suspectsOf(values, options).map(({ at, score: own }) => ({ at, score: Math.abs(own) }));
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.env.NAB;
  if (!folder) {
    throw new Error(
      'The variable NAB names the folder of the benchmark: it has data/ and labels/.',
    );
  }
  const series = await readBenchmark(folder);
  const found = series.map(detect);
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  console.log(`${series.length} series, ${windows} windows, ${found.flat().length} suspects`);
  for (const [name, profile] of Object.entries(profiles)) {
    console.log(`${name}: ${score(series, found, profile).toFixed(1)}`);
  }
  console.log(
    'published, standard: Numenta HTM 70.5, Relative Entropy 54.6, Random Cut Forest 51.7',
  );
}
