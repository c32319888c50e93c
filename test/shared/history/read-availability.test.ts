import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import { readAvailability } from '../../../nodes/shared/history/read-availability.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('Availability of a history', function () {
  this.timeout(20_000);
  let folder: string;
  let history: History;
  // Half an hour that has just ended: the last slice is whole.
  const now = Math.floor(Date.now() / hour) * hour;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    history = new History({
      ...{ folder, commitMs: 10, forwards: [], clock: systemClock },
      retention: { ages: { raw: 400 * day, '5m': 400 * day, '1h': 1825 * day }, size: 1e9 },
    });
  });

  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const reading = (
    metric: string,
    value: number,
    ago: number,
    labels: Record<string, string>,
  ): Reading => ({ metric, value, unit: '1', time: now - ago, labels });
  /** Polls of each 5 minutes, down in the spans given as ms ago. */
  const polls = (labels: Record<string, string>, since: number, ...down: [number, number][]) =>
    Array.from({ length: since / (5 * minute) }, (_, i) => {
      const ago = (i + 1) * 5 * minute;
      const isDown = down.some(([from, to]) => ago <= from && ago > to);
      return reading('device_up', isDown ? 0 : 1, ago, labels);
    });
  const available = (request = {}) =>
    readAvailability(history, { labels: '', limit: 100, ...request }, now);

  it('tells percent of each span by device and check, and what a bar shows', async () => {
    await history.write([
      ...polls(
        { device: 'a' },
        40 * day,
        [2 * hour, hour],
        [3 * day, 2 * day],
        [40 * day, 35 * day],
      ),
      ...polls({ device: 'b', check: 'web' }, 10 * hour),
      reading('device_degraded', 1, 5 * minute, { device: 'b', check: 'web' }),
    ]);
    const { rows, omitted } = await available();
    const plain = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'bar')),
    );
    assert.equal(omitted, 0);
    assert.deepEqual(plain, [
      { device: 'a', up24h: 95.833, up7d: 85.119, up30d: 96.527, up365d: 84.895 },
      { device: 'b', check: 'web', up24h: 100, up7d: 100, up30d: 100, up365d: 100 },
    ]);
    const states = rows.map(({ bar }) => bar.slice(-5).map(({ state }) => state));
    assert.deepEqual(states[0], ['down', 'down', 'up', 'up', 'unknown']);
    assert.equal(rows[0]!.bar.length, 48);
    assert.deepEqual(states[1]!.slice(-2), ['degraded', 'unknown']);
    assert.equal(rows[1]!.bar[10]!.state, 'unknown');
  });

  it('leaves maintenance out: of a device, of those with a label, or of all', async () => {
    const outage: [number, number] = [2 * hour, hour];
    await history.write([
      ...polls({ device: 'a', site: 'x' }, day, outage),
      ...polls({ device: 'b', site: 'x' }, day, outage),
      ...polls({ device: 'c', site: 'y' }, day, outage),
    ]);
    const upOf = async () => (await available()).rows.map(({ up24h, up30d }) => [up24h, up30d]);
    const down = [95.833, 95.833];
    const up = [100, 100];
    assert.deepEqual(await upOf(), [down, down, down]);
    const maintain = (labels: Record<string, string>) =>
      history.write([
        reading('maintenance', 1, 2 * hour, labels),
        reading('maintenance', 0, hour - 1, labels),
      ]);
    await maintain({ device: 'c' });
    assert.deepEqual(await upOf(), [down, down, up]);
    await maintain({ site: 'x' });
    assert.deepEqual(await upOf(), [up, up, up]);
  });

  it('leaves out when a device could not be reached, because what leads to it was down', async () => {
    await history.write([
      ...polls({ device: 'ap' }, day, [2 * hour, hour]),
      reading('device_unreachable', 1, 2 * hour, { device: 'ap' }),
      reading('device_unreachable', 0, hour - 1, { device: 'ap' }),
    ]);
    const [{ up24h, bar } = { up24h: 0, bar: [] }] = (await available()).rows;
    assert.deepEqual(
      [up24h, bar.slice(-5).map(({ state }) => state)],
      [100, ['unknown', 'unknown', 'up', 'up', 'unknown']],
    );
  });

  it('has maintenance that began long ago last, for all, until it is ended', async () => {
    await history.write([
      ...polls({ device: 'a' }, day, [2 * hour, hour]),
      reading('maintenance', 1, 20 * day, {}),
    ]);
    const [{ up24h, bar } = { up24h: 0, bar: [] }] = (await available()).rows;
    assert.deepEqual([up24h, bar[0]!.state], [null, 'maintenance']);
  });

  it('has spans of a fixed length, also where clocks are set', async () => {
    // Berlin sets its clocks back at 01:00 UTC on this day.
    const noon = Date.parse('2026-10-25T12:00:00Z');
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      const down: [number, number] = [now - noon + 11.5 * hour, now - noon + 10.5 * hour];
      const all = polls({ device: 'a' }, now - noon + day, down);
      await history.write(all.filter(({ time }) => time < noon));
      const { rows } = await readAvailability(history, { labels: '', limit: 100 }, noon);
      const [{ up24h, bar } = { up24h: 0, bar: [] }] = rows;
      assert.equal(up24h, 95.833);
      assert.deepEqual(
        bar
          .filter(({ state }) => state === 'down')
          .map(({ start }) => new Date(start).toISOString()),
        ['2026-10-25T00:30:00.000Z', '2026-10-25T01:00:00.000Z'],
      );
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('takes the labels and the limit that were asked for', async () => {
    await history.write([...polls({ device: 'a' }, hour), ...polls({ device: 'b' }, hour)]);
    assert.deepEqual(
      (await available({ labels: 'device=b' })).rows.map(({ device }) => device),
      ['b'],
    );
    assert.equal((await available({ limit: 1 })).omitted, 1);
    await assert.rejects(available({ limit: 0 }), { field: 'limit' });
  });
});
