import { errorText, type Translate } from '../problem.ts';

/**
 * A validator as Node-RED's `defaults` take it, made of a check that the runtime runs too: the field
 * is marked, with the problem's text, where the check throws.
 * @param check gets the value and the node, with its other properties
 */
export function validator(
  t: Translate,
  check: (value: unknown, node: Record<string, unknown>) => unknown,
): (value: unknown) => boolean {
  function validate(this: Record<string, unknown>, value: unknown): boolean | string {
    try {
      check(value, this);
      return true;
    } catch (error) {
      return errorText(error, t);
    }
  }
  // Node-RED takes a text as the reason why a value is bad, but only from a validator of two
  // parameters; its type definitions do not know it.
  return Object.defineProperty(validate, 'length', { value: 2 }) as (value: unknown) => boolean;
}
