import type { Translate } from '../problem.ts';
import { type Column, textOf } from './column.ts';
import type { Entry, Row } from './rows.ts';

export interface TableRowOptions {
  columns: readonly Column[];
  /** of the grid, for the columns of the main line */
  tracks: string;
  /** the id of the list of words that a column offers */
  suggestionsId: (column: Column) => string;
  /** hears what was typed */
  typed: (column: Column, text: string) => void;
  /** what is drawn below a row that is right */
  below?: (row: Row) => JQuery;
  translate: Translate;
}

/** A row as it is seen: its inputs, those behind the arrow, and what is told of it. */
export class TableRow {
  readonly #container: JQuery;
  readonly #entry: Entry;
  readonly #options: TableRowOptions;
  readonly #details = $('<div class="netmon-details">').prop('hidden', true);
  readonly #trouble = $('<div class="netmon-trouble">');
  readonly #note = $('<div class="netmon-hint">');
  readonly #below = $('<div class="netmon-hint netmon-below">');
  readonly #afters: (() => void)[] = [];

  /** @param container an empty element, to be filled */
  constructor(container: JQuery, entry: Entry, options: TableRowOptions) {
    this.#container = container;
    this.#entry = entry;
    this.#options = options;
    const line = $('<div class="netmon-row">').css('grid-template-columns', options.tracks);
    const isMain = ({ detail }: Column) => detail !== true;
    line.append(options.columns.filter(isMain).map((column) => this.#input(column)));
    if (!options.columns.every(isMain)) line.append(this.#arrow());
    container.append(line, this.#note, this.#below, this.#details, this.#trouble);
    this.tell();
  }

  /** Shows what is known of the row now. */
  tell(): void {
    const { trouble, note } = this.#entry;
    showText(this.#trouble, trouble);
    showText(this.#note, note);
    this.#container.toggleClass('netmon-bad', trouble !== '');
    for (const show of this.#afters) show();
    const below = trouble === '' && this.#options.below?.(this.#entry.row);
    this.#below.empty();
    if (below) this.#below.append(below);
  }

  #arrow(): JQuery {
    const more = this.#options.translate('shared.editor.more');
    const icon = $('<i class="fa fa-chevron-down">');
    const arrow = $('<button type="button" class="netmon-more">').append(icon);
    arrow.attr({ title: more, 'aria-label': more, 'aria-expanded': 'false' });
    return arrow.on('click', () => {
      const open = this.#details.prop('hidden') === true;
      // Most rows stay closed, and inputs are what a row costs.
      if (this.#details.is(':empty')) this.#addDetails();
      this.#details.prop('hidden', !open);
      arrow.attr('aria-expanded', String(open));
      icon.toggleClass('fa-chevron-down', !open).toggleClass('fa-chevron-up', open);
    });
  }

  #addDetails() {
    for (const column of this.#options.columns.filter(({ detail }) => detail)) {
      const label = $('<span>').text(column.label);
      $('<label>')
        .toggleClass('netmon-wide', column.kind === 'area')
        .append(label, this.#input(column))
        .appendTo(this.#details);
    }
  }

  #withAfter(input: JQuery, text: NonNullable<Column['after']>): JQuery {
    const after = $('<span class="netmon-after">');
    const show = () => showText(after, text(this.#entry.row));
    this.#afters.push(show);
    show();
    return $('<span class="netmon-with-after">').append(input, after);
  }

  #input(column: Column): JQuery {
    const element =
      column.kind === 'select'
        ? $('<select>').append(
            (column.options ?? []).map(([option, label]) => $('<option>').val(option).text(label)),
          )
        : $(column.kind === 'area' ? '<textarea rows="3">' : '<input type="text">').attr(
            'placeholder',
            column.placeholder ?? '',
          );
    element.attr({ 'aria-label': column.label, title: column.label, 'data-column': column.name });
    if (column.kind === 'number') element.attr('inputmode', 'decimal');
    if (column.suggestions) element.attr('list', this.#options.suggestionsId(column));
    element.val(textOf(column, this.#entry.row[column.name]));
    element.on('change', () => {
      this.#options.typed(column, String(element.val()).trim());
    });
    return column.after ? this.#withAfter(element, column.after) : element;
  }
}

function showText(element: JQuery, text: string) {
  if (element.text() !== text) element.text(text);
  element.prop('hidden', text === '');
}
