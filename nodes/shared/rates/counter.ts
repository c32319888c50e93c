import type { Count, CounterBits } from '../../contract/snapshot.ts';

const ranges = { 32: 2 ** 32, 64: 2 ** 64 } as const;

/** Whether a value can be what a counter of so many bits shows: whole, not negative, in its range. */
export function isCount(value: unknown, bits: CounterBits): value is Count {
  if (typeof value === 'number') {
    return value >= 0 && value < ranges[bits] && Number.isInteger(value);
  }
  return typeof value === 'bigint' && value >= 0n && value < ranges[bits];
}

/**
 * How much a counter grew between two observations (both {@link isCount}), exact above 2^53; NaN
 * where that cannot be told. A decrease of 32 bits is taken as a wrap if the growth it means is
 * plausible, any other decrease as a reset.
 * @param most the largest plausible growth
 * @param mostWrapped the largest plausible growth over a wrap
 */
export function increase(
  before: Count,
  now: Count,
  bits: CounterBits,
  most: number,
  mostWrapped: number,
): number {
  const difference =
    typeof before === 'number' && typeof now === 'number'
      ? now - before
      : Number(BigInt(now) - BigInt(before));
  if (difference >= 0) return difference <= most ? difference : Number.NaN;
  if (bits === 64) return Number.NaN;
  const wrapped = difference + ranges[32];
  return wrapped <= mostWrapped ? wrapped : Number.NaN;
}

/** A count from its digits: a bigint where a number would lose some. Throws a SyntaxError on others. */
export function parseCount(digits: string): Count {
  const count = Number(digits);
  return Number.isSafeInteger(count) ? count : BigInt(digits);
}
