import { errorText, type Translate } from '../problem.ts';
import { search, type Searched } from './table-search.ts';

export type Row = Record<string, unknown>;

/** A column of a {@link table}: an input in each row, bound to the row's property `name`. */
export interface Column {
  name: string;
  label: string;
  kind?: 'text' | 'number' | 'select';
  /** of a select: value and label */
  options?: readonly (readonly [value: string, label: string])[];
  /** offered while typing */
  suggestions?: readonly string[];
  placeholder?: string;
  /** a CSS grid track, such as `2fr` or `90px` */
  width?: string;
  /** shown below the row's main line, behind an arrow */
  detail?: boolean;
  /** text typed into the input to the row's value; throws where it cannot be one */
  parse?: (text: string) => unknown;
  /** the row's value as text for the input */
  show?: (value: unknown) => string;
}

export interface TableOptions {
  columns: readonly Column[];
  rows: readonly Row[];
  /** a new row; one that is still like it is neither wrong nor among the rows */
  empty: () => Row;
  /**
   * begins a check of all rows from the first: what it returns throws what is wrong with a row, which
   * is shown below it
   */
  check: () => (row: Row, index: number) => unknown;
  /** what is worth knowing of a row that is right; shown below it */
  note?: (row: Row) => string;
  translate: Translate;
  addLabel: string;
  /** px; 300 unless told */
  height?: number;
}

export interface Table {
  /** What is in the table now. An input that cannot be read stays in its row as the typed text. */
  rows(): Row[];
  replace(rows: readonly Row[]): void;
  append(rows: readonly Row[]): void;
}

interface RowData {
  row: Row;
  /** Shows what is wrong with the row, and returns whether anything is. */
  check?: (check: (row: Row) => unknown) => boolean;
  wrong?: boolean;
}

/** rows that are made at a time, before the browser may do something else */
const batch = 100;

let tables = 0;

