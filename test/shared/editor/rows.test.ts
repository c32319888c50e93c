import assert from 'node:assert/strict';
import * as check from '../../../nodes/shared/check.ts';
import type { Column } from '../../../nodes/shared/editor/column.ts';
import { type Row, Rows } from '../../../nodes/shared/editor/rows.ts';

const metric: Column = { name: 'metric', label: 'Metric' };
const limit: Column = { name: 'limit', label: 'Limit', kind: 'number' };
const tags: Column = {
  name: 'tags',
  label: 'Tags',
  parse(text) {
    if (text.includes(';')) throw new Error('no semicolon');
    return text.split(',');
  },
  show: (value) => (Array.isArray(value) ? value.join(',') : ''),
};

function checkAll() {
  const names = new Set<unknown>();
  return (row: Row, index: number) => {
    check.number(`rows[${index}].limit`, row.limit);
    if (names.has(row.metric)) throw new Error('twice');
    names.add(row.metric);
  };
}

function rowsOf(...rows: Row[]): Rows {
  const made = new Rows({
    columns: [metric, limit, tags],
    empty: () => ({ limit: 5 }),
    check: checkAll,
    note: (row) => `note of ${String(row.metric)}`,
    translate: (key, params) => `${key} ${params?.field ?? ''}`.trim(),
  });
  made.append(rows);
  made.nextPage();
  return made;
}

const metricsOf = (rows: Rows) => rows.filled().map((row) => row.metric);

describe('the rows of a table', () => {
  it('are filled in once they differ from a new one', () => {
    const rows = rowsOf();
    const entry = rows.add();
    assert.deepEqual(entry.row, { limit: 5 });
    assert.deepEqual(rows.filled(), []);
    rows.type(entry, metric, 'a');
    assert.deepEqual(rows.filled(), [{ metric: 'a', limit: 5 }]);
    rows.type(entry, metric, '');
    assert.deepEqual(rows.filled(), []);
    assert.equal('metric' in entry.row, false);
  });

  it('leave the rows that were given as they are', () => {
    const given = { metric: 'a', limit: 1 };
    const rows = rowsOf(given);
    rows.type(rows.shown[0]!, limit, '2');
    assert.deepEqual(rows.filled(), [{ metric: 'a', limit: 2 }]);
    assert.equal(given.limit, 1);
  });

  it('are removed, moved and sorted', () => {
    const rows = rowsOf(...['a', 'b', 'c', 'd'].map((name) => ({ metric: name })));
    const [a, b, c, d] = rows.shown;
    rows.move(a!, c!);
    assert.deepEqual(metricsOf(rows), ['b', 'c', 'a', 'd']);
    rows.move(d!, b!);
    assert.deepEqual(metricsOf(rows), ['d', 'b', 'c', 'a']);
    rows.remove(b!);
    rows.remove(b!);
    assert.deepEqual(metricsOf(rows), ['d', 'c', 'a']);
    rows.sort([a!, c!, d!]);
    assert.deepEqual(metricsOf(rows), ['a', 'c', 'd']);
    rows.clear();
    assert.deepEqual(rows.filled(), []);
  });

  it('are shown page by page, and all count before', () => {
    const rows = rowsOf();
    rows.append(Array.from({ length: 250 }, (_, i) => ({ metric: `m${i}`, limit: i })));
    assert.equal(rows.filled().length, 250);
    assert.deepEqual([rows.nextPage().length, rows.isWaiting], [100, true]);
    const added = rows.add();
    assert.equal(rows.shown.at(-1), added);
    rows.remove(rows.shown[0]!);
    assert.deepEqual([rows.nextPage().length, rows.nextPage().length], [100, 50]);
    assert.deepEqual([rows.nextPage().length, rows.isWaiting], [0, false]);
    assert.deepEqual(
      rows.shown.map(({ row }) => row.metric).filter((name) => name !== undefined),
      Array.from({ length: 249 }, (_, i) => `m${i + 1}`),
    );
  });

  it('tell what is wrong with each, and nothing of a blank one', () => {
    const rows = rowsOf({ metric: 'a', limit: 1 }, { metric: 'a', limit: 1 }, { metric: 'c' });
    rows.add();
    assert.equal(rows.check(), 2);
    const [first, second, third, blank] = rows.shown;
    assert.deepEqual([first!.trouble, first!.note], ['', 'note of a']);
    assert.deepEqual([second!.trouble, second!.note], ['twice', '']);
    assert.match(third!.trouble, /fieldMissing/);
    assert.deepEqual([blank!.trouble, blank!.note], ['', '']);
    rows.type(second!, metric, 'b');
    rows.type(third!, limit, '7');
    assert.equal(rows.check(), 0);
    assert.equal(third!.note, 'note of c');
  });

  it('keep what cannot be read as it was typed, with the reason', () => {
    const rows = rowsOf({ metric: 'a', limit: 1 });
    const [entry] = rows.shown;
    rows.type(entry!, tags, 'x;y');
    assert.equal(rows.check(), 1);
    assert.equal(entry!.trouble, 'no semicolon');
    assert.equal(entry!.row.tags, 'x;y');
    rows.type(entry!, tags, 'x,y');
    assert.equal(rows.check(), 0);
    assert.deepEqual(entry!.row.tags, ['x', 'y']);
    // It is no number: the check says so, and the input keeps it.
    rows.type(entry!, limit, 'many');
    assert.equal(entry!.row.limit, 'many');
    assert.equal(rows.check(), 1);
  });

  it('are found by what their inputs show, and by being wrong', () => {
    const rows = rowsOf({ metric: 'Alpha', limit: 1, tags: ['red', 'blue'] }, { metric: 'beta' });
    rows.check();
    const found = (words: string, onlyWrong = false) =>
      rows.shown
        .filter((entry) => rows.isFound(entry, { words, onlyWrong }))
        .map(({ row }) => row.metric);
    assert.deepEqual(found('alp'), ['Alpha']);
    assert.deepEqual(found('red,blue'), ['Alpha']);
    assert.deepEqual(found(''), ['Alpha', 'beta']);
    assert.deepEqual(found('', true), ['beta']);
    assert.deepEqual(found('alp', true), []);
  });
});
