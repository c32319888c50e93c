import assert from 'node:assert/strict';
import { readPastLines, readPastValues } from '../../nodes/chart-data/past-lines.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answer, Answered } from '../../nodes/shared/history/store/query.ts';
import { parseLabels, parseMetrics } from '../../nodes/shared/match/parse-filter.ts';

const minute = 60_000;
const { signal } = new AbortController();
const labels = { device: 'a' };

/** A history that answers with columns, and what it was asked. */
function historyOf(...answers: { times: number[]; columns: Record<string, number[]> }[]) {
  const asked: AskedQuery[] = [];
  const read = (query: AskedQuery): Promise<Answer> => {
    asked.push(query);
    const { times, columns } = answers[asked.length - 1]!;
    const one: Answered = {
      ...{ metric: 'cpu_usage', labels, unit: '%', info: undefined },
      times: Float64Array.from(times),
      columns: Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    };
    return Promise.resolve({ series: [one], omitted: 0 });
  };
  return { asked, read };
}

describe('lines from a history', () => {
  const filters = { metrics: 'cpu_usage', labels: 'device=a' };

  it('are readings as they came where buckets are short, downsampled', async () => {
    const history = historyOf({ times: [0, 10, 20, 30, 40], columns: { value: [5, 9, 1, 5, 7] } });
    const span = { from: 0, now: 50, to: 100, width: 40 };
    assert.deepEqual(await readPastLines(history, { ...filters, ...span }, signal), [
      {
        ...{ metric: 'cpu_usage', labels, unit: '%' },
        points: [
          { x: 10, y: 9 },
          { x: 20, y: 1 },
          { x: 40, y: 7 },
        ],
      },
    ]);
    assert.deepEqual(
      history.asked.map(({ from, to, edges, metrics }) => ({ from, to, edges, metrics })),
      [{ from: 0, to: 100, edges: undefined, metrics: 'cpu_usage' }],
    );
  });

  it('are the lowest and the highest of each full bucket where they are long, and readings in the last', async () => {
    const width = 20 * minute;
    const none = Number.NaN;
    const history = historyOf(
      {
        times: [0, width, 2 * width, 3 * width],
        columns: { min: [1, none, 4, 2], max: [9, none, 4, 8], last: [8, none, 4, 3] },
      },
      { times: [4 * width + 5], columns: { value: [6] } },
    );
    const span = { from: 7, now: 4 * width + 9, to: 8 * width, width };
    const [line] = await readPastLines(history, { ...filters, ...span }, signal);
    assert.deepEqual(line!.points, [
      { x: 5 * minute, y: 1 },
      { x: 15 * minute, y: 9 },
      { x: 50 * minute, y: 4 },
      { x: 65 * minute, y: 8 },
      { x: 75 * minute, y: 2 },
      { x: 80 * minute + 5, y: 6 },
    ]);
    const [steps, last] = history.asked;
    assert.deepEqual(
      [...steps!.edges!],
      [0, 1, 2, 3, 4].map((n) => n * width),
    );
    assert.deepEqual([last!.from, last!.to, last!.edges], [4 * width, 8 * width, undefined]);
  });

  it('leave out what nothing is known of, and values are the last of what is meant', async () => {
    const history = historyOf({ times: [], columns: { value: [] } });
    const span = { from: 0, now: 50, to: 100, width: 40 };
    assert.deepEqual(await readPastLines(history, { ...filters, ...span }, signal), []);
    const latest = [
      { metric: 'cpu_usage', labels, unit: '%', time: 5, value: 7 },
      { metric: 'cpu_usage', labels: { device: 'b' }, unit: '%', time: 5, value: 8 },
      { metric: 'uptime', labels, unit: 's', time: 5, value: 9 },
    ];
    const takes = { metrics: parseMetrics('', 'cpu_usage'), filter: parseLabels('', 'device=a') };
    assert.deepEqual(await readPastValues({ latest: () => Promise.resolve(latest) }, takes, 0), [
      { metric: 'cpu_usage', labels, unit: '%', points: [{ x: 5, y: 7 }] },
    ]);
  });
});
