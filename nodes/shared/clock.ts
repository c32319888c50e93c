/**
 * The time, as it is handed to whatever goes by it, so that a test can move it. It has no methods that
 * need their object: each may be taken out alone.
 */
export interface Clock {
  /** the time of day, in ms since the Unix epoch; it may be set, so that it jumps */
  readonly date: () => number;
  /** ms from any beginning; it never jumps nor runs backwards, so differences mean something */
  readonly steady: () => number;
  /** Calls back once after a number of ms. Returns what calls that off. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  date: () => Date.now(),
  steady: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
