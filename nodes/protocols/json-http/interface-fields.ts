import { countNames, type InterfaceState } from '../../contract/snapshot.ts';
import * as check from '../../shared/check.ts';
import type { ProblemList } from './problem-list.ts';
import { isSmallCount, isUntold, type Raw, toCount } from './read-field.ts';

/** What a document may tell of an interface. */
interface Field {
  name: keyof InterfaceState;
  /** whether a value is good as it is, as most are */
  isGood: (value: unknown) => boolean;
  /** the value, mended where that is possible; throws a FieldProblem */
  check: (field: string, value: unknown) => unknown;
}

const maxName = 200;
const maxText = 1000;

const text = (name: 'alias' | 'type'): Field => ({
  name,
  isGood: (value) => isText(value, maxText),
  check: (field, value) => check.text(field, value, { max: maxText }),
});
const flag = (name: 'up' | 'adminUp'): Field => ({
  name,
  isGood: (value) => typeof value === 'boolean',
  check: check.boolean,
});
const count = (name: (typeof countNames)[number]): Field => ({
  name,
  isGood: isSmallCount,
  check: toCount,
});

/** All but the name. Nothing else is taken of an interface. */
const fields: readonly Field[] = [
  {
    name: 'index',
    isGood: isSmallCount,
    check: (field, value) => check.number(field, value, { min: 0, integer: true }),
  },
  text('alias'),
  text('type'),
  flag('up'),
  flag('adminUp'),
  {
    name: 'speed',
    isGood: isSmallCount,
    check: (field, value) => check.number(field, value, { min: 0 }),
  },
  {
    name: 'duplex',
    isGood: (value) => value === 'full' || value === 'half',
    check: (field, value) => check.oneOf(field, value, ['full', 'half']),
  },
  {
    name: 'counterBits',
    isGood: (value) => value === 32 || value === 64,
    check: (field, value) => Number(check.oneOf(field, value, ['32', '64'])),
  },
  ...countNames.map(count),
];

/**
 * Reads an interface of a document: null and an empty text are not told, a bad field is reported and
 * left out. Throws a FieldProblem where it has no proper name.
 */
export function toInterface(
  problems: ProblemList,
  list: string,
  row: number,
  raw: Raw,
): InterfaceState {
  const { name } = raw;
  const state: Record<string, unknown> = {
    name: isText(name, maxName) ? name : check.text(`${list}[${row}].name`, name, { max: maxName }),
  };
  for (const field of fields) {
    const value = raw[field.name];
    if (value === undefined) continue;
    if (field.isGood(value)) {
      state[field.name] = value;
    } else if (!isUntold(value)) {
      try {
        state[field.name] = field.check(`${list}[${row}].${field.name}`, value);
      } catch (error) {
        problems.add(error);
      }
    }
  }
  return state as unknown as InterfaceState;
}

/** Whether an interface tells anything that changes: its status or a count. */
export function isAlive(state: InterfaceState): boolean {
  return state.up !== undefined || countNames.some((name) => state[name] !== undefined);
}

function isText(value: unknown, max: number): boolean {
  return (
    typeof value === 'string' &&
    value.length <= max &&
    value.trim() !== '' &&
    !check.hasControl(value)
  );
}
