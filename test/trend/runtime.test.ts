import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../../nodes/contract/reading.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import type { HistorySeries } from '../../nodes/shared/history/answers.ts';
import type { HistoryNode } from '../../nodes/shared/red/history-node.ts';
import type { Row } from '../../nodes/trend/result.ts';
import trend from '../../nodes/trend/runtime.ts';
import { catalogue } from '../support/catalogue.ts';
import { type Flow, load, unload } from '../support/flow.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('netmon-trend', function () {
  this.timeout(30_000);
  let userDir: string;
  let flow: Flow;
  /** of the last hour that is over */
  let now: number;

  const start = async (settings: object, readings: readonly Reading[] = []) => {
    helper.settings({ userDir });
    const _ = catalogue('en-US', 'history-database', 'trend');
    const register = (RED: NodeAPI) => {
      const red = Object.assign(Object.create(RED) as NodeAPI, { _ });
      historyDatabase(red);
      trend(red);
    };
    flow = await load(register, [
      { id: 'db', type: 'netmon-history-database', commitInterval: 0.05 },
      {
        ...{ id: 'trend', type: 'netmon-trend', database: 'db', interval: '' },
        ...{ wires: [['readings'], ['curves'], ['rows']], ...settings },
      },
      ...['readings', 'curves', 'rows'].map((id) => ({ id, type: 'helper' })),
    ]);
    const history = await flow.node<HistoryNode>('db').history();
    await history.write(readings);
  };
  /** Hourly readings of the days up to now. */
  const hourly = (
    metric: string,
    labels: Record<string, string>,
    { unit = '%', days = 14 }: { unit?: string; days?: number },
    valueAt: (hoursAgo: number) => number,
  ) =>
    Array.from({ length: days * 24 }, (_, i): Reading => {
      const ago = i + 0.5;
      return { metric, unit, labels, time: now - ago * hour, value: valueAt(ago) };
    });
  const payloadOf = async <T>(output: string, query?: object) => {
    const received = flow.received(output);
    flow.send('trend', { query: { at: now, ...query } });
    return (await received).payload as T;
  };
  /** What `done` is called with. */
  const failure = (message: object) =>
    new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'trend',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('trend', message);
    });

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-trend-'));
    now = Math.floor(Date.now() / hour) * hour;
  });

  afterEach(async () => {
    await unload();
    rmSync(userDir, { recursive: true, force: true });
  });

  describe('for the time until a limit', () => {
    it('tells in s when each series reaches it, with the range', async () => {
      await start({}, [
        ...hourly('disk_usage', { device: 'a', disk: '/' }, {}, (ago) => 70 - ago / 24),
        ...hourly('disk_usage', { device: 'b', of: 'x' }, {}, () => 50),
        ...hourly('disk_usage', { device: 'c' }, {}, (ago) => 95 - ago / 240),
        ...hourly('disk_usage', { device: 'd' }, { days: 2 }, () => 99),
      ]);
      const readings = await payloadOf<Reading[]>('readings');
      assert.deepEqual(
        readings.map(({ metric, unit, labels }) => [metric, unit, labels]),
        [
          ['time_until_limit', 's', { device: 'a', disk: '/', of: 'disk_usage' }],
          ['time_until_limit', 's', { device: 'c', of: 'disk_usage' }],
          ['time_until_limit', 's', { device: 'b', exported_of: 'x', of: 'disk_usage' }],
        ],
      );
      const of = (device: string) => readings.find(({ labels }) => labels.device === device)!;
      // 30 % at 1 % a day
      assert.ok(Math.abs(of('a').value - 30 * 86_400) < 60, String(of('a').value));
      assert.equal(of('a').info!.answer, 'trend');
      assert.equal(of('a').info!.limit, '100 %');
      assert.ok(Number(of('a').info!.low) <= of('a').value);
      assert.ok(Number(of('a').info!.high) >= of('a').value);
      // What does not move never comes there: ten years stand for that.
      assert.deepEqual([of('b').value, of('b').info!.answer], [315_360_000, 'none']);
      assert.equal(of('a').time, now);
    });

    it('gives a table, the soonest first, with what has no reading', async () => {
      await start({ bound: '80 %' }, [
        ...hourly('disk_usage', { device: 'a' }, {}, (ago) => 70 - ago / 24),
        ...hourly('disk_usage', { device: 'b' }, {}, () => 85),
        ...hourly('disk_usage', { device: 'c', value: 'x' }, { days: 2 }, () => 10),
      ]);
      const rows = await payloadOf<Row[]>('rows');
      assert.deepEqual(
        rows.map(({ device, days, answer }) => [device, days, answer]),
        [
          ['b', 0, 'passed'],
          ['a', 10, 'trend'],
          ['c', null, 'little'],
        ],
      );
      assert.deepEqual([rows[2]!.value, rows[2]!.label_value], [10, 'x']);
      assert.deepEqual([rows[1]!.limit, rows[1]!.unit, rows[1]!.perDay], [80, '%', 1]);
    });

    it('gives curves with the line and its range into the future', async () => {
      await start(
        {},
        hourly('disk_usage', { device: 'a' }, {}, (ago) => 70 - ago / 24),
      );
      const [curve] = await payloadOf<HistorySeries[]>('curves');
      assert.deepEqual(Object.keys(curve!.values), ['value', 'trend', 'low', 'high']);
      const at = curve!.times.findIndex((time) => time >= now + day);
      assert.ok(Math.abs(curve!.values.trend![at]! - 71) < 0.2);
      assert.equal(curve!.values.value![at], null);
    });

    it('takes the speed of its interface for the limit of a rate, and the busiest hours of the days', async () => {
      const labels = { device: 'a', interface: 'eth0' };
      const busy = (ago: number) => (Math.floor(ago) % 24 === 3 ? 600e6 - (ago / 24) * 4e6 : 1e6);
      await start({ metrics: 'in_rate, out_rate', basis: 'peak', timeZone: 'UTC' }, [
        ...hourly('in_rate', labels, { unit: 'bit/s', days: 40 }, busy),
        ...hourly('out_rate', { device: 'b' }, { unit: 'bit/s', days: 40 }, busy),
        ...hourly('interface_speed', labels, { unit: 'bit/s', days: 1 }, () => 1e9),
      ]);
      const rows = await payloadOf<Row[]>('rows');
      assert.deepEqual(
        rows.map(({ device, limit, answer }) => [device, limit, answer]),
        [
          ['a', 1e9, 'trend'],
          ['b', null, 'unlimited'],
        ],
      );
      assert.ok(Math.abs(Number(rows[0]!.days) - 100) < 3, String(rows[0]!.days));
    });

    it('says that a limit is in another unit by having none', async () => {
      await start(
        { bound: '1 TB' },
        hourly('disk_usage', { device: 'a' }, {}, () => 50),
      );
      assert.equal((await payloadOf<Row[]>('rows'))[0]!.answer, 'unlimited');
    });

    it('works over thousands of series that are the same, a part of them at a time', async () => {
      const time = now - hour / 2;
      const many = Array.from({ length: 2500 }, (_, i): Reading => {
        return { metric: 'm', unit: '%', labels: { device: `d${i}` }, time, value: 0 };
      });
      await start({ metrics: 'm', limit: 2000 }, many);
      const received = flow.received('rows');
      flow.send('trend', { query: { at: now } });
      const { payload, omitted } = await received;
      assert.deepEqual([(payload as Row[]).length, omitted], [2000, 500]);
    });
  });

  describe('for the normal range', () => {
    it('tells what is normal now, and how far the latest value is beyond', async () => {
      const busy = (ago: number) => (Math.floor(ago) % 24 < 12 ? 80 : 20);
      await start({ what: 'normal', metrics: 'cpu_usage', timeZone: 'UTC' }, [
        ...hourly('cpu_usage', { device: 'a' }, { days: 28 }, busy),
        ...hourly('cpu_usage', { device: 'b' }, { days: 28 }, busy),
        ...hourly('cpu_usage', { device: 'new' }, { days: 1 }, busy).slice(0, 20),
        ...['a', 'b', 'new'].map((device): Reading => ({
          ...{ metric: 'cpu_usage', unit: '%', labels: { device }, time: now + 60_000 },
          value: device === 'a' ? 95 : 20,
        })),
      ]);
      // The hour that begins is one of 20 %.
      const readings = await payloadOf<Reading[]>('readings', { at: now + 120_000 });
      const of = (device: string) =>
        readings
          .filter(({ labels }) => labels.device === device)
          .map(({ metric, value }) => [metric, value]);
      assert.deepEqual(of('b'), [
        ['normal_low', 20],
        ['normal_high', 20],
        ['deviation', 0],
      ]);
      // 75 beyond a range whose width counts as a hundredth of 20.
      assert.deepEqual(of('a'), [
        ['normal_low', 20],
        ['normal_high', 20],
        ['deviation', 375],
      ]);
      assert.deepEqual(of('new'), []);
      assert.deepEqual(readings[0]!.labels, { device: 'a', of: 'cpu_usage' });
    });

    it('gives a band that goes on into the next day, and rows with the most unusual first', async () => {
      await start({ what: 'normal', metrics: 'm' }, [
        ...hourly('m', { device: 'a' }, { days: 28 }, () => 10),
        ...hourly('m', { device: 'b' }, { days: 28 }, (ago) => (ago < 0.6 ? 50 : 10)),
        { metric: 'm', unit: '%', labels: { device: 'b' }, time: now - 60_000, value: 50 },
      ]);
      const [curve] = await payloadOf<HistorySeries[]>('curves');
      assert.ok(curve!.times.at(-1)! > now);
      assert.deepEqual(Object.keys(curve!.values), ['value', 'low', 'high']);
      assert.deepEqual([curve!.values.low!.at(-1), curve!.values.value!.at(-1)], [10, null]);
      const rows = await payloadOf<Row[]>('rows');
      assert.deepEqual(
        rows.map(({ device }) => device),
        ['b', 'a'],
      );
      assert.ok(Number(rows[0]!.deviation) > 0);
    });
  });

  describe('for suspects', () => {
    const fiveMinutes = 300_000;
    const values = (labels: Record<string, string>, spikeAgo: number) =>
      Array.from({ length: 4 * 288 }, (_, i): Reading => ({
        ...{ metric: 'latency', unit: 'ms', labels, time: now - (i + 0.5) * fiveMinutes },
        value: i === spikeAgo ? 500 : 10 + (i % 7) / 10,
      }));

    it('tells what stands out: all as rows, and as readings what is new', async () => {
      await start({ what: 'suspects', metrics: 'latency' }, [
        ...values({ device: 'a' }, 3),
        ...values({ device: 'b' }, 300),
        ...values({ device: 'c' }, -1),
      ]);
      const rows = await payloadOf<Row[]>('rows');
      assert.deepEqual(
        rows.map(({ device, kind, value }) => [device, kind, value]),
        [
          ['a', 'point', 500],
          ['b', 'point', 500],
        ],
      );
      const [reading, ...others] = await payloadOf<Reading[]>('readings');
      assert.deepEqual(others, []);
      assert.deepEqual(reading!.labels, { device: 'a', of: 'latency' });
      assert.deepEqual(
        [reading!.metric, reading!.time, reading!.value > 6, reading!.info!.value],
        ['suspect', now - 3 * fiveMinutes, true, '500 ms'],
      );
    });
  });

  describe('for a comparison', () => {
    it('compares the last full week with the one before, and says what is new', async () => {
      now = Date.parse('2026-11-25T00:00:00Z');
      const { metric, unit } = { metric: 'in_rate', unit: 'bit/s' };
      const at = (text: string, value: number, device: string): Reading => ({
        ...{ metric, unit, labels: { device }, time: Date.parse(text), value },
      });
      await start({ what: 'comparison', metrics: 'in_rate', timeZone: 'Europe/Berlin' }, [
        // Sunday, 23:30 and Monday, 00:30 in Berlin
        at('2026-11-15T22:30:00Z', 100, 'a'),
        at('2026-11-15T23:30:00Z', 150, 'a'),
        at('2026-11-18T12:00:00Z', 250, 'a'),
        at('2026-11-18T12:00:00Z', 10, 'b'),
        at('2026-11-23T12:00:00Z', 999, 'a'),
      ]);
      const rows = await payloadOf<Row[]>('rows');
      assert.deepEqual(rows, [
        {
          ...{ device: 'a', metric, unit },
          ...{ mean: 200, meanBefore: 100, meanChange: 100 },
          ...{ peak: 250, peakBefore: 100, peakChange: 150 },
          ...{ percentile95: 245, percentile95Before: 100, percentile95Change: 145 },
        },
        {
          ...{ device: 'b', metric, unit, mean: 10, meanBefore: null, meanChange: null },
          ...{ peak: 10, peakBefore: null, peakChange: null },
          ...{ percentile95: 10, percentile95Before: null, percentile95Change: null },
        },
      ]);
      const readings = await payloadOf<Reading[]>('readings');
      assert.deepEqual(
        readings.map((one) => [one.metric, one.value, one.unit, one.labels]),
        [['change', 100, '%', { device: 'a', of: 'in_rate' }]],
      );
      const [curve] = await payloadOf<HistorySeries[]>('curves');
      assert.deepEqual(Object.keys(curve!.values), ['now', 'before']);
    });

    it('compares groups: what its series had together at a time', async () => {
      const two = (value: number, daysAgo: number, name: string): Reading => ({
        ...{ metric: 'in_rate', unit: 'bit/s', value, time: now - daysAgo * day + 60_000 },
        labels: { device: 'a', interface: name },
      });
      await start({ what: 'comparison', metrics: 'in_rate', spans: 'running', groupBy: 'device' }, [
        two(1, 10, 'eth0'),
        ...[two(10, 3, 'eth0'), two(20, 3, 'eth1'), two(25, 2, 'eth0')],
      ]);
      const figures = async (query: object) => {
        const [row] = await payloadOf<Row[]>('rows', query);
        return [row!.mean, row!.peak, row!.meanBefore];
      };
      assert.deepEqual(await figures({}), [27.5, 30, 1]);
      assert.deepEqual(await figures({ across: 'average' }), [20, 25, 1]);
      assert.deepEqual(await figures({ across: 'max' }), [22.5, 25, 1]);
      assert.deepEqual(await figures({ across: 'min' }), [17.5, 25, 1]);
    });

    it('compares months of different lengths, and days of 23 and 25 hours', async () => {
      await start({ what: 'comparison', metrics: 'm', timeZone: 'Europe/Berlin' });
      const history = await flow.node<HistoryNode>('db').history();
      const asked: object[] = [];
      Object.assign(history, {
        analyse: (_: string, request: object) => {
          asked.push(request);
          return Promise.resolve({ series: [], omitted: 0, times: [] });
        },
      });
      const spans = async (query: object) => {
        await failure({ query });
        const { now: after, before } = asked.at(-1) as Record<string, { from: number; to: number }>;
        return [before!.to - before!.from, after!.to - after!.from].map((ms) => ms / hour);
      };
      const at = '2026-04-01T12:00:00Z';
      assert.deepEqual(await spans({ at, period: 'month' }), [28 * 24, 31 * 24 - 1]);
      const sunday = '2026-03-30T12:00:00Z';
      assert.deepEqual(await spans({ at: sunday, period: 'day' }), [24, 23]);
      const autumn = '2026-10-26T12:00:00Z';
      assert.deepEqual(await spans({ at: autumn, period: 'day', spans: 'running' }), [25, 24]);
    });
  });

  it('sends nothing, and says so, where nothing is kept of that', async () => {
    await start({ metrics: 'nobody_has_this' });
    assert.equal(await failure({}), undefined);
    const { status } = flow.node<Node & { status: unknown }>('trend') as unknown as {
      status: { lastCall: { args: [{ text: string }] } };
    };
    assert.match(status.lastCall.args[0].text, /nothing is kept of that/);
  });

  it('refuses what a message asks for wrongly, in the words of the dialog', async () => {
    await start({});
    const cases: [object, RegExp][] = [
      [{ query: { at: Date.now() + day } }, /expected a time that is over/],
      [{ query: { at: 'soon' } }, /expected a time in ms/],
      [{ query: { what: 'oracle' } }, /expected one of/],
      [{ query: { bound: 'full' } }, /Limit: expected a limit such as/],
      [{ query: { back: '1s' } }, /Look back: expected a length/],
      [{ query: { labels: 5 } }, /Labels: expected label matchers/],
      [{ query: { metrics: '' } }, /metric/i],
      [{ query: { timeZone: 'Mars' } }, /Time zone: expected a time zone/],
      [{ query: { limit: 1e9 } }, /At most: expected a number from 1 to/],
      [{ query: { password: 'x' } }, /only the fields at, what/],
      [{ query: [] }, /expected an object/],
    ];
    for (const [message, expected] of cases) {
      assert.match(String(await failure(message)), expected, JSON.stringify(message));
    }
  });

  it('says that there is no history database', async () => {
    await start({ database: 'none' });
    assert.match(String(await failure({})), /history database/);
  });
});
