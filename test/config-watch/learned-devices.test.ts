import assert from 'node:assert/strict';
import { LearnedDevices } from '../../nodes/config-watch/learned-devices.ts';

const up = (device: string, info?: Record<string, string>, more: Record<string, string> = {}) => ({
  ...{ metric: 'device_up', value: 1, unit: '1', time: 0, labels: { ...more, device } },
  ...(info && { info }),
});

describe('LearnedDevices', () => {
  it('learns the devices of readings, once each', () => {
    const learned = new LearnedDevices();
    const readings = [
      up('core-1', { address: '192.0.2.1:161' }, { site: 'berlin' }),
      up('192.0.2.9'),
      { ...up('edge-1'), metric: 'cpu_usage' },
    ];
    assert.equal(learned.learn(readings), true);
    assert.equal(learned.learn(readings), false);
    assert.deepEqual(learned.all, [
      { name: 'core-1', address: '192.0.2.1', labels: { site: 'berlin' } },
      { name: '192.0.2.9', address: '192.0.2.9', labels: {} },
    ]);
    assert.equal(learned.learn([up('core-1', { address: '192.0.2.2' })]), true);
    assert.equal(learned.all[0]!.address, '192.0.2.2');
  });

  it('leaves out what has no address', () => {
    const learned = new LearnedDevices();
    assert.equal(learned.learn([up('my notebook')]), false);
  });

  it('forgets devices that are gone', () => {
    const learned = new LearnedDevices([{ name: 'core-1', address: 'core-1', labels: {} }]);
    assert.equal(learned.forget(new Set(['core-2'])), false);
    assert.equal(learned.forget(new Set(['core-1'])), true);
    assert.deepEqual(learned.all, []);
  });
});
