import * as check from '../shared/check.ts';
import type { Command, Dialect, HttpCommand } from '../shared/configurations/dialect.ts';
import type { Fits } from '../shared/configurations/text-rules.ts';
import { compileWildcard } from '../shared/match/pattern.ts';
import { FieldProblem } from '../shared/problem.ts';

/** lines of a field */
const maxLines = 200;
const placeholder = '{secret}';

/** What a user gives of a dialect. */
export interface OwnParts {
  ownWay: Dialect['way'];
  ownCommands: readonly string[];
  ownSaved: readonly string[];
  ownSetup: readonly string[];
  ownEnable: string;
  ownPrompt: Fits | undefined;
  ownPager: string;
  ownLast: Fits | undefined;
  ownVolatile: readonly RegExp[];
  ownComments: readonly RegExp[];
  ownSecrets: readonly RegExp[];
}

/** The dialect of a user's own. Throws a FieldProblem where it has no command, or one that is none over HTTP. */
export function ownDialect(parts: OwnParts): Dialect {
  const { ownWay: way, ownSetup, ownEnable, ownPager, ownPrompt, ownLast } = parts;
  const running = commandsOf('ownCommands', parts.ownCommands, way);
  if (running.length === 0) throw new FieldProblem('ownCommands', 'text', '');
  const saved = commandsOf('ownSaved', parts.ownSaved, way);
  return {
    id: 'own',
    label: 'own',
    way,
    running,
    ...(saved.length > 0 && { saved }),
    setup: ownSetup,
    ...(ownPrompt && { prompt: ownPrompt }),
    ...(ownEnable !== '' && {
      enable: { command: ownEnable, password: /password:\s*$/i, always: true },
    }),
    questions: [{ pattern: ownPager === '' ? usualPager : ending(ownPager), answer: ' ' }],
    ...(ownLast && { whole: { last: ownLast } }),
    volatile: parts.ownVolatile,
    comments: parts.ownComments,
    secrets: parts.ownSecrets,
  };
}

/**
 * A dialect with what a user adds to it, and with the user's commands instead of its own, where there are some. The same
 * one where there is nothing. Throws a FieldProblem of a command.
 */
export function withOwn(dialect: Dialect, parts: OwnParts): Dialect {
  const { ownVolatile, ownComments, ownSecrets, ownLast } = parts;
  const running = commandsOf('ownCommands', parts.ownCommands, dialect.way);
  const isOther = running.length > 0;
  const lists = [running, ownVolatile, ownComments, ownSecrets];
  if (!ownLast && lists.every(({ length }) => length === 0)) return dialect;
  const { volatile = [], comments = [], secrets, ...rest } = dialect;
  return {
    ...rest,
    ...(isOther && { running }),
    // What it knows of whole ones does not hold for what other commands give.
    ...((isOther || ownLast) && { whole: ownLast ? { last: ownLast } : {} }),
    volatile: [...volatile, ...ownVolatile],
    comments: [...comments, ...ownComments],
    secrets: [...secrets, ...ownSecrets],
  };
}

/** The commands of a field. Throws a FieldProblem where one is none over HTTP. */
export function commandsOf(
  field: string,
  lines: readonly string[],
  way: Dialect['way'],
): readonly Command[] {
  return way === 'http' ? lines.map((line, i) => httpCommand(check.join(field, i), line)) : lines;
}

const usualPager = /(?:-- ?|<-+ ?|\()more\b.{0,60}$/i;

function ending(text: string): RegExp {
  return new RegExp(`${literal(text.trim())}\\s*$`);
}

/** The lines of a field that are not blank, without blanks around them. */
export function linesOf(field: string, value: unknown): string[] {
  if (typeof value !== 'string') throw new FieldProblem(field, 'text', value);
  const lines = value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > maxLines) throw new FieldProblem(field, 'fewer', value, { max: maxLines });
  return lines.map((line, i) => check.text(check.join(field, i), line));
}

/** A text, or none. */
export function lineOf(field: string, value: unknown): string {
  return value === '' ? '' : check.text(field, value, { max: 200 }).trim();
}

/** A whole line in which `*` stands for any characters; undefined for none. Blanks at its end do not count. */
export function wildcardOf(field: string, value: unknown): Fits | undefined {
  const text = lineOf(field, value);
  if (text === '') return undefined;
  const fits = compileWildcard(text);
  return { test: (line) => fits(line.trimEnd()) };
}

/** Beginnings of lines, one in each line: words, in which one `*` stands for any characters. */
export function patternsOf(field: string, value: unknown): RegExp[] {
  return linesOf(field, value).map((line, i) => beginning(check.join(field, i), line));
}

/** The same with `{secret}` for the word that is one; at the end, for all that follows. */
export function secretsOf(field: string, value: unknown): RegExp[] {
  return linesOf(field, value).map((line, i) => {
    const where = check.join(field, i);
    const words = line.split(/\s+/);
    const at = words.indexOf(placeholder);
    if (at < 1 || words.lastIndexOf(placeholder) !== at) {
      throw new FieldProblem(where, 'secretPattern', line);
    }
    const after = words.slice(at + 1).map((word) => `\\s+${wordOf(where, word)}`);
    const secret = after.length === 0 ? '(?<secret>.+)' : '(?<secret>\\S+)';
    const before = beginning(where, words.slice(0, at).join(' ')).source;
    return new RegExp(`${before}\\s+${secret}${after.length === 0 ? '' : `(?=${after.join('')})`}`);
  });
}

// Words have no blanks, so that a line can fit in one way only, and takes linear time.
function beginning(field: string, line: string): RegExp {
  const words = line.split(/\s+/).map((word) => wordOf(field, word));
  return new RegExp(`^\\s*${words.join('\\s+')}`);
}

function wordOf(field: string, word: string): string {
  const parts = word.split('*');
  if (parts.length > 2) throw new FieldProblem(field, 'oneStar', word);
  return parts.map(literal).join('\\S*');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

// `/path`, `GET /path` or `POST /path {"json": "body"}`.
function httpCommand(field: string, line: string): HttpCommand {
  const [, method = 'GET', path, body] =
    /^(?:(GET|POST) )?(\/[^\s]*)(?:\s+(\{.*\}))?$/.exec(line) ?? [];
  if (path === undefined || (body !== undefined && method === 'GET')) {
    throw new FieldProblem(field, 'httpCommand', line);
  }
  try {
    const sent = body === undefined ? {} : { body: JSON.parse(body) as unknown };
    return { path, methods: [method as 'GET' | 'POST'], ...sent };
  } catch {
    throw new FieldProblem(field, 'json', body);
  }
}
