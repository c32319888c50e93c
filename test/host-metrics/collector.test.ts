import assert from 'node:assert/strict';
import { Collector } from '../../nodes/host-metrics/collector.ts';
import {
  checkSettings,
  groups,
  type HostMetricsSettings,
} from '../../nodes/host-metrics/config.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fakeSource } from './fake-source.ts';

const nothing = Object.fromEntries(groups.map((g) => [g, false])) as Record<string, false>;
const only = (settings: Partial<HostMetricsSettings>) => checkSettings({ ...nothing, ...settings });
const clock = new FakeClock({ date: 5000 });
const polls = { metric: 'netmon_polls', value: 7, unit: '1/s', counter: true };
const netmon = { samples: () => [polls] };

describe('Collector', () => {
  it('collects every group, in the same order each time', async () => {
    const collector = new Collector(
      fakeSource(),
      checkSettings({ processCount: 1, netmon: true }),
      netmon,
      clock,
    );
    await collector.collect();
    const { snapshot, failures } = await collector.collect();
    assert.deepEqual(failures, []);
    assert.deepEqual(snapshot, {
      time: 5000,
      uptime: 3600,
      interfaces: [{ name: 'eth0', up: true, inOctets: 2n ** 60n }],
      readings: [
        { metric: 'cpu_usage', value: 40, unit: '%', labels: {} },
        { metric: 'cpu_core_usage', value: 30, unit: '%', labels: { core: '0' } },
        { metric: 'cpu_core_usage', value: 50, unit: '%', labels: { core: '1' } },
        { metric: 'memory_usage', value: 25, unit: '%', labels: {} },
        { metric: 'swap_usage', value: 5, unit: '%', labels: {} },
        {
          metric: 'disk_usage',
          value: 30,
          unit: '%',
          labels: { disk: '/' },
          info: { device: '/dev/sda1', type: 'ext4' },
        },
        { metric: 'load_average', value: 0.5, unit: '1', labels: { period: '1m' } },
        { metric: 'load_average', value: 1, unit: '1', labels: { period: '5m' } },
        { metric: 'load_average', value: 1.5, unit: '1', labels: { period: '15m' } },
        { metric: 'temperature', value: 41, unit: '°C', labels: { sensor: 'cpu' } },
        { metric: 'uptime', value: 3600, unit: 's', labels: {} },
        { metric: 'process_cpu_usage', value: 12, unit: '%', labels: { process: 'node' } },
        { metric: 'process_memory_usage', value: 9, unit: '%', labels: { process: 'db' } },
        polls,
      ],
    });
  });

  const asks: Partial<Record<(typeof groups)[number], string>> = {
    cpu: 'cpu',
    cores: 'cpu',
    memory: 'memory',
    swap: 'memory',
    disks: 'disks',
    interfaces: 'interfaces',
    load: 'load',
    temperature: 'temperatures',
    uptime: 'uptime',
    processes: 'processes',
  };
  for (const group of groups) {
    it(`asks for nothing else where only "${group}" is on`, async () => {
      const source = fakeSource();
      await new Collector(source, only({ [group]: true })).collect();
      // The uptime tells of restarts, and costs nothing.
      const asked = new Set(['uptime', asks[group] ?? 'uptime']);
      assert.deepEqual(new Set(source.asked), asked);
    });
  }

  it('asks for the interfaces only, or for all but them, for the documents', async () => {
    const source = fakeSource();
    const settings = checkSettings({ interfaces: false, output: 'interfaces' });
    const { snapshot } = await new Collector(source, settings).collect();
    assert.deepEqual(source.asked, ['uptime', 'interfaces']);
    assert.equal(snapshot.readings, undefined);

    const other = fakeSource();
    await new Collector(other, checkSettings({ output: 'system' })).collect();
    assert.equal(other.asked.includes('interfaces'), false);
  });

  it('tells which group failed, and has the others', async () => {
    const error = new Error('no such sensor');
    const source = fakeSource({ temperatures: () => Promise.reject(error) });
    const settings = only({ temperature: true, uptime: true });
    const { snapshot, failures } = await new Collector(source, settings).collect();
    assert.deepEqual(failures, [{ group: 'temperature', error }]);
    assert.deepEqual(snapshot.readings, [{ metric: 'uptime', value: 3600, unit: 's', labels: {} }]);
  });

  it('has no swap usage without swap', async () => {
    const memory = { total: 10, available: 5, swapTotal: 0, swapUsed: 0 };
    const source = fakeSource({ memory: async () => memory });
    const { snapshot } = await new Collector(source, only({ swap: true })).collect();
    assert.deepEqual(snapshot.readings, []);
  });
});
