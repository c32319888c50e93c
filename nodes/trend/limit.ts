import { FieldProblem } from '../shared/problem.ts';

/** A limit in the unit that series have; without a unit it is in theirs, whatever it is. */
export interface Limit {
  value: number;
  unit: string | undefined;
}

const decimal: Record<string, number> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };
const binary: Record<string, number> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };
const bases = ['bit/s', 'B/s', 'bit', 'B'];
const plain: Record<string, [unit: string, factor: number]> = {
  ...{ '%': ['%', 1], '°C': ['°C', 1], '1/s': ['1/s', 1], '/s': ['1/s', 1] },
  ...{ ms: ['ms', 1], s: ['s', 1], min: ['s', 60], h: ['s', 3600], d: ['d', 1] },
};

/**
 * Reads a limit such as `95`, `900 Mbit/s`, `1.5 TiB` or `14 d`; undefined where none is given. Throws a FieldProblem.
 */
export function readLimit(field: string, value: unknown): Limit | undefined {
  if (value === '' || value === undefined || value === null) return undefined;
  const fail = () => new FieldProblem(field, 'limitWithUnit', value);
  if (typeof value !== 'number' && typeof value !== 'string') throw fail();
  const [, digits, written = ''] =
    /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\S*)\s*$/i.exec(String(value)) ?? [];
  const number = Number(digits);
  if (digits === undefined || !Number.isFinite(number)) throw fail();
  if (written === '') return { value: number, unit: undefined };
  const [unit, factor] = unitOf(written) ?? [];
  if (unit === undefined) throw fail();
  return { value: number * factor!, unit };
}

function unitOf(written: string): [string, number] | undefined {
  if (Object.hasOwn(plain, written)) return plain[written];
  const name = written.replace(/bps$/, 'bit/s');
  for (const base of bases) {
    if (!name.endsWith(base)) continue;
    const prefix = name.slice(0, -base.length);
    if (Object.hasOwn(decimal, prefix)) return [base, decimal[prefix]!];
    if (Object.hasOwn(binary, prefix)) return [base, binary[prefix]!];
  }
  return undefined;
}
