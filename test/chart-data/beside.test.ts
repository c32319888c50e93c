import assert from 'node:assert/strict';
import { Chart } from '../../nodes/chart-data/chart.ts';
import { type ChartDataSettings, checkSettings } from '../../nodes/chart-data/config.ts';
import { readPercentiles } from '../../nodes/chart-data/percentiles.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import { takesSeries } from '../../nodes/shared/history/store/series-filter.ts';
import { noon, reading, words } from './support.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const { signal } = new AbortController();
const labels = { device: 'core "1"', path: 'C:\\' };
const filters = { metrics: 'cpu_usage', labels: '' };

/** A history that has these columns of one series, and what it was asked. */
function historyOf(times: number[], columns: Record<string, number[]>) {
  const asked: AskedQuery[] = [];
  const read = (query: AskedQuery) => {
    asked.push(query);
    const one = {
      ...{ metric: 'cpu_usage', labels, unit: '%', info: undefined },
      times: Float64Array.from(times),
      columns: Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    };
    return Promise.resolve({
      series: [{ ...one, labels: { ...labels, more: 'x' } }, one],
      omitted: 0,
    });
  };
  return { asked, read };
}

function chartOf(settings: Partial<ChartDataSettings>) {
  const all = {
    kind: 'line',
    metrics: 'cpu_usage',
    dashboard: 'dashboard-1',
    ...settings,
  } as const;
  const chart = new Chart(checkSettings(all), words);
  chart.take([reading('cpu_usage', labels, 10, noon - minute)], noon);
  chart.take([reading('cpu_usage', labels, 20, noon)], noon);
  return chart;
}

interface Drawn {
  series: string[];
  data: { x: number; y: number }[][];
}
const drawn = (chart: Chart, now = noon) => (chart.show(now).message.payload as [Drawn])[0];
const colorsOf = (chart: Chart) =>
  (chart.show(noon).message as { ui_control: { colors: unknown[] } }).ui_control.colors;

describe('what is shown beside lines', () => {
  it('is the line of the day before, moved to now and no further, paler and dashed', async () => {
    const chart = chartOf({ compare: 'day' });
    const { read, asked } = historyOf(
      [noon - day - 31 * minute, noon - day - 10 * minute, noon - day + minute],
      { value: [1, 5, 7] },
    );
    await chart.readBeside({ read }, filters, noon, signal);
    const [{ from, to }] = asked as [AskedQuery];
    assert.deepEqual([from, to], [noon - day - 30 * minute, noon - day + 2 * minute]);
    const pale = 'rgba(0,114,178,0.45)';
    assert.deepEqual(colorsOf(chart), [
      '#0072B2',
      {
        ...{ backgroundColor: 'transparent', borderColor: pale, borderDash: [6, 4] },
        ...{ pointBackgroundColor: pale, pointHoverBackgroundColor: pale },
      },
    ]);
    const { series, data } = drawn(chart);
    assert.deepEqual(series, ['CPU', 'CPU, day before']);
    assert.deepEqual(data[1], [{ x: noon - 10 * minute, y: 5 }]);
    assert.deepEqual(drawn(chart, noon + minute).data[1]!.at(-1), { x: noon + minute, y: 7 });
  });

  it('is told to Dashboard 2 by the places of its lines', async () => {
    const chart = chartOf({ compare: 'day', dashboard: 'dashboard-2' });
    const { read } = historyOf([noon - day - 10 * minute], { value: [5] });
    await chart.readBeside({ read }, filters, noon, signal);
    const { ui_update: update } = chart.show(noon).message as unknown as {
      ui_update: { chartOptions: { series: unknown; color: unknown } };
    };
    assert.deepEqual(update.chartOptions.series, [
      { lineStyle: { type: 'solid' } },
      { lineStyle: { type: 'dashed' } },
    ]);
    assert.deepEqual(update.chartOptions.color, ['#0072B2', 'rgba(0,114,178,0.45)']);
  });

  it('is the week before where that is chosen, by days as a calendar has them', async () => {
    const chart = chartOf({ compare: 'week' });
    const { read, asked } = historyOf([noon - 7 * day - minute], { value: [5] });
    await chart.readBeside({ read }, filters, noon, signal);
    assert.equal(asked[0]!.from, noon - 7 * day - 30 * minute);
    assert.deepEqual(drawn(chart).series, ['CPU', 'CPU, week before']);
    assert.deepEqual(drawn(chart).data[1], [{ x: noon - minute, y: 5 }]);
  });

  it('is the 95th percentile from where the lines begin to where they end', async () => {
    const chart = chartOf({ percentile: true });
    const { read } = historyOf([noon], { p95: [19] });
    await chart.readBeside({ read }, filters, noon, signal);
    const { series, data } = drawn(chart);
    assert.deepEqual(series, ['CPU', 'CPU, p95']);
    assert.deepEqual(data[1], [
      { x: noon - minute, y: 19 },
      { x: noon, y: 19 },
    ]);
  });

  it('is nothing where nothing is asked for, and is read anew as time goes on', async () => {
    const { read, asked } = historyOf([], {});
    const none = chartOf({});
    await none.readBeside({ read }, filters, noon, signal);
    assert.deepEqual([none.besideAfter, asked.length], [undefined, 0]);
    assert.equal(chartOf({ percentile: true, kind: 'bar' }).besideAfter, undefined);
    assert.equal(chartOf({ percentile: true }).besideAfter, minute);
    assert.equal(chartOf({ compare: 'day', window: 1440 }).besideAfter, 15 * minute);
  });
});

describe('percentiles', () => {
  const series = [{ metric: 'cpu_usage', labels }];

  it('of a day and more are those of 5-minute averages, by the nearest rank', async () => {
    const values = Array.from({ length: 40 }, (_, i) => (i === 7 ? Number.NaN : i));
    const { read, asked } = historyOf([], { average: values });
    const span = { from: noon + 1, to: noon + day + 2 };
    const found = await readPercentiles({ read }, { series, ...span }, signal);
    // 39 values without the gap: the 38th, as 0.95 * 39 = 37.05.
    assert.deepEqual([...found.values()], [38]);
    const [query] = asked as [AskedQuery];
    const edges = [...query.edges!];
    assert.deepEqual(
      [edges[0], edges[1], edges.at(-1)],
      [noon + 5 * minute, noon + 10 * minute, noon + day],
    );
    // It asks for that series, whatever its labels are.
    const takes = takesSeries(query.metrics, query.labels);
    assert.deepEqual(
      [labels, { ...labels, device: 'core 1' }].map((some) =>
        takes({ metric: 'cpu_usage', labels: some }),
      ),
      [true, false],
    );
  });

  it('of less are those of the readings; of what is not known there is none', async () => {
    const { read, asked } = historyOf([], { p95: [7] });
    const span = { from: noon, to: noon + minute };
    const found = await readPercentiles({ read }, { series, ...span }, signal);
    assert.deepEqual([...found.values()], [7]);
    assert.deepEqual([...asked[0]!.edges!], [noon, noon + minute]);
    const other = [{ metric: 'cpu_usage', labels: { device: 'x' } }];
    assert.equal((await readPercentiles({ read }, { series: other, ...span }, signal)).size, 0);
  });
});
