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

/** ms that a timer of Node.js takes, almost 25 days: it ends a longer one at once */
const longestTimer = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemClock: Clock = {
  date: () => Date.now(),
  steady: () => performance.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const now = Math.min(left, longestTimer);
      timer = setTimeout(() => (left > now ? wait(left - now) : callback()), now);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};
