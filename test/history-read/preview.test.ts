import assert from 'node:assert/strict';
import { previewOf, tableOf } from '../../nodes/history-read/preview.ts';
import type { HistorySeries } from '../../nodes/shared/history/answers.ts';

const span = { from: 0, to: 1000 };
const series = (labels: Record<string, string>, changes: Partial<HistorySeries> = {}) => ({
  ...{ metric: 'in_rate', labels, unit: 'bit/s', times: [1, 2], values: { average: [5, null] } },
  ...changes,
});

describe('previewOf', () => {
  it('names lines by what tells them apart', () => {
    const legends = (...all: HistorySeries[]) =>
      previewOf(span, { series: all, omitted: 0 }).lines.map(({ legend }) => legend);
    assert.deepEqual(legends(series({ device: 'a' })), ['in_rate']);
    assert.deepEqual(
      legends(
        series({ device: 'a', interface: 'eth0' }),
        series({ device: 'a', interface: 'eth1' }),
      ),
      ['eth0', 'eth1'],
    );
    assert.deepEqual(legends(series({ device: 'a' }), series({ device: 'a' }, { metric: 'm' })), [
      'in_rate',
      'm',
    ]);
  });

  it('has the newest points of the first series, and counts the others', () => {
    const times = Array.from({ length: 1000 }, (_, i) => i);
    const all = times
      .slice(0, 10)
      .map((i) => series({ device: String(i) }, { times, values: { value: times, max: [] } }));
    const { lines, more, from, to } = previewOf(span, { series: all, omitted: 3 });
    assert.deepEqual([lines.length, more, from, to], [8, 5, 0, 1000]);
    assert.deepEqual(lines[0]!.values, times.slice(400));
  });
});

describe('tableOf', () => {
  it('names rows by their device and what else tells them apart, and counts those beyond the first', () => {
    const figures = { up24h: 99.5, up7d: 99, up30d: null, up365d: 98, bar: [] };
    const all = Array.from({ length: 10 }, (_, i) => ({
      ...{ check: `check-${i}`, device: 'a' },
      ...figures,
    }));
    const { rows, more } = tableOf({ rows: all, omitted: 3 });
    assert.deepEqual(rows[0], { name: 'a check-0', up24h: 99.5, up30d: null, bar: [] });
    assert.deepEqual([rows.length, more], [8, 5]);
  });
});
