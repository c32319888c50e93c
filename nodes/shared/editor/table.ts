import type { Column } from './column.ts';
import { type Entry, type Row, type RowOptions, Rows } from './rows.ts';
import { keyShortcuts, listenToKeys } from './table-keys.ts';
import { TableRow } from './table-row.ts';
import { type Search, search } from './table-search.ts';

export interface TableOptions extends RowOptions {
  rows: readonly Row[];
  addLabel: string;
  /** px, at the least where {@link Table.fit} is told of the dialog; 300 unless told */
  height?: number;
  /** what is drawn below a row that is right, made anew where the row or what is known changes */
  below?: (row: Row) => JQuery;
}

let tables = 0;

/**
 * An `<ol>` as a table of rows that can be typed in, sorted, added and removed, with the mouse or by
 * keys: Alt with an arrow moves a row, Alt+Delete removes it, Enter in the last one adds another.
 */
export class Table {
  readonly #id = `netmon-table-${++tables}`;
  readonly #list: JQuery;
  readonly #options: TableOptions;
  readonly #tracks: string;
  readonly #rows: Rows;
  readonly #search: Search;
  readonly #told = $('<div class="netmon-told" role="status">');
  /** those that were made, by what they show */
  readonly #made = new Map<Entry, TableRow>();
  /** the row and the column that the focus leaves when a row is removed */
  #left: { index: number; column: string | undefined } | undefined;

  constructor(list: JQuery, options: TableOptions) {
    this.#list = list;
    this.#options = options;
    this.#rows = new Rows(options);
    const main = options.columns.filter(({ detail }) => !detail);
    this.#tracks =
      main.map(({ width }) => width ?? '1fr').join(' ') +
      (main.length < options.columns.length ? ' 24px' : '');
    for (const column of options.columns) {
      if (column.suggestions) {
        list.before(suggestions(this.#suggestionsId(column), column.suggestions));
      }
    }
    this.#search = search(options.translate, (searched) => {
      const found = searched && ((entry: Entry) => this.#rows.isFound(entry, searched));
      this.#editableList('filter', found ?? null);
    });
    list.before(this.#search.line, this.#told);

    const heads = main.map(({ label }) => $('<span>').text(label));
    const head = $('<div class="netmon-row netmon-head">').css(
      'grid-template-columns',
      this.#tracks,
    );
    list.addClass('netmon-table').editableList({
      header: $('<div class="netmon-header">').append(head.append(heads)),
      addButton: options.addLabel,
      removable: true,
      sortable: true,
      height: options.height ?? 300,
      scrollOnAdd: false,
      addItem: (container: JQuery, _index: number, entry: Entry | object) =>
        this.#addItem(container, 'row' in entry ? entry : undefined),
      removeItem: (entry: Entry) => this.#removed(entry),
      sortItems: () => this.#sorted(),
    } as never);
    listenToKeys(list, {
      moveUp: (row) => this.#move(row, row.prevAll(':visible').first()),
      moveDown: (row) => this.#move(row, row.nextAll(':visible').first()),
      remove: (row) => {
        this.#leave(row);
        this.#editableList('removeItem', entryOf(row));
      },
      enter: (row) => this.#enter(row),
    });
    list.on('click', '.red-ui-editableList-item-remove', ({ currentTarget }) =>
      this.#leave($(currentTarget as HTMLElement).closest('li')),
    );
    this.append(options.rows);
  }

  /** What is in the table now. An input that cannot be read stays in its row as the typed text. */
  rows(): Row[] {
    return this.#rows.filled();
  }

  /** Takes the height that the other rows of the dialog leave. @param dialog what `oneditresize` is told, px */
  fit({ height }: { height: number }): void {
    const own = this.#list.closest('.red-ui-editableList');
    // Node-RED puts some beside the page, against browsers that fill in passwords.
    const form = this.#list
      .closest('form')
      .children(':visible')
      .filter((_, row) => $(row).css('position') !== 'absolute')
      .get();
    const used = form.reduce((sum, row) => sum + ($(row).outerHeight(true) ?? 0), 0);
    const free = height - (used - (own.outerHeight() ?? 0));
    this.#editableList('height', Math.max(free, this.#options.height ?? 300));
  }

  replace(rows: readonly Row[]): void {
    this.#editableList('empty');
    this.#made.clear();
    this.#rows.clear();
    this.append(rows);
  }

  /** Shows anew what is told of the rows. */
  refresh(): void {
    this.#made.forEach((row) => row.tell());
  }

  append(rows: readonly Row[]): void {
    const isIdle = !this.#rows.isWaiting;
    this.#rows.append(rows);
    if (isIdle) this.#showPage();
  }

  #showPage() {
    this.#editableList('addItems', this.#rows.nextPage());
    if (!this.#rows.isWaiting) this.#check();
    // The dialog may be closed by then.
    else setTimeout(() => this.#list.get(0)?.isConnected && this.#showPage());
  }

  #check() {
    const wrong = this.#rows.check();
    this.refresh();
    this.#search.count(this.#rows.shown.length, wrong);
  }

  /** Fills an item of the list; one that the button adds has no entry yet. */
  #addItem(container: JQuery, known: Entry | undefined) {
    const t = this.#options.translate;
    const entry = known ?? this.#rows.add();
    const row = new TableRow(container, entry, {
      columns: this.#options.columns,
      tracks: this.#tracks,
      suggestionsId: (column) => this.#suggestionsId(column),
      ...(this.#options.below && { below: this.#options.below }),
      typed: (column, text) => {
        this.#rows.type(entry, column, text);
        this.#check();
      },
      translate: t,
    });
    this.#made.set(entry, row);
    container.data('data', entry).closest('li').attr('aria-keyshortcuts', keyShortcuts);
    container.siblings('.red-ui-editableList-item-handle').attr('title', t('shared.editor.move'));
    container
      .siblings('.red-ui-editableList-item-remove')
      .attr('aria-label', t('shared.editor.remove'));
    if (known) return;
    this.#search.clear();
    setTimeout(() => container.find(':input').first().trigger('focus'));
  }

  #sorted() {
    this.#rows.sort(
      this.#list
        .children()
        .toArray()
        .map((item) => entryOf($(item))!),
    );
    this.#check();
  }

