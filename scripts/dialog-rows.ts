// The rows of a dialog, as editor.html has them: one tag a row, which the build makes the HTML that
// Node-RED reads. CONTRIBUTING.md tells how to write one.

/** What the rows of a node's dialog are made for. */
export interface Dialog {
  /** the node's folder, with which its keys begin */
  node: string;
  /** whether the dialog is that of a config node */
  isConfig: boolean;
  /** the node's part of a catalogue: what is in it decides which words a row has */
  words: Record<string, unknown>;
}

const kinds = [
  'text',
  'number',
  'integer',
  'password',
  'area',
  'template',
  'select',
  'tick',
  'table',
  'own',
];

/** What a row's tag may have; all that begins with `data-` beside. */
const known = [
  ...['name', 'kind', 'icon', 'label', 'tick', 'options', 'of', 'id', 'class', 'width', 'lines'],
  ...['placeholder', 'example', 'after', 'hint', 'autocomplete', 'spellcheck', 'wrap'],
  'list',
];

type Attributes = Partial<Record<string, string>>;

/** The HTML of a dialog with its rows in place of their tags. Throws where a row is wrong. */
export function expandRows(html: string, dialog: Dialog): string {
  return html.replace(
    /<netmon-row\b([^>]*?)(?:\/>|>(.*?)<\/netmon-row>)/gs,
    (tag, attributes: string, inner = '') => {
      try {
        return row(attributesOf(attributes), (inner as string).trim(), dialog);
      } catch (error) {
        throw new Error(`${dialog.node}, ${tag}: ${(error as Error).message}`, { cause: error });
      }
    },
  );
}

function attributesOf(text: string): Attributes {
  const all = [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  const attributes = Object.fromEntries(all.map(([, name, value = '']) => [name!, value] as const));
  for (const name of Object.keys(attributes)) {
    if (!known.includes(name) && !name.startsWith('data-')) throw new Error(`what is ${name}?`);
  }
  return attributes;
}

function row(row: Attributes, inner: string, dialog: Dialog): string {
  const { name, kind = 'text' } = row;
  if (!kinds.includes(kind)) throw new Error(`no row is of the kind ${kind}`);
  const id = row.id ?? (name && `${dialog.isConfig ? 'node-config-input' : 'node-input'}-${name}`);
  /** the key of a word: the one that is told, else the one of the field's name if there is any */
  const key = (what: string, told = row[what]) => {
    if (told === '') return undefined;
    const path = told ?? `${what}.${name}`;
    if (has(dialog.words, path)) return `${dialog.node}.${path}`;
    if (told !== undefined || what === 'label') throw new Error(`no text ${path}`);
    return undefined;
  };
  const words = (what: string, open: string, close: string) => {
    const found = key(what);
    return found === undefined ? '' : `${open} data-i18n="${found}">${close}`;
  };

  const data = Object.entries(row).filter(([attribute]) => attribute.startsWith('data-'));
  // A row that shows with a field is mostly that field's.
  const open = attributes({
    class: ['form-row', row.class].join(' ').trim(),
    ...Object.fromEntries(data.map(([attribute, value]) => [attribute, value || name])),
  });
  const placeholder = key('placeholder');
  const control = attributes({
    id,
    ...(placeholder && { 'data-i18n': `[placeholder]${placeholder}` }),
    placeholder: row.example,
    autocomplete: row.autocomplete,
    spellcheck: row.spellcheck,
    wrap: row.wrap,
    list: row.list,
    style: row.width && `width: ${row.width}`,
  });
  const narrow = row.width === undefined ? ' style="width: 90px"' : '';
  const parts = [
    row.label === '' ? '' : label(row, key('label')!, id),
    {
      text: () => `<input type="text"${control} />`,
      number: () => `<input type="text" inputmode="decimal"${control}${narrow} />`,
      integer: () => `<input type="text" inputmode="numeric"${control}${narrow} />`,
      password: () => `<input type="password" autocomplete="new-password"${control} />`,
      area: () =>
        `<textarea${control} rows="${row.lines ?? 3}" class="netmon-code" spellcheck="false"></textarea>`,
      template: () =>
        `<textarea${control} rows="${row.lines ?? 3}" class="netmon-template" spellcheck="false"></textarea>`,
      select: () => `<select${control}>${options(row, dialog)}</select>`,
      tick: () =>
        `<label class="netmon-tick"><input type="checkbox"${control} /> <span data-i18n="${key('tick')!}"></span></label>`,
      table: () => `<ol${control}></ol>`,
      own: () => '',
    }[kind]!(),
    words('after', '<span', '</span>'),
    inner,
    words('hint', '<div class="netmon-hint netmon-beside"', '</div>'),
  ];
  const lines = parts.filter((part) => part !== '').map((part) => `  ${part}\n`);
  return `<div${open}>\n${lines.join('')}</div>`;
}

function label({ icon, kind }: Attributes, key: string, id: string | undefined): string {
  // A table has no single input, and stands below.
  const open = `<label${attributes(kind === 'table' ? { style: 'width: auto' } : { for: id })}`;
  if (icon === undefined) return `${open} data-i18n="${key}"></label>`;
  return `${open}><i class="fa fa-${icon}"></i> <span data-i18n="${key}"></span></label>`;
}

// Of `max,md5:MD5,GET,:unit.auto`, the first has its words at its place in the catalogue, the last where
// it tells; the others are words themselves.
function options({ options = '', of, name }: Attributes, { node, words }: Dialog): string {
  const all = options.split(',').filter((option) => option !== '');
  const made = all.map((option) => {
    const [value, text = value] = option.trim().split(':') as [string, string?];
    const path = text.includes('.') ? text : `${of ?? name}.${value}`;
    return has(words, path)
      ? `    <option value="${value}" data-i18n="${node}.${path}"></option>\n`
      : `    <option value="${value}">${text}</option>\n`;
  });
  return made.length === 0 ? '' : `\n${made.join('')}  `;
}

function attributes(all: Attributes): string {
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function has(words: unknown, path: string): boolean {
  const found = path
    .split('.')
    .reduce<unknown>(
      (inner, part) => (inner as Record<string, unknown> | undefined)?.[part],
      words,
    );
  return typeof found === 'string';
}
