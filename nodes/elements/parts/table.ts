import { type ComponentChildren, h } from 'preact';
import { useState } from 'preact/hooks';
import { useEnv } from '../view/env.ts';
import { afterClick, sorted, type Sorting, type SortValue } from './sort.ts';

export interface Column<Row> {
  name: string;
  label: string;
  /** what it sorts by, as a raw number; without it the column does not sort */
  value?: (row: Row) => SortValue;
  cell: (row: Row) => ComponentChildren;
  isNumber?: boolean;
  /** left out where there is little room */
  isExtra?: boolean;
  /** in a card: `head` is its first line, `wide` takes a line of its own */
  inCard?: 'head' | 'wide' | 'state';
  class?: string;
}

interface TableProps<Row> {
  /** what the table is about, for those who do not see it */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** how it starts; as the rows come where missing */
  sorting?: Sorting;
  /** rows that are drawn before somebody asks for all */
  few?: number;
  /** what stands there when there are no rows */
  none: string;
}

/** A table that sorts by a click on a heading, and is cards where it is narrow. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, none, few = 100 } = props;
  const { words, isQuiet } = useEnv();
  const [sorting, setSorting] = useState(props.sorting);
  const [isWhole, setWhole] = useState(false);
  if (rows.length === 0) return h('p', { class: 'calm' }, none);
  const by = columns.find(({ name }) => name === sorting?.column)?.value;
  const ordered = by ? sorted(rows, by, sorting!.isDescending, words.language) : rows;
  const shown = isWhole ? ordered : ordered.slice(0, few);
  const click = (column: Column<Row>) => () =>
    setSorting(afterClick(sorting, column.name, column.isNumber ?? false));
  const sortable = isQuiet ? [] : columns.filter(({ value }) => value);
  return h(
    'div',
    { class: 'table' },
    // Cards have no headings to click on.
    sortable.length > 1 ? h(SortChoice<Row>, { sortable, sorting, setSorting }) : null,
    h(
      'table',
      { role: 'table', 'aria-label': label },
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          columns.map((column) =>
            heading(column, sorting, sortable.includes(column) ? click(column) : undefined),
          ),
        ),
      ),
      h(
        'tbody',
        { role: 'rowgroup' },
        shown.map((row) =>
          h(
            'tr',
            { key: keyOf(row), role: 'row' },
            columns.map((column) => cellOf(column, row)),
          ),
        ),
      ),
    ),
    shown.length < ordered.length
      ? h(
          'button',
          { type: 'button', class: 'more', onClick: () => setWhole(true) },
          words.t('elements.table.all', { count: words.number(ordered.length) }),
        )
      : null,
  );
}

function cellOf<Row>(column: Column<Row>, row: Row) {
  const content = column.cell(row);
  // A card leaves out what is not known.
  const names = [classOf(column), content === '–' || content === null ? 'nothing' : ''];
  const attributes = { role: 'cell', 'data-label': column.label } as const;
  const name = names.filter(Boolean).join(' ');
  return h('td', { key: column.name, class: name, ...attributes }, content);
}

function heading<Row>(
  column: Column<Row>,
  sorting: Sorting | undefined,
  onClick: (() => void) | undefined,
) {
  const isSorted = onClick && sorting?.column === column.name;
  const order = sorting?.isDescending ? 'descending' : 'ascending';
  return h(
    'th',
    {
      key: column.name,
      role: 'columnheader',
      scope: 'col',
      class: classOf(column),
      ...(onClick ? { 'aria-sort': isSorted ? order : 'none' } : {}),
    },
    onClick
      ? h(
          'button',
          { type: 'button', onClick },
          column.label,
          h(
            'span',
            { class: 'arrow', 'aria-hidden': 'true' },
            isSorted ? (sorting.isDescending ? '▼' : '▲') : '',
          ),
        )
      : column.label,
  );
}

interface SortChoiceProps<Row> {
  sortable: readonly Column<Row>[];
  sorting: Sorting | undefined;
  setSorting: (sorting: Sorting) => void;
}

function SortChoice<Row>({ sortable, sorting, setSorting }: SortChoiceProps<Row>) {
  const { words } = useEnv();
  return h(
    'label',
    { class: 'sort-by' },
    `${words.t('elements.table.sort-by')} `,
    h(
      'select',
      {
        value: sorting?.column ?? '',
        onChange: (event: Event) => {
          const name = (event.target as HTMLSelectElement).value;
          const column = sortable.find((one) => one.name === name);
          if (column) setSorting(afterClick(undefined, name, column.isNumber ?? false));
        },
      },
      sorting ? null : h('option', { value: '' }, '–'),
      sortable.map(({ name, label }) => h('option', { key: name, value: name }, label)),
    ),
  );
}

function classOf<Row>({ isNumber, isExtra, inCard, class: name }: Column<Row>): string {
  const names = [isNumber ? 'n' : '', isExtra ? 'extra' : '', inCard ? `in-${inCard}` : '', name];
  return names.filter(Boolean).join(' ');
}
