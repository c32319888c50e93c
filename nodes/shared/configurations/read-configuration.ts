import { Problem } from '../problem.ts';
import { foreignText } from '../text.ts';
import { SecretMarks } from './secret-marks.ts';
import type { Block, Fits, TextRules } from './text-rules.ts';

/** A whole configuration without what a device changes by itself, with marks in the place of secrets. */
export interface Configuration {
  /** to be kept and shown; each line ends with `\n` */
  text: string;
  /** the same without comments: where it differs from the one before, the configuration has changed */
  compared: string;
  /** who changed it last and when, in the device's words, where it tells */
  changedBy?: string;
}

/** lines between two yields */
const stretch = 50;
/** characters of a line: more are no text, and would hold up all else */
const longestLine = 1_000_000;
/** lines of an answer that may be an error text as a whole */
const shortAnswer = 30;
/** lines that a configuration may begin after */
const head = 40;

/**
 * Reads what a device answered, in steps that may be interrupted. It takes time in proportion to the answer.
 * Throws a `Problem` where it is no whole configuration: empty, no text, an error, or cut off. No problem has a secret.
 * @param rules of the device's dialect
 * @param key of the marks of secrets; to be kept, for with another one all secrets seem to have changed
 */
export function* readConfiguration(
  rules: TextRules & { label: string },
  raw: string,
  key: string | Uint8Array,
): Generator<void, Configuration> {
  if (!isText(raw)) throw new Problem('configurationBinary');
  const lines: string[] = [];
  for (const line of joined(linesOf(raw), rules.continued)) {
    if (line.length > longestLine) throw new Problem('configurationBinary');
    if (lines.push(line) % stretch === 0) yield;
  }
  checkWhole(rules, lines);

  const text = new Lines();
  const compared = new Lines();
  const marks = new SecretMarks([...rules.secrets, privateKey], key);
  const keep = (line: string, counts: boolean) => {
    text.add(line);
    if (counts) compared.add(line);
  };
  let block: Block | undefined;
  let section = '';
  const told: Told = {};
  for (const [i, line] of lines.entries()) {
    if (i % stretch === 0) yield;
    if (rules.section?.test(line)) section = line;
    block ??= rules.volatile?.find((one): one is Block => 'from' in one && one.from.test(line));
    if (block) {
      hear(rules, line, told);
      if (block.to.test(line)) block = undefined;
      continue;
    }
    if (fitsAny(rules.volatile, line)) {
      hear(rules, line, told);
      continue;
    }
    const isComment = fitsAny(rules.comments, line);
    if (isComment) hear(rules, line, told);
    const marked = marks.line(line, section);
    if (marked !== undefined) keep(marked, !isComment);
  }
  if (block) throw notWhole(rules, lines);
  const last = marks.end();
  if (last !== undefined) keep(last, true);
  const changedBy = [told.user, told.time].filter((part) => part !== undefined).join(', ');
  return { text: text.whole(), compared: compared.whole(), ...(changedBy && { changedBy }) };
}

/** A private key in PEM form is a secret, whatever the system (RFC 7468). */
const privateKey = {
  find: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?<secret>.*)/,
  to: /-----END [A-Z ]{0,30}PRIVATE KEY-----/,
};

interface Told {
  user?: string;
  time?: string;
}

/** Takes what a line tells of who changed the configuration. */
function hear(rules: TextRules, line: string, told: Told): void {
  for (const pattern of rules.changedBy ?? []) {
    const { user, time } = pattern.exec(line)?.groups ?? {};
    if (user !== undefined) told.user ??= foreignText(user, 100);
    if (time !== undefined) told.time ??= foreignText(time, 100);
  }
}

function fitsAny(patterns: readonly (Fits | Block)[] | undefined, line: string): boolean {
  return patterns?.some((pattern) => 'test' in pattern && pattern.test(line)) ?? false;
}

// A device may send a few bytes of its terminal's; a file that is none of a text has many.
function isText(raw: string): boolean {
  const beginning = raw.slice(0, 10_000);
  const strange = beginning.match(/[\0\ufffd]/g)?.length ?? 0;
  return strange <= 10 + beginning.length / 50;
}

/** The lines of an answer, from its first that is not empty to its last. */
function* linesOf(raw: string): Generator<string, void> {
  let empty = -1;
  for (let at = 0; at < raw.length;) {
    const found = raw.indexOf('\n', at);
    const end = found < 0 ? raw.length : found;
    const line = cleanLine(raw.slice(at, end));
    at = end + 1;
    if (line === '') {
      if (empty >= 0) empty++;
      continue;
    }
    for (; empty > 0; empty--) yield '';
    empty = 0;
    yield line;
  }
}

function cleanLine(line: string): string {
  // Most lines have nothing to remove.
  const clean = /[^\t\P{Cc}]/u.test(line)
    ? line.replace(/[^\t\P{Cc}]\[[\d;?]{0,20}[A-Za-z]|[^\t\P{Cc}]/gu, '')
    : line;
  return clean.trimEnd();
}

function* joined(
  lines: Iterable<string>,
  continued: TextRules['continued'],
): Generator<string, void> {
  let parts: string[] = [];
  for (const line of lines) {
    const part = parts.length > 0 ? continuation(line.trimStart(), continued?.blank) : line;
    if (continued && part.endsWith(continued.end)) {
      parts.push(part.slice(0, -continued.end.length));
    } else if (parts.length === 0) {
      yield part;
    } else {
      parts.push(part);
      yield parts.join('');
      parts = [];
    }
  }
  if (parts.length > 0) yield parts.join('');
}

function continuation(line: string, blank: string | undefined): string {
  return blank !== undefined && line.startsWith(blank) ? ` ${line.slice(blank.length)}` : line;
}

function checkWhole({ refused, whole, label }: TextRules & { label: string }, lines: string[]) {
  if (lines.length === 0) throw new Problem('configurationEmpty');
  const looked = lines.length <= shortAnswer ? lines : lines.slice(0, 5);
  const refusal = looked.find((line) => refused?.some((pattern) => pattern.test(line)));
  if (refusal !== undefined) {
    throw new Problem('configurationRefused', { line: foreignText(refusal, 100) });
  }
  const { first, last, mark } = whole ?? {};
  const isWhole =
    (!first || lines.slice(0, head).some((line) => first.test(line))) &&
    (!last || last.test(lines.at(-1)!)) &&
    (mark === undefined || lines.at(-1) === mark);
  if (!isWhole) throw notWhole({ label }, lines);
  if (mark === undefined) return;
  do lines.pop();
  while (lines.at(-1) === '');
}

function notWhole({ label }: { label: string }, { length: count }: readonly string[]): Problem {
  return new Problem('configurationCut', { dialect: label, count });
}

/** A text that is made line by line, and at no time much of it at once. */
class Lines {
  readonly #parts: string[] = [];
  #lines: string[] = [];

  add(line: string): void {
    if (this.#lines.push(line) === stretch) this.#gather();
  }

  /** All lines, each with an end. */
  whole(): string {
    this.#gather();
    return this.#parts.join('');
  }

  #gather() {
    this.#parts.push(this.#lines.map((line) => `${line}\n`).join(''));
    this.#lines = [];
  }
}
