import assert from 'node:assert/strict';
import { legends } from '../../nodes/chart-data/legend.ts';
import { series, words } from './support.ts';

const eth = (device: string, name: string, metric = 'in_rate') =>
  series(metric, { interface: name, device, site: 'berlin' }, 1);

describe('legends', () => {
  it('names the labels in which series differ, the device first', () => {
    assert.deepEqual(legends([eth('a', 'eth0'), eth('b', 'eth1')], '', words), [
      'a eth0',
      'b eth1',
    ]);
    assert.deepEqual(legends([eth('a', 'eth0'), eth('a', 'eth1')], '', words), ['eth0', 'eth1']);
  });

  it('names the metric where there are several, or where nothing else differs', () => {
    assert.deepEqual(legends([eth('a', 'eth0'), eth('a', 'eth0', 'out_rate')], '', words), [
      'in',
      'out',
    ]);
    assert.deepEqual(legends([series('cpu_usage', { device: 'a' }, 1)], '', words), ['CPU']);
    assert.deepEqual(legends([series('queue_length', { device: 'a' }, 1)], '', words), [
      'queue length',
    ]);
  });

  it('counts a label that only some have as different', () => {
    const total = series('cpu_usage', { device: 'a' }, 1);
    const core = series('cpu_usage', { device: 'a', core: '0' }, 1);
    assert.deepEqual(legends([core, total], '', words), ['0', 'CPU']);
  });

  it('fills a template from labels, info and metric', () => {
    const uplink = { ...eth('a', 'eth0'), info: { alias: 'Uplink <b>', device: 'no' } };
    assert.deepEqual(legends([uplink], '{{device}}: {{alias}} {{metric}} {{nothing}}', words), [
      'a: Uplink <b> in',
    ]);
  });

  it('shows the name that a device gives itself where it goes by its address', () => {
    const self = (device: string) => ({ ...eth(device, 'eth0'), info: { hostname: 'sw-1' } });
    const other = eth('b', 'eth1');
    for (const address of ['10.0.0.1', '10.0.0.1:1161', '[fe80::1%eth0]:161', '2001:db8::7']) {
      assert.deepEqual(legends([self(address), other], '', words), ['sw-1 eth0', 'b eth1']);
      assert.deepEqual(legends([self(address)], '{{device}}', words), ['sw-1']);
    }
    assert.deepEqual(legends([self('core-1'), other], '', words), ['core-1 eth0', 'b eth1']);
  });

  it('makes no two the same and none endless', () => {
    const two = legends([eth('a', 'eth0'), eth('b', 'eth0')], '{{interface}}', words);
    assert.deepEqual(two, ['eth0', 'eth0 (2)']);
    const [long] = legends([eth('a', 'x'.repeat(900))], '{{interface}}', words);
    assert.equal(long, `${'x'.repeat(59)}…`);
  });
});
