/** A time on the two clocks that alerts go by. */
export interface Moment {
  /** ms on a monotonic clock: what lasts and what comes first */
  now: number;
  /** ms since the Unix epoch: when silences and maintenance begin and end */
  date: number;
}
