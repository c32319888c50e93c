import * as check from '../shared/check.ts';
import { countNames, type InterfaceState } from '../shared/snapshot.ts';
import type { ProblemList } from './problem-list.ts';
import { type Raw, readField, toCount } from './read-field.ts';

type Field = keyof InterfaceState;

const text = (field: string, value: unknown) => check.text(field, value);
const whole = (field: string, value: unknown) =>
  check.number(field, value, { min: 0, integer: true });

const name = (field: string, value: unknown) => check.text(field, value, { max: 200 });

const bits = (field: string, value: unknown) => {
  const text = value === 32 || value === 64 ? String(value) : value;
  return Number(check.oneOf(field, text, ['32', '64']));
};

/** What a document may tell of an interface beside its name, with its check. Nothing else is taken. */
const fields: readonly [Field, (field: string, value: unknown) => unknown][] = [
  ['index', whole],
  ['alias', text],
  ['type', text],
  ['up', check.boolean],
  ['adminUp', check.boolean],
  ['speed', (field, value) => check.number(field, value, { min: 0 })],
  ['duplex', (field, value) => check.oneOf(field, value, ['full', 'half'])],
  ['counterBits', bits],
  ...countNames.map((count): [Field, typeof toCount] => [count, toCount]),
];

/**
 * Reads an interface of a document: null and an empty text are not told, a bad field is reported and
 * left out. Throws a FieldProblem where it has no proper name.
 */
export function toInterface(problems: ProblemList, where: string, raw: Raw): InterfaceState {
  const state: Record<string, unknown> = { name: name(`${where}.name`, raw.name) };
  for (const [field, checkField] of fields) {
    const value = readField(problems, raw, where, field, checkField);
    if (value !== undefined) state[field] = value;
  }
  return state as unknown as InterfaceState;
}

/** Whether an interface tells anything that changes: its status or a count. */
export function isAlive(state: InterfaceState): boolean {
  return state.up !== undefined || countNames.some((name) => state[name] !== undefined);
}
