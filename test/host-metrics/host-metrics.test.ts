import assert from 'node:assert/strict';
import { defaults } from '../../nodes/host-metrics/config.ts';
import { HostMetrics } from '../../nodes/host-metrics/host-metrics.ts';
import type { Reading } from '../../nodes/shared/reading.ts';
import { fakeSource } from './fake-source.ts';

describe('HostMetrics', () => {
  it('gives readings with the label of the device', async () => {
    const { payload } = await new HostMetrics('pi', fakeSource(), defaults).poll();
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
      (await new HostMetrics('pi', fakeSource(), { ...defaults, output }).poll()).payload;
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

  it('never polls twice at once, nor twice within half a second', async () => {
    let clock = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const source = fakeSource({ temperatures: () => held.then(() => []) });
    const host = new HostMetrics('pi', source, defaults, undefined, () => clock);
    const polls = () => source.asked.filter((name) => name === 'cpu').length;

    const first = host.poll();
    clock = 60_000;
    const second = host.poll();
    release();
    assert.equal(await first, await second);
    assert.equal(polls(), 1);

    await host.poll();
    assert.equal(polls(), 2);
    clock += 499;
    await host.poll();
    assert.equal(polls(), 2);
    clock += 1;
    await host.poll();
    assert.equal(polls(), 3);
  });
});
