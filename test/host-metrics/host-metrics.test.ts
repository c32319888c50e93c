import assert from 'node:assert/strict';
import type { Reading } from '../../nodes/contract/reading.ts';
import { checkSettings } from '../../nodes/host-metrics/config.ts';
import { HostMetrics } from '../../nodes/host-metrics/host-metrics.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fakeSource } from './fake-source.ts';

describe('HostMetrics', () => {
  it('gives readings with the label of the device', async () => {
    const { payload } = await new HostMetrics('pi', fakeSource(), checkSettings({})).poll();
    const readings = payload as Reading[];
    assert.deepEqual(
      readings.filter((r) => r.labels.device !== 'pi'),
      [],
    );
    const up = readings.find((r) => r.metric === 'interface_up');
    assert.deepEqual(up?.labels, { device: 'pi', interface: 'eth0' });
  });

  it('gives the documents of the device API as plain JSON', async () => {
    const poll = async (output: 'interfaces' | 'system') =>
      (await new HostMetrics('pi', fakeSource(), checkSettings({ output })).poll()).payload;
    const { time, ...interfaces } = JSON.parse(JSON.stringify(await poll('interfaces')));
    assert.equal(typeof time, 'number');
    assert.deepEqual(interfaces, {
      device: 'pi',
      hostname: 'pi',
      uptime: 3600,
      interfaces: [{ name: 'eth0', up: true, inOctets: '1152921504606846976' }],
    });
    const system = JSON.parse(JSON.stringify(await poll('system')));
    assert.equal(system.interfaces, undefined);
    assert.deepEqual(system.readings[0], {
      metric: 'memory_usage',
      value: 25,
      unit: '%',
      labels: {},
    });
  });

  it('divides by the time between the reads of the counts', async () => {
    const clock = new FakeClock();
    let octets = 0;
    const source = fakeSource({
      interfaces: async () => {
        clock.skip(clock.steady() === 0 ? 3000 : 1000);
        octets += 900;
        return [{ name: 'eth0', inOctets: octets, countedAt: clock.steady() }];
      },
    });
    const host = new HostMetrics('pi', source, checkSettings({}), undefined, clock);
    await host.poll();
    clock.skip(8000);
    const { payload } = await host.poll();
    const rate = (payload as Reading[]).find(({ metric }) => metric === 'in_rate');
    // 900 octets in the 9 s from 3 to 12 s, though the polls began 11 s apart.
    assert.equal(rate?.value, 800);
  });

  it('tells nobody the time of its own clock', async () => {
    const source = fakeSource({
      interfaces: async () => [{ name: 'eth0', up: true, countedAt: 7 }],
    });
    const settings = checkSettings({ output: 'interfaces' });
    const { payload } = await new HostMetrics('pi', source, settings).poll();
    const { interfaces } = payload as { interfaces: object[] };
    assert.deepEqual(interfaces, [{ name: 'eth0', up: true }]);
  });

  it('never polls twice at once, nor twice within half a second', async () => {
    const clock = new FakeClock();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const source = fakeSource({ temperatures: () => held.then(() => []) });
    const host = new HostMetrics('pi', source, checkSettings({}), undefined, clock);
    const polls = () => source.asked.filter((name) => name === 'cpu').length;

    const first = host.poll();
    clock.skip(60_000);
    const second = host.poll();
    release();
    assert.equal(await first, await second);
    assert.equal(polls(), 1);

    await host.poll();
    assert.equal(polls(), 2);
    clock.skip(499);
    await host.poll();
    assert.equal(polls(), 2);
    clock.skip(1);
    await host.poll();
    assert.equal(polls(), 3);
  });
});
