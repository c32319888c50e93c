import { Problem } from './problem.ts';

/**
 * Does work within a limit of time. Rejects with a problem `timeout`, or with the signal's reason once it is aborted,
 * also where the work does not end at once when it is told to: undici does not while it connects.
 * @param seconds the limit
 * @param work gets a signal that ends it, and what ends the limit once there is an answer
 */
export function withinTime<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal, answered: () => void) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const limit = new AbortController();
    // Let go of at the end: listeners of one signal hold each other, also those that were removed, and so what each
    // poll came to until V8's next large collection.
    let end: ((reason: Error) => void) | undefined = reject;
    const stop = (reason: Error) => {
      limit.abort(reason);
      end?.(reason);
    };
    const closed = () => stop(signal.reason as Error);
    const timer = setTimeout(() => {
      const reason = new Problem('timeout', { seconds });
      limit.abort(reason);
      // Work that does end at once may know better why.
      setImmediate(() => end?.(reason));
    }, seconds * 1000);
    signal.addEventListener('abort', closed, { once: true });
    work(limit.signal, () => clearTimeout(timer))
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', closed);
        end = undefined;
      })
      .then(resolve, reject);
  });
}
