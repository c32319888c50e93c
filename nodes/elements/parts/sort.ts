/** What a table sorts by: a number or a text; null is not known. */
export type SortValue = number | string | null;

export interface Sorting {
  column: string;
  isDescending: boolean;
}

/**
 * The rows in order. What is not known comes last either way; numbers by size, texts as a reader of `language` sorts
 * them, with numbers within by size (Gi1/0/2 before Gi1/0/10). Rows that are equal stay as they were.
 */
export function sorted<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  isDescending: boolean,
  language: string,
): Row[] {
  const texts = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: known(valueOf(row)) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
      return sign * texts.compare(String(a), String(b));
    })
    .map(({ row }) => row);
}

/** What a click on a heading sorts by: numbers begin with the largest, texts with A. */
export function afterClick(now: Sorting | undefined, column: string, isNumber: boolean): Sorting {
  if (now?.column !== column) return { column, isDescending: isNumber };
  return { column, isDescending: !now.isDescending };
}

function known(value: SortValue): SortValue {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
