import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '../../../../nodes/contract/reading.ts';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import type { WhatChangedRequest } from '../../../../nodes/shared/history/analyses/what-changed.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { Noise } from '../../series/noise.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A value of each minute, by how many minutes after the span began; undefined for none. */
type Course = (at: number) => number | undefined;

describe('what changed in a span', function () {
  this.timeout(60_000);
  // The span is an hour, and four hours are before it.
  const to = Math.floor(Date.now() / hour) * hour;
  const from = to - hour;
  const request: WhatChangedRequest = {
    ...{ metrics: '*', labels: '', maxSeries: 10_000, most: 10 },
    ...{ from, to, before: from - 4 * hour },
  };
  let folder: string;
  let history: History;
  let noise: Noise;

  beforeEach(() => {
    noise = new Noise(5);
    folder = mkdtempSync(join(tmpdir(), 'netmon-changes-'));
    history = new History({
      folder,
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
      ...{ commitMs: 10, forwards: [], clock: systemClock },
    });
  });

  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const keep = (
    metric: string,
    labels: Record<string, string>,
    course: Course,
    more: Partial<Reading> = {},
  ) =>
    history.write(
      Array.from({ length: 300 }, (_, i) => i - 240).flatMap((at): Reading[] => {
        const value = course(at);
        return value === undefined
          ? []
          : [{ metric, labels, value, unit: '1', time: from + at * minute, ...more }];
      }),
    );
  const find = (more: Partial<WhatChangedRequest> = {}) =>
    history.analyse('whatChanged', { ...request, ...more });
  const steady: Course = () => 50 + noise.normal();

  it('is what moved, the largest first, with its levels, its step and its curve', async () => {
    await Promise.all([
      keep('cpu_usage', { device: 'a' }, steady),
      keep('in_rate', { device: 'a', interface: 'eth0' }, (at) => (at < 20 ? 12e6 : 48e6), {
        unit: 'bit/s',
      }),
      keep('temperature', { device: 'b' }, (at) => (at < 40 ? 40 : 44) + noise.normal() / 9),
    ]);
    const { changes, series, compared, changed, step } = await find();
    assert.deepEqual([series, compared, changed, step], [3, 3, 2, minute]);
    const [first, second] = changes;
    assert.equal(first!.metric, 'in_rate');
    assert.deepEqual(first!.labels, { device: 'a', interface: 'eth0' });
    assert.deepEqual([first!.before, first!.after, first!.unit], [12e6, 48e6, 'bit/s']);
    assert.equal(first!.time, from + 20 * minute);
    assert.equal(first!.start, from - 4 * hour);
    assert.equal(first!.values.length, 300);
    assert.ok(first!.probability! < 1e-6);
    assert.equal(second!.metric, 'temperature');
    assert.equal(second!.time, from + 40 * minute);
  });

  it('puts the figures of one port together', async () => {
    const labels = { device: 'a', interface: 'eth0' };
    const rise: Course = (at) => (at < 20 ? 1 : 4);
    await Promise.all([keep('in_rate', labels, rise), keep('in_packets', labels, rise)]);
    const { changes, changed } = await find();
    assert.equal(changed, 1);
    assert.deepEqual([changes[0]!.metric, changes[0]!.also], ['in_packets', ['in_rate']]);
  });

  it('tells what moved with the series in question, before or after it, and which way', async () => {
    const cause = noise.series(400);
    const subject = { metric: 'latency', labels: { device: 'web' } };
    await Promise.all([
      keep('latency', { device: 'web' }, (at) => 20 + cause[at + 250]! + (at < 30 ? 0 : 60)),
      keep('in_rate', { device: 'a', interface: 'eth0' }, (at) => {
        return 1e6 * (9 + cause[at + 253]!) + (at < 27 ? 0 : 5e7);
      }),
      keep('memory_usage', { device: 'a' }, (at) => 50 - 2 * cause[at + 250]!),
      keep('cpu_usage', { device: 'c' }, steady),
    ]);
    const { changes, subject: found } = await find({ subject });
    assert.deepEqual(found, { isKnown: true, movedAt: from + 30 * minute });
    const [before, against] = changes;
    assert.equal(changes.length, 2);
    assert.equal(before!.metric, 'in_rate');
    assert.equal(before!.lag, -180);
    assert.ok(before!.correlation! > 0.9);
    assert.equal(against!.metric, 'memory_usage');
    assert.equal(against!.lag, 0);
    assert.ok(against!.correlation! < -0.9);
    assert.equal(against!.before, undefined);
  });

  it('measures from an alert’s begin where its own series is not kept', async () => {
    await keep('in_rate', { device: 'a' }, (at) => (at < 20 ? 1 : 4));
    const subject = { metric: 'gone', labels: { device: 'a' } };
    const found = await find({ subject, alertAt: from + 22 * minute });
    assert.deepEqual(found.subject, { isKnown: false });
    assert.equal(found.changes[0]!.lag, -120);
  });

  it('finds the series of an alert to which a rule gave more labels', async () => {
    await Promise.all([
      keep('latency', { device: 'web' }, steady),
      keep('latency', { device: 'web', port: '443' }, (at) => (at < 5 ? 1 : 9)),
    ]);
    const labels = { device: 'web', port: '443', team: 'net' };
    const { subject } = await find({ subject: { metric: 'latency', labels } });
    assert.deepEqual(subject, { isKnown: true, movedAt: from + 5 * minute });
  });

  it('tells of series that begin and end, and of devices as a whole', async () => {
    await Promise.all([
      keep('cpu_usage', { device: 'a' }, steady),
      keep('in_rate', { device: 'a', interface: 'eth7' }, (at) => (at < 10 ? undefined : 5)),
      keep('cpu_usage', { device: 'new' }, (at) => (at < 30 ? undefined : 5)),
      keep('memory_usage', { device: 'new' }, (at) => (at < 31 ? undefined : 5)),
      keep('cpu_usage', { device: 'gone' }, (at) => (at < 40 ? 5 : undefined)),
      keep('memory_usage', { device: 'gone' }, (at) => (at < 40 ? 5 : undefined)),
    ]);
    const { changes, events } = await find();
    assert.deepEqual(
      changes.map(({ kind, labels, count }) => [kind, labels.device, labels.interface, count]),
      [
        ['began', 'a', 'eth7', undefined],
        ['ended', 'gone', undefined, 2],
        ['began', 'new', undefined, 2],
      ],
    );
    assert.deepEqual(
      events.map(({ kind, time, labels }) => [kind, (time - from) / minute, labels.device]),
      [
        ['device-new', 30, 'new'],
        ['device-silent', 39, 'gone'],
      ],
    );
  });

  it('has restarts, links, devices and alerts of the span on one time line', async () => {
    const labels = { device: 'sw1' };
    const port = { ...labels, interface: 'Gi1/0/24' };
    await Promise.all([
      keep('uptime', labels, (at) => (at < 15 ? 9000 + at * 60 : (at - 15) * 60 + 20)),
      keep('interface_up', port, (at) => (at >= 8 && at < 20 ? 0 : 1)),
      keep('device_up', labels, (at) => (at >= 12 && at < 16 ? 0 : 1)),
      keep('alert_state', { ...port, alert: 'Link down' }, (at) => (at < 9 ? undefined : 2), {
        info: { severity: 'critical', metric: 'interface_up', summary: 'Gi1/0/24 is down' },
      }),
      // Before the span.
      keep('interface_up', { ...labels, interface: 'Gi1/0/1' }, (at) => (at < -50 ? 1 : 0)),
    ]);
    const { events, eventsLeft } = await find();
    assert.equal(eventsLeft, 0);
    assert.deepEqual(
      events.map(({ kind, time }) => [kind, Math.round((time - from) / minute)]),
      [
        ['link-down', 8],
        ['alert', 9],
        ['device-down', 12],
        ['restart', 15],
        ['device-up', 16],
        ['link-up', 20],
      ],
    );
    const alert = events.find(({ kind }) => kind === 'alert')!;
    assert.deepEqual([alert.text, alert.severity], ['Gi1/0/24 is down', 'critical']);
    assert.deepEqual(alert.labels, port);
  });

  it('is nothing of a span in the future, of metrics that nobody has, and without a past', async () => {
    await keep('cpu_usage', { device: 'a' }, (at) => (at < 0 ? undefined : at));
    for (const more of [
      { from: to + day, to: to + 2 * day, before: to },
      { metrics: 'nobody_has' },
      {},
    ]) {
      const { changes, events, compared } = await find(more);
      assert.deepEqual([changes, events, compared], [[], [], 0]);
    }
  });

  it('tells of nothing new where a history is hardly older than the span, but of what ended', async () => {
    await Promise.all([
      // What a first poll brings before there are rates.
      keep('device_up', { device: 'a' }, (at) => (at < -2 ? undefined : 1)),
      keep('in_rate', { device: 'a', interface: 'eth0' }, (at) =>
        at < 0 ? undefined : steady(at),
      ),
      keep('cpu_usage', { device: 'b' }, (at) => (at < 0 ? undefined : 5)),
      keep('latency', { device: 'c' }, (at) => (at < -2 || at > 30 ? undefined : 5)),
    ]);
    const { changes, events } = await find();
    assert.deepEqual(
      changes.map(({ kind, labels }) => [kind, labels.device]),
      [['ended', 'c']],
    );
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['device-silent'],
    );
  });

  it('is nothing of series that are constant or zero, and all of those that are the same', async () => {
    await Promise.all([
      keep('zero', { device: 'a' }, () => 0),
      keep('large', { device: 'a' }, () => 1e15),
    ]);
    assert.deepEqual((await find()).changes, []);
    await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        keep('same', { device: `d${i}` }, (at) => (at < 10 ? 1e15 : 3e15)),
      ),
    );
    const { changes, changed } = await find();
    assert.deepEqual([changes.length, changed], [10, 300]);
    assert.ok(changes.every(({ before, after }) => before === 1e15 && after === 3e15));
  });
});
