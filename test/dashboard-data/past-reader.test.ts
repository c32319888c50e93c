import assert from 'node:assert/strict';
import { Curves } from '../../nodes/dashboard-data/curves.ts';
import type { Series } from '../../nodes/dashboard-data/device-record.ts';
import { PastReader } from '../../nodes/dashboard-data/past-reader.ts';
import { RecentPoints } from '../../nodes/dashboard-data/recent-points.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answer } from '../../nodes/shared/history/store/query.ts';
import { at, start } from './support.ts';

const minute = 60_000;

/** A history whose series have, in each step, the number of hours since the start. */
class FakeHistory {
  readonly asked: AskedQuery[] = [];
  /** names of ports */
  ports = ['a'];
  /** when it begins */
  since = start - 3 * 60 * minute;

  read(query: AskedQuery): Promise<Answer> {
    this.asked.push(query);
    const times = query.edges!.slice(0, -1);
    const value = times.map((time) =>
      time < this.since ? Number.NaN : (time - start) / (60 * minute),
    );
    const series = this.ports.map((name) => ({
      ...{ metric: query.metrics, unit: 'bit/s', info: undefined, times },
      labels: { device: 'sw', interface: name },
      columns: { average: value, min: value.map((v) => v - 1), max: value.map((v) => v + 1) },
    }));
    return Promise.resolve({ series, omitted: 0 });
  }
}

function series(name: string, recent?: RecentPoints): Series {
  const labels = { device: 'sw', interface: name };
  return {
    ...{ key: `in_rate\0device\x01sw\0interface\x01${name}`, metric: 'in_rate', labels },
    ...{ unit: 'bit/s', info: undefined, value: 7, at: at(0), recent },
  };
}

describe('the past of a page', () => {
  let history: FakeHistory;
  let reader: PastReader;
  const named = { name: 'a', key: 'a', role: 'in' } as const;

  beforeEach(() => {
    history = new FakeHistory();
    reader = new PastReader(() => Promise.resolve(history), new AbortController().signal);
  });

  const lineOf = async (one: Series, period: '1h' | '6h' | '7d', compare: 'none' | 'yesterday') => {
    const wanted = new Curves({ period, compare }, start);
    wanted.line(one, named);
    const past = await reader.read(wanted);
    return new Curves({ period, compare }, start, past).line(one, { ...named, isLink: true });
  };

  it('has what was normal at the times of its line, in the unit that people read', () => {
    const points = new RecentPoints();
    points.add(8, start - minute);
    const range = { starts: [start - 2 * minute], low: [1], high: [5] };
    const one = series('a', points);
    const past = { fine: new Map(), coarse: new Map(), before: new Map(), percentiles: new Map() };
    const normal = new Map([[one.key, range]]);
    const curves = new Curves({ period: '1h', compare: 'none' }, start, { ...past, normal });
    const { times, normal: band } = curves.line(one, named);
    assert.equal(times.length, 1);
    assert.deepEqual(band, { low: [1], high: [5] });
    // One of another time is none.
    const old = new Map([[one.key, { ...range, starts: [start + minute] }]]);
    const other = new Curves({ period: '1h', compare: 'none' }, start, { ...past, normal: old });
    assert.equal(other.line(one, named).normal, undefined);
  });

  it('comes in steps of the period, with the least and the most of each', async () => {
    const line = await lineOf(series('a'), '6h', 'none');
    assert.equal(line.times.length, 180);
    assert.deepEqual(
      [line.times[0], line.values[0], line.min![0], line.max![0]],
      [start - 180 * minute + minute / 2, -3, -4, -2],
    );
    assert.deepEqual([line.last, line.highest], [7, 0.983333]);
    assert.equal(history.asked[0]!.labels, 'device="sw", interface="a"');
  });

  it('is asked for once while it is good', async () => {
    await lineOf(series('a'), '6h', 'none');
    await lineOf(series('a'), '6h', 'none');
    assert.equal(history.asked.length, 1);
  });

  it('is asked for again after a failure', async () => {
    const read = history.read.bind(history);
    history.read = () => Promise.reject(new Error('closed'));
    await assert.rejects(lineOf(series('a'), '6h', 'none'), /closed/);
    history.read = read;
    assert.equal((await lineOf(series('a'), '6h', 'none')).values.length, 180);
  });

  it('goes on as memory has it, which has all of a series that is new', async () => {
    const recent = new RecentPoints();
    for (const seconds of [-45, -30, -15]) recent.add(5, start + 1000 * seconds);
    const hour = await lineOf(series('a', recent), '1h', 'none');
    assert.deepEqual(hour.values.slice(-4), [-0.0166667, 5, 5, 5]);
    const young = new RecentPoints();
    for (let i = 1; i <= 240; i++) young.add(i, start - 15_000 * (241 - i));
    history.ports = ['other'];
    assert.equal((await lineOf(series('a', young), '6h', 'none')).values.length, 240);
  });

  it('has the day before beside it, moved to now', async () => {
    history.since = start - 30 * 60 * minute;
    const { before } = await lineOf(series('a'), '6h', 'yesterday');
    assert.deepEqual(
      [before?.times[0], before?.values[0], before?.values.length],
      [start - 360 * minute + minute / 2, -30, 360],
    );
    assert.deepEqual(
      history.asked.map(({ to }) => (to - start) / (60 * minute)),
      [0, -24],
    );
  });

  it('has 95th percentiles of averages of 5 minutes where steps are longer', async () => {
    const line = await lineOf(series('a'), '7d', 'none');
    assert.deepEqual(
      history.asked.map(({ edges }) => edges![1]! - edges![0]!),
      [30 * minute, 5 * minute],
    );
    // Of 36 values, the 35th.
    assert.equal(line.percentile95, -0.166667);
  });

  it('is read at once for small curves of many ports', async () => {
    history.ports = ['a', 'b', 'c', 'd', 'e', 'f'];
    const wanted = new Curves({ period: '1h', compare: 'none' }, start);
    const all = history.ports.map((name) => series(name));
    for (const one of all) wanted.sparkline([one]);
    const past = await reader.read(wanted);
    assert.deepEqual(
      history.asked.map(({ labels }) => labels),
      ['device="sw"'],
    );
    const curves = new Curves({ period: '1h', compare: 'none' }, start, past);
    const { values, step } = curves.sparkline(all.slice(0, 2))!;
    assert.deepEqual([values.length, step, values[0]], [60, minute, -1.96667]);
  });
});
