import english from '../../locales/en-US/shared.json' with { type: 'json' };
import type { Translate } from './catalogue-key.ts';
import { fieldName, missingAdvice } from './field-name.ts';

/** The problems that Netmon can tell of: the keys under `problem` in `locales/<language>/shared.json`. */
export type ProblemKey = keyof typeof english.problem;

export type { Translate };

export type ProblemParams = Record<string, string | number>;

/**
 * An error that its reader can mend: it says what is wrong and, for a field, which one and what was
 * expected. `message` is English; {@link errorText} gives the reader's language. An error as its
 * `cause` stands as `__cause__` in the text, in the same language.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly key: ProblemKey;
  readonly params: Record<string, string>;

  constructor(key: ProblemKey, params: ProblemParams = {}, options?: ErrorOptions) {
    const texts = Object.fromEntries(Object.entries(params).map(([k, v]) => [k, String(v)]));
    if (options?.cause !== undefined) texts.cause = errorText(options.cause);
    super(fill(english.problem[key], texts), options);
    // It would keep whatever the functions on it work on, and tells a user nothing.
    this.stack = `Problem: ${this.message}`;
    this.key = key;
    this.params = texts;
  }
}

/** The problem of a field with a bad value. `expected` is a key under `expected` in the catalogue. */
export class FieldProblem extends Problem {
  readonly field: string;
  readonly expected: ExpectedKey;
  /** whether nothing was given at all */
  readonly missing: boolean;

  constructor(field: string, expected: ExpectedKey, actual: unknown, params: ProblemParams = {}) {
    super('field', {
      ...params,
      field,
      expected: fill(english.expected[expected], params),
      actual: show(actual),
    });
    this.field = field;
    this.expected = expected;
    this.missing =
      actual === undefined || actual === null || (typeof actual === 'string' && !actual.trim());
  }
}

export type ExpectedKey = keyof typeof english.expected;

/**
 * The text of any error for a person: a {@link Problem} in the translator's language and with a field
 * named as its dialog does, else the error's own message.
 */
export function errorText(error: unknown, translate?: Translate): string {
  if (translate && isProblem(error)) {
    const params = { ...error.params };
    const { field } = params;
    if (field !== undefined) params.field = fieldName(field, translate);
    if (error.cause !== undefined) params.cause = errorText(error.cause, translate);
    if (!('expected' in error)) return translate(`shared.problem.${error.key}`, params);
    params.expected = translate(`shared.expected.${error.expected}`, params);
    if (!error.missing) return translate('shared.problem.field', params);
    const advice = missingAdvice(error.field, translate);
    return advice ?? translate('shared.problem.fieldMissing', params);
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * One problem for several of a list, or none: the first five are told.
 * @param text the text of one, in its reader's language
 * @param count how many there are, of which these may be the first
 */
export function together(
  key: 'readings' | 'rows' | 'kept',
  problems: readonly Error[],
  text: (error: Error) => string,
  count = problems.length,
): Error | undefined {
  if (count <= 1) return problems[0];
  const told = problems.slice(0, 5).map(text);
  const list = [...told, ...(count > told.length ? ['…'] : [])].join('; ');
  return new Problem(key, { count, list });
}

/**
 * Whether an error is a {@link Problem}. Each node is built into a file with a class Problem of its own, so
 * that of another node is known by its name.
 */
export function isProblem(error: unknown): error is Problem | FieldProblem {
  return error instanceof Error && error.name === 'Problem' && 'key' in error;
}

/** Puts parameters into a catalogue text: `__name__` becomes `params.name`. */
export function fill(text: string, params: ProblemParams): string {
  return text.replace(/__(\w+?)__/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/** characters of a value that an error text shows */
const shown = 80;

/** A value as a short piece of JSON on one line, for an error text. It may be huge, or nested deeply. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = JSON.stringify(beginning(value, { left: shown })) as string | undefined;
  if (text === undefined) return typeof value;
  // JSON lets these line breaks stand.
  const line = text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return line.length > shown ? `${line.slice(0, shown - 1)}…` : line;
}

// A copy with all that is shown of a value. Each value within it takes a character at least.
function beginning(value: unknown, characters: { left: number }): unknown {
  characters.left--;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value.slice(0, shown);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (let i = 0; i < value.length && characters.left > 0; i++) {
      list.push(beginning(value[i], characters));
    }
    return list;
  }
  const entries: [string, unknown][] = [];
  for (const [name, part] of Object.entries(value)) {
    if (characters.left <= 0) break;
    entries.push([name.slice(0, shown), beginning(part, characters)]);
  }
  return Object.fromEntries(entries);
}