/** Makes an `<ol>` a table of rows that can be typed in, sorted, added and removed. */
export function table(list: JQuery, options: TableOptions): Table {
  const id = `netmon-table-${++tables}`;
  const main = options.columns.filter((c) => !c.detail);
  const details = options.columns.filter((c) => c.detail);
  const tracks = main.map((c) => c.width ?? '1fr').join(' ') + (details.length > 0 ? ' 24px' : '');

  for (const column of options.columns) {
    if (column.suggestions) list.before(suggestions(`${id}-${column.name}`, column.suggestions));
  }
  const header = $('<div class="netmon-row netmon-head">').css('grid-template-columns', tracks);
  for (const column of main) $('<span>').text(column.label).appendTo(header);

  const found = search(options.translate, (searched) => {
    items.editableList('filter', (searched ? finder(searched) : null) as never);
  });
  list.before(found.line);
  /** rows that are still to be made */
  let waiting: Row[] = [];

  const items = list.addClass('netmon-table').editableList({
    header: $('<div class="netmon-header">').append(header),
    addButton: options.addLabel,
    removable: true,
    sortable: true,
    height: options.height ?? 300,
    scrollOnAdd: false,
    addItem(container: JQuery, _index: number, data: Partial<RowData>) {
      const typed = data.row === undefined;
      addRow(container, Object.assign(data, { row: { ...(data.row ?? options.empty()) } }));
      if (!typed) return;
      found.clear();
      setTimeout(() => container.find(':input').first().trigger('focus'));
    },
    removeItem: () => checkAll(),
    sortItems: () => checkAll(),
  } as never);

  replace(options.rows);
  return { rows, replace, append };

  function rows(): Row[] {
    return [...data().map((d) => d.row), ...waiting].filter((row) => !isBlank(row));
  }

  function isBlank(row: Row): boolean {
    const blank = options.empty();
    return options.columns.every(
      ({ name, show = asText }) => show(row[name]) === show(blank[name]),
    );
  }

  function replace(next: readonly Row[]) {
    items.editableList('empty' as never);
    waiting = [];
    append(next);
  }

  function append(next: readonly Row[]) {
    const idle = waiting.length === 0;
    waiting = waiting.concat(next);
    if (idle) addWaiting();
  }

  function addWaiting() {
    const rows = waiting.splice(0, batch);
    items.editableList('addItems', rows.map((row) => ({ row })) as never);
    if (waiting.length === 0) checkAll();
    // The dialog may be closed by then.
    else setTimeout(() => list.get(0)?.isConnected && addWaiting());
  }

  function data(): RowData[] {
    const elements = items.editableList('items' as never).toArray();
    return elements.map((element) => $(element).data('data') as RowData);
  }

  function checkAll() {
    const check = options.check();
    const all = data();
    all.forEach((d, i) => (d.wrong = d.check?.((row) => check(row, i)) ?? false));
    found.count(all.length, all.filter(({ wrong }) => wrong).length);
  }

  function finder({ words, onlyWrong }: Searched): (d: RowData) => boolean {
    const shown = (row: Row) =>
      options.columns.map(({ name, show = asText }) => show(row[name])).join('\n');
    return ({ row, wrong }) =>
      (wrong || !onlyWrong) && (words === '' || shown(row).toLowerCase().includes(words));
  }

  function addRow(container: JQuery, d: RowData) {
    const line = $('<div class="netmon-row">').css('grid-template-columns', tracks);
    const below = $('<div class="netmon-details">').prop('hidden', true);
    const trouble = $('<div class="netmon-trouble">');
    const note = $('<div class="netmon-hint">');
    const unread = new Map<string, string>();

    d.check = (check) => {
      let text = [...unread.values()][0];
      try {
        if (!text && !isBlank(d.row)) check(d.row);
      } catch (error) {
        text = errorText(error, options.translate);
      }
      showText(trouble, text ?? '');
      container.toggleClass('netmon-bad', text !== undefined);
      showText(note, text === undefined && !isBlank(d.row) ? (options.note?.(d.row) ?? '') : '');
      return text !== undefined;
    };

    const bind = (column: Column) =>
      input(id, column, d.row[column.name], (text) => {
        unread.delete(column.name);
        try {
          const value = (column.parse ?? plain(column))(text);
          if (value === undefined) Reflect.deleteProperty(d.row, column.name);
          else d.row[column.name] = value;
        } catch (error) {
          d.row[column.name] = text;
          unread.set(column.name, errorText(error, options.translate));
        }
        // A name used twice is the other row's trouble too.
        checkAll();
      });

    for (const column of main) bind(column).appendTo(line);
    if (details.length > 0) {
      const arrow = $('<button type="button" class="netmon-more"><i class="fa fa-chevron-down">');
      arrow
        .attr({ title: options.translate('shared.editor.more'), 'aria-expanded': 'false' })
        .on('click', () => {
          const open = below.prop('hidden') === true;
          below.prop('hidden', !open);
          if (below.is(':empty')) addDetails();
          arrow.attr('aria-expanded', String(open));
          arrow.find('i').toggleClass('fa-chevron-down', !open).toggleClass('fa-chevron-up', open);
        })
        .appendTo(line);
    }
    container.append(line, note, below, trouble);

    // Most rows stay closed, and inputs are what a row costs.
    function addDetails() {
      for (const column of details) {
        $('<label>').append($('<span>').text(column.label), bind(column)).appendTo(below);
      }
    }
  }
}

function showText(element: JQuery, text: string) {
  if (element.text() !== text) element.text(text);
  element.prop('hidden', text === '');
}

function input(id: string, column: Column, value: unknown, changed: (text: string) => void) {
  const shown = column.show ? column.show(value) : asText(value);
  const element =
    column.kind === 'select'
      ? $('<select>').append(
          (column.options ?? []).map(([option, label]) => $('<option>').val(option).text(label)),
        )
      : $('<input type="text">').attr('placeholder', column.placeholder ?? '');
  element.attr({ 'aria-label': column.label, title: column.label, 'data-column': column.name });
  if (column.kind === 'number') element.attr('inputmode', 'decimal');
  if (column.suggestions) element.attr('list', `${id}-${column.name}`);
  return element.val(shown).on('change', () => changed(asText(element.val()).trim()));
}

function suggestions(id: string, words: readonly string[]) {
  return $('<datalist>')
    .attr('id', id)
    .append(words.map((word) => $('<option>').val(word)));
}

// An empty input is a property that is not there; a number that is none stays text for the check.
function plain(column: Column): (text: string) => unknown {
  return (text) => {
    if (text === '') return undefined;
    return column.kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
