// Work in steps: a generator that yields wherever others may have their turn.

/** entries of a list between two yields */
const stretch = 32;

/** Does work that yields, without any interruption. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Takes each entry of a list, and yields every few. */
export function* each<Entry>(
  list: Iterable<Entry>,
  take: (entry: Entry) => void,
): Generator<void, void> {
  let row = 0;
  for (const entry of list) {
    take(entry);
    if (++row % stretch === 0) yield;
  }
}
