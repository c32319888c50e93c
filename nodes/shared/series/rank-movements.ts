import { adjusted } from './false-discovery.ts';
import { relativeChange } from './level.ts';
import type { Moved } from './movement.ts';
import type { Together } from './together.ts';

/** of what is told to have moved, the share that may be chance */
export const falseShare = 0.05;

/** A series that was looked at, and what was seen. */
export interface LookedAt<One> {
  one: One;
  moved: Moved | undefined;
  /** how it moves with the series in question; undefined where there is none, or too little in common */
  together: Together | undefined;
}

/** A series that moved, or moves with the one in question, more than by chance. */
export interface Ranked<One> {
  one: One;
  /** where its level moved; its probability is adjusted for the number of series */
  moved?: Moved;
  /** where it moves with the series in question, likewise */
  together?: Together;
  /** what they are ranked by, 0 to 2: how little before and after overlap by how large the change is, and the correlation */
  score: number;
}

/**
 * Those that moved more than by chance, the largest first. Of two that are as large the one that comes first.
 * @param tests of levels, where more series were looked at than are given @param correlations likewise
 */
export function rankMovements<One>(
  looked: readonly LookedAt<One>[],
  tests: number,
  correlations: number,
): Ranked<One>[] {
  const levels = looked.map(({ moved }) => moved?.probability ?? 1);
  const pairs = looked.map(({ together }) => together?.probability ?? 1);
  const byLevel = adjusted(levels, Math.max(tests, 1));
  const byPair = adjusted(pairs, Math.max(correlations, 1));
  const ranked: Ranked<One>[] = [];
  for (const [i, { one, moved, together }] of looked.entries()) {
    const isMoved = moved && byLevel[i]! <= falseShare;
    const isTogether = together && byPair[i]! <= falseShare;
    if (!isMoved && !isTogether) continue;
    ranked.push({
      one,
      ...(isMoved && { moved: { ...moved, probability: byLevel[i]! } }),
      ...(isTogether && { together: { ...together, probability: byPair[i]! } }),
      score: scoreOf(isMoved ? moved : undefined, isTogether ? together : undefined),
    });
  }
  return ranked.sort((a, b) => b.score - a.score);
}

/** What a finding is ranked by. @param usual the level at that time of day, which it must be far from as well */
export function scoreOf(
  moved: Moved | undefined,
  together: Together | undefined,
  usual = moved?.before,
): number {
  const change = ({ after, before, distance }: Moved) =>
    distance *
    Math.min(
      Math.abs(relativeChange(before, after)),
      Math.abs(relativeChange(usual ?? before, after)),
    );
  return (moved ? change(moved) : 0) + (together ? Math.abs(together.correlation) : 0);
}
