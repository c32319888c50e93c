import { metrics } from '../contract/metrics.ts';

/**
 * The known metrics that a name may be a slip of: at most three, the nearest first. None for a known
 * metric and for one that resembles none, which is a user's own.
 */
export function similarMetrics(name: string): string[] {
  if (Object.hasOwn(metrics, name)) return [];
  const most = name.length < 6 ? 1 : 2;
  return Object.keys(metrics)
    .map((metric) => ({ metric, distance: distance(name, metric) }))
    .filter((candidate) => candidate.distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ metric }) => metric);
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
// https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
