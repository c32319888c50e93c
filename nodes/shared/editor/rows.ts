import { errorText, type Translate } from '../problem.ts';
import { type Column, textOf, valueOf } from './column.ts';
import type { Searched } from './table-search.ts';

export type Row = Record<string, unknown>;

/** What the rows of a table are, and when one is wrong. */
export interface RowOptions {
  columns: readonly Column[];
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
}

/** A row of a table, and what is told of it. */
export interface Entry {
  row: Row;
  /** what is wrong with it; empty where nothing is */
  trouble: string;
  note: string;
  /** by column: why the text in the input cannot be read */
  unread: Map<string, string>;
}

/** rows that are shown at a time, before the browser may do something else */
const pageSize = 100;

/** The rows of a table, without the table: in their order, checked, shown page by page. */
export class Rows {
  readonly #options: RowOptions;
  /** those that are shown, then those that still wait for it */
  #entries: Entry[] = [];
  #shown = 0;

  constructor(options: RowOptions) {
    this.#options = options;
  }

  /** Those that are shown, in their order. */
  get shown(): readonly Entry[] {
    return this.#entries.slice(0, this.#shown);
  }

  /** Whether some still wait to be shown. */
  get isWaiting(): boolean {
    return this.#shown < this.#entries.length;
  }

  /** All rows that are filled in. An input that cannot be read is in its row as the typed text. */
  filled(): Row[] {
    return this.#entries.map(({ row }) => row).filter((row) => !this.isBlank(row));
  }

  /** Whether a row is still as a new one is. */
  isBlank(row: Row): boolean {
    const blank = this.#options.empty();
    return this.#options.columns.every(
      (column) => textOf(column, row[column.name]) === textOf(column, blank[column.name]),
    );
  }

  /** Adds a new row, which counts as shown, behind all that are. */
  add(): Entry {
    const entry = entryOf(this.#options.empty());
    this.#entries.splice(this.#shown++, 0, entry);
    return entry;
  }

  /** Adds rows behind all others; {@link nextPage} shows them. */
  append(rows: readonly Row[]): void {
    this.#entries.push(...rows.map((row) => entryOf({ ...row })));
  }

  clear(): void {
    this.#entries = [];
    this.#shown = 0;
  }

  /** The next rows to show; none where all are. */
  nextPage(): Entry[] {
    const page = this.#entries.slice(this.#shown, this.#shown + pageSize);
    this.#shown += page.length;
    return page;
  }

  /** Removes a row that is shown. */
  remove(entry: Entry): void {
    const index = this.shown.indexOf(entry);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    this.#shown--;
  }

  /** Puts a row that is shown into the place of another one, which makes room. */
  move(entry: Entry, to: Entry): void {
    const [from, index] = [this.#entries.indexOf(entry), this.#entries.indexOf(to)];
    if (from < 0 || index < 0) return;
    this.#entries.splice(from, 1);
    this.#entries.splice(index, 0, entry);
  }

  /** Puts those that are shown into another order. */
  sort(shown: readonly Entry[]): void {
    this.#entries.splice(0, this.#shown, ...shown);
    this.#shown = shown.length;
  }

  /** Takes a text as it was typed into the input of a column. */
  type({ row, unread }: Entry, column: Column, text: string): void {
    unread.delete(column.name);
    try {
      const value = valueOf(column, text);
      if (value === undefined) Reflect.deleteProperty(row, column.name);
      else row[column.name] = value;
    } catch (error) {
      row[column.name] = text;
      unread.set(column.name, errorText(error, this.#options.translate));
    }
  }

  /** Checks all rows, for a name used twice is the other row's trouble too. Tells how many are wrong. */
  check(): number {
    const check = this.#options.check();
    this.#entries.forEach((entry, index) => {
      const [unread] = entry.unread.values();
      const isBlank = this.isBlank(entry.row);
      entry.trouble = unread ?? (isBlank ? '' : this.#trouble(() => check(entry.row, index)));
      entry.note = entry.trouble || isBlank ? '' : (this.#options.note?.(entry.row) ?? '');
    });
    return this.#entries.filter(({ trouble }) => trouble !== '').length;
  }

  /** Whether a row is among those that are searched for. */
  isFound({ row, trouble }: Entry, { words, onlyWrong }: Searched): boolean {
    if (onlyWrong && trouble === '') return false;
    const texts = this.#options.columns.map((column) => textOf(column, row[column.name]));
    return texts.join('\n').toLowerCase().includes(words);
  }

  #trouble(check: () => unknown): string {
    try {
      check();
      return '';
    } catch (error) {
      return errorText(error, this.#options.translate);
    }
  }
}

function entryOf(row: Row): Entry {
  return { row, trouble: '', note: '', unread: new Map() };
}