  // The others go around the row that moves: one that is taken out of the page loses the focus.
  #move(row: JQuery, to: JQuery) {
    if (to.length === 0) return;
    if (to.index() < row.index()) row.after(row.prevUntil(to.prev()).toArray().reverse());
    else row.before(row.nextUntil(to.next()).toArray());
    this.#sorted();
    row.get(0)!.scrollIntoView({ block: 'nearest' });
    const shown = this.#list.children(':visible');
    const params = { number: String(shown.index(row) + 1), count: String(shown.length) };
    this.#told.text(this.#options.translate('shared.editor.moved', params));
  }

  #enter(row: JQuery) {
    if (row.nextAll(':visible').length > 0) return;
    // What was typed counts only once the input is left.
    $(document.activeElement!).trigger('change');
    if (!this.#rows.isBlank(entryOf(row)!.row)) this.#editableList('addItem', {});
  }

  #leave(row: JQuery) {
    const index = this.#list.children(':visible').index(row);
    this.#left = { index, column: $(document.activeElement!).data('column') as string | undefined };
  }

  #removed(entry: Entry) {
    this.#rows.remove(entry);
    this.#made.delete(entry);
    this.#check();
    // Who has gone on meanwhile stays there.
    if (this.#left && document.activeElement === document.body) {
      this.#focus(this.#left.index, this.#left.column);
    }
  }

  /** Sets the focus on a column of a row, or on its button without one; beyond the rows on adding. */
  #focus(index: number, column: string | undefined) {
    const shown = this.#list.children(':visible');
    const row = shown.eq(Math.min(index, shown.length - 1));
    const add = this.#list.closest('.red-ui-editableList').find('.red-ui-editableList-addButton');
    const cell = row.find(`[data-column="${column}"]:visible`);
    const inRow = column === undefined ? '.red-ui-editableList-item-remove' : ':input';
    const element = [cell, row.find(inRow), add].find(({ length }) => length > 0);
    element?.first().trigger('focus');
  }

  #suggestionsId({ name }: Column): string {
    return `${this.#id}-${name}`;
  }

  #editableList(method: string, ...args: unknown[]) {
    // Its types know neither all methods nor what they take.
    (this.#list.editableList as (...args: unknown[]) => unknown)(method, ...args);
  }
}

function entryOf(item: JQuery): Entry | undefined {
  return item.children('.red-ui-editableList-item-content').data('data') as Entry | undefined;
}

function suggestions(id: string, words: NonNullable<Column['suggestions']>) {
  return $('<datalist>')
    .attr('id', id)
    .append(words.map(([value, label]) => $('<option>').val(value).attr('label', label)));
}
