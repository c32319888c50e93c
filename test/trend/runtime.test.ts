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
