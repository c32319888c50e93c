import type { Translate } from '../problem.ts';
import { type Column, textOf } from './column.ts';
import type { Entry } from './rows.ts';

export interface TableRowOptions {
  columns: readonly Column[];
  /** of the grid, for the columns of the main line */
  tracks: string;
  /** the id of the list of words that a column offers */
  suggestionsId: (column: Column) => string;
  /** hears what was typed */
  typed: (column: Column, text: string) => void;
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

  /** @param container an empty element, to be filled */
  constructor(container: JQuery, entry: Entry, options: TableRowOptions) {
    this.#container = container;
    this.#entry = entry;
    this.#options = options;
    const line = $('<div class="netmon-row">').css('grid-template-columns', options.tracks);
    const isMain = ({ detail }: Column) => detail !== true;
    line.append(options.columns.filter(isMain).map((column) => this.#input(column)));
    if (!options.columns.every(isMain)) line.append(this.#arrow());
    container.append(line, this.#note, this.#details, this.#trouble);
    this.tell();
  }

  /** Shows what is known of the row now. */
  tell(): void {
    const { trouble, note } = this.#entry;
    showText(this.#trouble, trouble);
    showText(this.#note, note);
    this.#container.toggleClass('netmon-bad', trouble !== '');
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
      $('<label>').append(label, this.#input(column)).appendTo(this.#details);
    }
  }

  #input(column: Column): JQuery {
    const element =
      column.kind === 'select'
        ? $('<select>').append(
            (column.options ?? []).map(([option, label]) => $('<option>').val(option).text(label)),
          )
        : $('<input type="text">').attr('placeholder', column.placeholder ?? '');
    element.attr({ 'aria-label': column.label, title: column.label, 'data-column': column.name });
    if (column.kind === 'number') element.attr('inputmode', 'decimal');
    if (column.suggestions) element.attr('list', this.#options.suggestionsId(column));
    element.val(textOf(column, this.#entry.row[column.name]));
    return element.on('change', () => {
      this.#options.typed(column, String(element.val()).trim());
    });
  }
}

function showText(element: JQuery, text: string) {
  if (element.text() !== text) element.text(text);
  element.prop('hidden', text === '');
}
