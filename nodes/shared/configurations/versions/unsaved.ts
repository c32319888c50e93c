import type { Added, Diff, FetchedConfiguration, Hunk } from './contract.ts';
import { diffOf, linesOf } from './diff.ts';

/** A secret that a device does not show: its mark has no number. */
const hidden = '<secret>';

/**
 * What of the configuration in use is not saved; null where all is, undefined where nobody knows. Lines have the numbers
 * that they have in the whole texts.
 * @param before since when it was not at the look before, ms since the Unix epoch; 0 where it was
 */
export function unsavedOf(
  fetched: FetchedConfiguration,
  before: number,
  options: { lines?: number },
): Added['unsaved'] {
  const { text, compared = text, saved, savedCompared = saved, time } = fetched;
  if (saved === undefined || savedCompared === undefined) return undefined;
  const [from, to] = alike(savedCompared, compared);
  const diff = diffOf(from, to, options);
  if (diff.added + diff.removed === 0) return null;
  const since = before === 0 ? time : before;
  return { since, diff: renumbered(diff, placesOf(from, saved), placesOf(to, text)) };
}

// Where one of both has stars for secrets, the other's tell nothing.
function alike(from: string, to: string): [string, string] {
  if (!from.includes(hidden) && !to.includes(hidden)) return [from, to];
  const without = (text: string) => text.replace(/<secret [0-9a-f]{8}>/g, hidden);
  return [without(from), without(to)];
}

/** The number in a whole text of each line of a part of it, from 1. */
function placesOf(part: string, whole: string): number[] {
  const [some, all] = [linesOf(part), linesOf(whole)];
  // What was left out are lines of other forms, so that the next one which is the same is the one.
  const bare = (line: string) => line.replace(/<secret(?: [0-9a-f]{8})?>/g, hidden);
  let at = 0;
  return some.map((line, i) => {
    let next = at;
    while (next < all.length && bare(all[next]!) !== bare(line)) next++;
    if (next === all.length) return i + 1;
    at = next + 1;
    return at;
  });
}

/** A diff of parts of two texts with the numbers of the whole ones: what is not next to each other is no hunk. */
function renumbered(diff: Diff, from: readonly number[], to: readonly number[]): Diff {
  const place = (places: readonly number[], line: number) =>
    places[line - 1] ?? (places.at(-1) ?? 0) + 1;
  const hunks: Hunk[] = [];
  for (const hunk of diff.hunks) {
    let open: Hunk | undefined;
    let [before, after] = [hunk.from, hunk.to];
    let [nextFrom, nextTo] = [0, 0];
    for (const line of hunk.lines) {
      const [left, right] = [place(from, before), place(to, after)];
      const [isBefore, isAfter] = [line[0] !== '+', line[0] !== '-'];
      if (!open || (isBefore && left !== nextFrom) || (isAfter && right !== nextTo)) {
        hunks.push((open = { from: left, to: right, lines: [] }));
        [nextFrom, nextTo] = [left, right];
      }
      open.lines.push(line);
      if (isBefore) [before, nextFrom] = [before + 1, left + 1];
      if (isAfter) [after, nextTo] = [after + 1, right + 1];
    }
  }
  return { ...diff, hunks };
}
