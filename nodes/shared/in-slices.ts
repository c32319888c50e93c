import { setImmediate } from 'node:timers/promises';

/** ms at a time */
const slice = 2;

/**
 * Does work that yields wherever it may be interrupted, a little at a time: others have their turn.
 * @param now ms of a clock that never jumps
 */
export async function inSlices<Result>(
  work: Generator<unknown, Result>,
  now = () => performance.now(),
): Promise<Result> {
  for (;;) {
    const end = now() + slice;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (now() < end);
    await setImmediate();
  }
}
