import type { RowsOf } from '../config.ts';
import type { Group } from '../groups.ts';
import type { Words } from '../words.ts';
import type { Shape } from './shape.ts';

export const tableShape: Shape = {
  draw(series, { options: { rows }, words, ...view }) {
    const groups = view.groups(series, rows === 'labels');
    const toRows = rows === 'labels' ? labelRows : seriesRows;
    return { payload: toRows(groups, words), numbers: rowNumbers(groups, rows) };
  },
};

/** A row of a table, the same for both dashboards. Their tables show texts as text, not as HTML. */
type Row = Record<string, string>;

/** One row a series: its labels, `metric` and `value`. */
function seriesRows(groups: readonly Group[], words: Words): Row[] {
  return groups.flatMap(({ members }) =>
    members.map(({ metric, labels, value, unit }) => ({
      ...labels,
      metric: words.metric(metric),
      value: words.value(metric, value, unit),
    })),
  );
}

/** One row a group: its labels, what `info` says, and a column for each metric under its name. */
function labelRows(groups: readonly Group[], words: Words): Row[] {
  return groups.map(({ members }) => {
    const infos = members.map(({ info }) => info);
    const values = members.map(({ metric, value, unit }) => ({
      [metric]: words.value(metric, value, unit),
    }));
    return Object.assign({}, ...infos, members[0]?.labels, ...values) as Row;
  });
}

/** For each row the numbers of its columns as they were read: a table sorts by them, not by its texts. */
function rowNumbers(groups: readonly Group[], rows: RowsOf): Record<string, number>[] {
  if (rows === 'series') {
    return groups.flatMap(({ members }) => members.map(({ value }) => ({ value })));
  }
  return groups.map(({ members }) =>
    Object.fromEntries(members.map(({ metric, value }) => [metric, value])),
  );
}
