import Mustache from 'mustache';
import { FieldProblem } from './problem.ts';

/**
 * Fills in a logic-less template (https://mustache.github.io/mustache.5.html): `{{name}}`,
 * `{{labels.device}}`, `{{#list}}...{{/list}}`, `{{^list}}...{{/list}}`. Only the view's own data
 * can be reached: no function is ever called and nothing inherited is seen.
 * @param escapeHtml escapes every value, those in triple braces too
 * @throws an Error where the template is broken: see {@link checkTemplate}
 */
export function render(template: string, view: object, options: { escapeHtml: boolean }): string {
  const writer = options.escapeHtml ? htmlWriter : textWriter;
  return writer.render(template, new DataContext(view));
}

/**
 * Checks a template for {@link render}.
 * @throws FieldProblem with the position, from 1, where something is missing
 */
export function checkTemplate(field: string, template: unknown): string {
  if (typeof template !== 'string') throw new FieldProblem(field, 'text', template);
  try {
    textWriter.parse(template);
  } catch (error) {
    throw parseProblem(field, template, (error as Error).message);
  }
  return template;
}

/** A text with the characters escaped that mean something in HTML. */
function escapeHtml(text: string): string {
  return Mustache.escape(text);
}

/** Looks names up among the own properties of plain data, where Mustache's own also follows prototypes. */
class DataContext extends Mustache.Context {
  readonly #view: unknown;
  readonly #parent: DataContext | undefined;

  constructor(view: unknown, parent?: DataContext) {
    super(view, parent);
    this.#view = view;
    this.#parent = parent;
  }

  override push(view: unknown) {
    return new DataContext(view, this);
  }

  override lookup(name: string): unknown {
    if (name === '.') return data(this.#view);
    const path = name.split('.');
    const last = path.pop()!;
    let holder = this.#view;
    for (const part of path) holder = own(holder, part);
    if (isObject(holder) && Object.hasOwn(holder, last)) return data(own(holder, last));
    return this.#parent?.lookup(name);
  }
}

/** Writes values through one escape only, whatever the kind of tag; objects are written as nothing. */
class DataWriter extends Mustache.Writer {
  readonly #escape: (text: string) => string;

  constructor(escape: (text: string) => string) {
    super();
    this.#escape = escape;
    // Templates may come in messages: kept for ever they would fill the memory.
    Object.assign(this, { templateCache: undefined });
  }

  override escapedValue(token: string[], context: Mustache.Context): string {
    const value = context.lookup(token[1]!) as
      string | number | boolean | object | null | undefined;
    if (value === undefined || value === null || isObject(value)) return '';
    return this.#escape(String(value));
  }

  override unescapedValue(token: string[], context: Mustache.Context): string {
    return this.escapedValue(token, context);
  }
}

const textWriter = new DataWriter((text) => text);
const htmlWriter = new DataWriter(escapeHtml);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function own(holder: unknown, name: string): unknown {
  return isObject(holder) && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;
}

function data(value: unknown): unknown {
  return typeof value === 'function' ? undefined : value;
}

// Mustache tells where it stumbled only in its English message, counting from 0.
function parseProblem(field: string, template: string, message: string): FieldProblem {
  const position = Number(/ at (\d+)$/.exec(message)?.[1] ?? template.length) + 1;
  const [, kind, section] = /^(Unopened|Unclosed) section "(.*)" at \d+$/s.exec(message) ?? [];
  if (section === undefined) return new FieldProblem(field, 'templateTag', template, { position });
  const expected = kind === 'Unopened' ? 'templateOpened' : 'templateClosed';
  return new FieldProblem(field, expected, template, { section, position });
}
