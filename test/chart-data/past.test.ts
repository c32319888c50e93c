import assert from 'node:assert/strict';
import { Chart } from '../../nodes/chart-data/chart.ts';
import { checkSettings } from '../../nodes/chart-data/config.ts';
import type { PastSeries } from '../../nodes/chart-data/past-lines.ts';
import { noon, reading, words } from './support.ts';

const minute = 60_000;
const labels = { device: 'core-1' };
const past = (...points: [number, number][]): PastSeries => ({
  ...{ metric: 'cpu_usage', labels, unit: '%' },
  points: points.map(([x, y]) => ({ x: noon + x, y })),
});
const cpu = (value: number, time: number) => reading('cpu_usage', labels, value, noon + time);
const chartOf = (kind: 'line' | 'gauge', window = 30) =>
  new Chart(checkSettings({ kind, metrics: 'cpu_usage', window }), words);
const pointsOf = (chart: Chart, now: number) =>
  (chart.show(now).message.payload as { x: number; y: number }[]).map(({ x, y }) => [x - noon, y]);

describe('a chart with a past', () => {
  it('goes on from the last point of the history, none doubled', () => {
    const chart = chartOf('line');
    chart.take([cpu(3, -2 * minute), cpu(4, -minute)], noon);
    chart.takePast([past([-20 * minute, 1], [-3 * minute, 2], [-2 * minute, 3])], noon, noon);
    chart.take([cpu(5, 0)], noon);
    assert.deepEqual(
      pointsOf(chart, noon).filter(([, y]) => y !== null),
      [
        [-20 * minute, 1],
        [-3 * minute, 2],
        [-2 * minute, 3],
        [-minute, 4],
        [0, 5],
      ],
    );
    assert.equal(chart.keep(noon, noon).series[0]!.points.length, 5);
  });

  it('shows a last value until it is too old, but not over one that it heard itself', () => {
    const chart = chartOf('gauge');
    const now = 1000;
    chart.takePast([past([-minute, 42])], now, noon);
    assert.equal(chart.show(now).message.payload, 42);
    assert.equal(chart.show(now + 4 * minute).message.payload, null);
    chart.take([cpu(7, 0)], now);
    chart.takePast([past([-minute, 42])], now, noon);
    assert.equal(chart.show(now).message.payload, 7);
  });

  it('looks back as far as it is told, over a restart too, until its dialog tells otherwise', () => {
    const chart = chartOf('line');
    chart.takePast([past([-20 * minute, 1], [-minute, 2])], noon, noon);
    chart.window = 5 * minute;
    assert.deepEqual(pointsOf(chart, noon), [[-minute, 2]]);
    const kept = JSON.parse(JSON.stringify(chart.keep(noon, noon))) as unknown;
    const again = chartOf('line');
    again.restore(kept, noon, noon);
    assert.equal(again.window, 5 * minute);
    assert.deepEqual(pointsOf(again, noon), [[-minute, 2]]);
    const changed = chartOf('line', 60);
    changed.restore(kept, noon, noon);
    assert.equal(changed.window, 60 * minute);
  });

  it('keeps no readings where a history has them', () => {
    const chart = chartOf('line');
    chart.take([cpu(3, 0)], noon);
    chart.show(noon);
    const { series, colors } = chart.keep(noon, noon, false);
    assert.deepEqual([series, colors.length], [[], 1]);
  });

  it('has buckets that the summaries of a history fit into where they are long', () => {
    const widths: number[] = [];
    const read = ({ edges }: { edges?: Float64Array }) => {
      if (edges) widths.push((edges[1]! - edges[0]!) / minute);
      return Promise.resolve({ series: [], omitted: 0 });
    };
    const history = { read, latest: () => Promise.resolve([]) };
    const filters = { metrics: 'cpu_usage', labels: '' };
    const { signal } = new AbortController();
    const all = [60, 360, 1440, 7 * 1440, 30 * 1440].map((window) =>
      chartOf('line', window).readPast(history, filters, noon, signal),
    );
    return Promise.all(all).then(() => assert.deepEqual(widths, [5, 15, 120, 720]));
  });
});
