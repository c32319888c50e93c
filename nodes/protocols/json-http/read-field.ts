import type { Count } from '../../contract/snapshot.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { ProblemList } from './problem-list.ts';

/** An object of a document, before it is checked. */
export type Raw = Readonly<Record<string, unknown>>;

/** Whether a value says nothing: null, or an empty text. */
export function isUntold(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/**
 * Reads a field that may be missing: undefined where it is not told. A bad value is reported, and
 * left out as well.
 * @param where the path of the object; empty for the document itself
 * @param check throws a FieldProblem
 */
export function readField<Value>(
  problems: ProblemList,
  raw: Raw,
  where: string,
  name: string,
  check: (field: string, value: unknown) => Value,
): Value | undefined {
  const value = raw[name];
  if (isUntold(value)) return undefined;
  try {
    return check(where === '' ? name : `${where}.${name}`, value);
  } catch (error) {
    problems.add(error);
    return undefined;
  }
}

const maxCount = 2n ** 64n - 1n;

/**
 * A count, as a number or a text of its digits. JSON numbers above 2^53 have lost their last digits,
 * by less than 2 KiB: good enough for a rate.
 */
export function toCount(field: string, value: unknown): Count {
  if (isSmallCount(value)) return value;
  const count =
    typeof value === 'bigint'
      ? value
      : (typeof value === 'string' && /^\d{1,20}$/.test(value)) ||
          (typeof value === 'number' && Number.isInteger(value))
        ? BigInt(value)
        : -1n;
  if (count < 0n || count > maxCount) throw new FieldProblem(field, 'count', value);
  return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count;
}

/** Whether a value is a whole number that loses no digits, and not negative. */
export function isSmallCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
