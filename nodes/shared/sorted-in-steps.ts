/** entries that are put in order between two yields */
const stretch = 64;

/** A list in order, as `toSorted` has it, in steps that may be interrupted: a long one takes many ms. */
export function* sortedInSteps<Entry>(
  list: readonly Entry[],
  compare: (a: Entry, b: Entry) => number,
): Generator<void, Entry[]> {
  let runs: Entry[][] = [];
  for (let at = 0; at < list.length; at += stretch) {
    runs.push(list.slice(at, at + stretch).sort(compare));
    yield;
  }
  // Neighbors are merged, so that entries that are equal stay as they were.
  while (runs.length > 1) {
    const merged: Entry[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [a, b] = [runs[i]!, runs[i + 1]];
      merged.push(b ? yield* mergedInSteps(a, b, compare) : a);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedInSteps<Entry>(
  a: readonly Entry[],
  b: readonly Entry[],
  compare: (a: Entry, b: Entry) => number,
): Generator<void, Entry[]> {
  const all: Entry[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const isFirst = j >= b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0);
    all.push(isFirst ? a[i++]! : b[j++]!);
    if (all.length % stretch === 0) yield;
  }
  return all;
}
