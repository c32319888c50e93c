import assert from 'node:assert/strict';
import { type ChartDataSettings, checkSettings } from '../../nodes/chart-data/config.ts';
import { HeatMapChart } from '../../nodes/chart-data/heat-map.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answered } from '../../nodes/shared/history/store/query.ts';
import { reading, words } from './support.ts';

const hour = 3_600_000;
const { signal } = new AbortController();
const filters = { metrics: 'in_rate', labels: '' };
/** noon where this machine is */
const now = new Date(2026, 10, 25, 12).getTime();

/** A history that answers with values by their step; what it was asked. */
function historyOf(series: Record<string, (start: number) => number>, metric = 'in_rate') {
  const asked: AskedQuery[] = [];
  const read = (query: AskedQuery) => {
    asked.push(query);
    const times = query.edges!.slice(0, -1);
    const answered = Object.entries(series).map(([name, value]): Answered => ({
      ...{ metric, labels: { interface: name }, unit: 'bit/s', info: undefined, times },
      columns: { average: times.map(value) },
    }));
    return Promise.resolve({ series: answered, omitted: 0 });
  };
  return { asked, read };
}

async function shown(
  settings: Partial<ChartDataSettings>,
  series: Record<string, (start: number) => number>,
) {
  const all = { kind: 'heatmap', metrics: 'in_rate', ...settings } as const;
  const map = new HeatMapChart(checkSettings(all), words);
  const { asked, read } = historyOf(series);
  await map.read({ read }, filters, now, signal);
  return { map, query: asked[0]!, drawn: map.show() };
}

describe('a heat map', () => {
  it('by hour has a row for each hour and a column for each day, as a clock on the wall has them', async () => {
    const value = (start: number) =>
      start < now - 2 * hour ? new Date(start).getHours() * 1e6 : NaN;
    const { query, drawn } = await shown(
      { cells: 'hours', window: 1440, combine: 'sum' },
      { all: value },
    );
    assert.deepEqual(query.group, { by: [], across: 'sum' });
    assert.equal(query.from, new Date(2026, 10, 24).getTime());
    assert.deepEqual(drawn.columns, ['Tue 24/11', 'Wed 25/11']);
    assert.deepEqual([drawn.rows.length, drawn.rows[9]], [24, '09:00']);
    assert.equal(drawn.unit, 'Mbit/s');
    assert.deepEqual(
      [0, 9, 10, 23].map((at) => drawn.cells[at]),
      [
        [0, 0],
        [9, 9],
        [10, null],
        [23, null],
      ],
    );
    assert.equal(drawn.none, 'nothing known');
  });

  it('by series has a row for each of the largest and a column for each step', async () => {
    const settings = { cells: 'series', window: 1440, limit: 5 } as const;
    const { query, drawn, map } = await shown(settings, {
      eth10: () => 2000,
      eth2: (start) => (start < now - hour ? 1234.5 : Number.NaN),
    });
    assert.deepEqual([query.top, query.group], [5, undefined]);
    assert.deepEqual([drawn.rows, drawn.unit, map.size], [['eth2', 'eth10'], 'kbit/s', 2]);
    assert.deepEqual([drawn.columns.length, drawn.columns[0]], [48, '24/11, 12:00']);
    assert.deepEqual([drawn.cells[0]![0], drawn.cells[0]!.at(-1)], [1.23, null]);
    assert.deepEqual(drawn.cells[1]!.at(-1), 2);
    const bySize = await shown({ ...settings, order: 'value' }, { eth10: () => 2, eth2: () => 1 });
    assert.deepEqual(bySize.drawn.rows, ['eth10', 'eth2']);
  });

  it('is stale from a reading that it is about until it is read again', async () => {
    const { map } = await shown({ cells: 'series', filter: 'device=a' }, {});
    map.take([reading('in_rate', { device: 'b' }, 1), reading('out_rate', { device: 'a' }, 1)]);
    assert.equal(map.isStale, false);
    map.take([reading('in_rate', { device: 'a' }, 1)]);
    map.take([]);
    assert.equal(map.isStale, true);
    await map.read(historyOf({}), filters, now, signal);
    assert.equal(map.isStale, false);
  });

  it('is empty where nothing is known', async () => {
    const { drawn } = await shown({ cells: 'series' }, {});
    assert.deepEqual([drawn.rows, drawn.cells, drawn.unit], [[], [], '']);
  });
});
