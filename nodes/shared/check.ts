import { isMetricName } from '../contract/metrics.ts';
import { FieldProblem } from './problem.ts';

// Checks shared by the editor and the runtime. Each returns the value in its proper type or throws a
// FieldProblem that names the field and what was expected.

/** A finite number in [min, max]; a numeric string, as an editor's input gives, counts as one. */
export function number(
  field: string,
  value: unknown,
  { min = -Infinity, max = Infinity, integer = false } = {},
): number {
  const text = typeof value === 'string' ? value.trim() : value;
  const n = typeof text === 'string' && text !== '' ? Number(text) : text;
  if (typeof n !== 'number' || !Number.isFinite(n) || (integer && !Number.isInteger(n))) {
    throw new FieldProblem(field, integer ? 'integer' : 'number', value);
  }
  if (n < min || n > max) {
    if (max === Infinity) throw new FieldProblem(field, 'atLeast', value, { min });
    if (min === -Infinity) throw new FieldProblem(field, 'atMost', value, { max });
    throw new FieldProblem(field, 'between', value, { min, max });
  }
  return n;
}

/** A text that is not blank, has no control character and at most `max` characters. */
export function text(field: string, value: unknown, { max = 1000 } = {}): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new FieldProblem(field, 'text', value);
  }
  if (hasControl(value)) throw new FieldProblem(field, 'noControl', value);
  if (value.length > max) throw new FieldProblem(field, 'shorter', value, { max });
  return value;
}

const certificate = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

/** Certificates in PEM form (RFC 7468), with whatever is said between them; empty for none. */
export function certificates(field: string, value: unknown): string {
  if (value === undefined) return '';
  const pem = typeof value === 'string' ? value.trim() : undefined;
  if (pem === '') return pem;
  const count = pem?.match(certificate)?.length;
  if (
    pem === undefined ||
    count === undefined ||
    pem.split('-----BEGIN CERTIFICATE-----').length !== count + 1
  ) {
    throw new FieldProblem(field, 'certificates', value);
  }
  return pem;
}

/** The name of a metric; blanks around it do not count. */
export function metricName(field: string, value: unknown): string {
  const name = typeof value === 'string' ? value.trim() : value;
  if (!isMetricName(name)) throw new FieldProblem(field, 'metric', value);
  return name;
}

/** One of the listed words. */
export function oneOf<T extends string>(field: string, value: unknown, words: readonly T[]): T {
  if (!words.includes(value as T)) {
    throw new FieldProblem(field, 'oneOf', value, { words: words.join(', ') });
  }
  return value as T;
}

export function boolean(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new FieldProblem(field, 'boolean', value);
  return value;
}

export function array(field: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new FieldProblem(field, 'array', value);
  return value;
}

/** A plain JSON object; with `known`, one without any other field. */
export function object(
  field: string,
  value: unknown,
  known?: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldProblem(field, 'object', value);
  }
  for (const key of Object.keys(value)) {
    if (known && !known.includes(key)) {
      throw new FieldProblem(join(field, key), 'knownField', value[key as keyof typeof value], {
        words: known.join(', '),
      });
    }
  }
  return value as Record<string, unknown>;
}

/** Labels or info: an object of texts. Numbers and booleans become text; `__proto__` is refused. */
export function labels(field: string, value: unknown): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, label] of Object.entries(object(field, value))) {
    const where = join(field, name);
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name === '__proto__') {
      throw new FieldProblem(where, 'labelName', name);
    }
    if (!['string', 'number', 'boolean'].includes(typeof label)) {
      throw new FieldProblem(where, 'text', label);
    }
    result[name] = String(label);
  }
  return result;
}

/** A path such as `rules[2].metric`, for error texts. */
export function join(field: string, key: string | number): string {
  if (typeof key === 'number') return `${field}[${key}]`;
  return field === '' ? key : `${field}.${key}`;
}

/** Whether a text holds a control character: none belongs in a name, an address or a mail header. */
export function hasControl(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value);
}
