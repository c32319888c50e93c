import type { Flow } from './flow.ts';

/** ms that a datagram may tell of: older, or from times to come, is a clock that is wrong */
const longest = 2 * 3_600_000;
const tolerance = 5000;

/**
 * How many ms before its datagram arrived a flow began and ended. Only differences on the exporter's own clock go into it,
 * which need not be right; where even those cannot be (1970, 2106, a restart between them), the flow counts where it arrived.
 */
export function agesOf({ firstAge, lastAge }: Flow): { first: number; last: number } {
  if (!(lastAge >= -tolerance && lastAge <= longest)) return { first: 0, last: 0 };
  const last = Math.max(lastAge, 0);
  return firstAge >= last && firstAge <= longest
    ? { first: firstAge, last }
    : { first: last, last };
}
