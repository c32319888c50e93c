import assert from 'node:assert/strict';
import { wishOf } from '../../nodes/config-watch/message.ts';

const reading = {
  ...{ metric: 'device_up', value: 1, unit: '1', time: 5, labels: { device: 'core-1' } },
};
const alert = (device: string, metric = 'cpu_usage') => ({
  ...{ name: 'x', state: 'firing', severity: 'warning', metric, labels: { device } },
});

describe('wishOf', () => {
  for (const [what, message, wish] of [
    ['an empty one', {}, { kind: 'look' }],
    ['a time, as inject sends it', { payload: 1_700_000_000_000, topic: '' }, { kind: 'look' }],
    ['an empty text', { payload: '' }, { kind: 'look' }],
    ['one that names a device', { device: 'core-1' }, { kind: 'look', devices: ['core-1'] }],
    [
      'one that names several',
      { device: ['core-1', ' core-2 '], payload: 'x' },
      { kind: 'look', devices: ['core-1', 'core-2'] },
    ],
    ['a command', { command: 'trust', device: 'core-1' }, { kind: 'trust', devices: ['core-1'] }],
    [
      'readings',
      { payload: [reading], topic: 'core-1' },
      { kind: 'readings', readings: [reading], problems: [] },
    ],
    ['one reading', { payload: reading }, { kind: 'readings', readings: [reading], problems: [] }],
    ['an alert', { payload: alert('core-1') }, { kind: 'alerts', devices: ['core-1'] }],
    [
      'a list of alerts, of which those of configurations are known',
      { payload: [alert('core-1'), alert('core-2', 'configuration_changed')] },
      { kind: 'alerts', devices: ['core-1'] },
    ],
    ['a line of syslog', { payload: '<189> core-1' }, { kind: 'texts', texts: ['<189> core-1'] }],
    [
      'a parsed line of syslog',
      { payload: { pri: 189, host: '192.0.2.1', msg: 'changed', more: [{ a: 'b' }] } },
      { kind: 'texts', texts: ['192.0.2.1', 'changed', 'b'] },
    ],
  ] as const) {
    it(`reads ${what}`, () => {
      assert.deepEqual(wishOf(message as Record<string, unknown>, false, 5), wish);
    });
  }

  it('takes devices only where it may', () => {
    const list = { payload: [{ address: 'core-1' }] };
    assert.deepEqual(wishOf(list, true, 5), { kind: 'devices', rows: list.payload });
    assert.deepEqual(wishOf(list, false, 5), { kind: 'texts', texts: ['core-1'] });
    assert.deepEqual(wishOf({ devices: 'core-1\n' }, true, 5), {
      ...{ kind: 'devices', rows: 'core-1\n' },
    });
  });

  it('refuses what it does not know', () => {
    assert.throws(() => wishOf({ command: 'forget', device: 'a' }, true, 5), { field: 'command' });
    assert.throws(() => wishOf({ command: 'trust' }, true, 5), { field: 'device' });
    assert.throws(() => wishOf({ device: 5 }, true, 5), { field: 'device' });
  });

  it('does not look through a payload without end', () => {
    const payload: Record<string, unknown> = { text: 'x' };
    payload.self = payload;
    assert.equal(wishOf({ payload }, false, 5).kind, 'texts');
  });
});
