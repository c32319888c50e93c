import assert from 'node:assert/strict';
import { decode, type State } from '../../nodes/config-watch/state.ts';
import type { Alert } from '../../nodes/contract/alert.ts';

const alert: Alert = {
  name: 'configuration_rule',
  state: 'firing',
  severity: 'warning',
  ...{ unit: '1', value: 1 },
  ...{ metric: 'configuration_rule', labels: { device: 'core-1' }, threshold: null, summary: 's' },
  ...{ startsAt: 5, fingerprint: 'f1' },
};

const state: State = {
  version: 1,
  devices: {
    'core-1': { address: '192.0.2.1', hostKey: 'SHA256:one', triedAt: 7, fetchedAt: 7 },
    'core-2': { address: '192.0.2.2', triedAt: 8, failing: 'passing' },
  },
  learned: [{ name: 'core-2', address: '192.0.2.2', labels: { site: 'b' } }],
  alerts: [
    { ...alert, rule: 'telnet' },
    { ...alert, fingerprint: 'f2', event: true },
  ],
  maskKey: '00ff',
};

describe('the state of config watch', () => {
  it('is read as it was kept', () => {
    assert.deepEqual(decode(JSON.parse(JSON.stringify(state))), state);
  });

  it('loses only what is damaged in it', () => {
    const problems: Error[] = [];
    const damaged = {
      ...state,
      devices: { ...state.devices, 'core-1': { address: 5 } },
      learned: [{ address: 'a b' }, ...state.learned],
      alerts: [{ ...alert, severity: 'bad' }, state.alerts[1]],
    };
    const read = decode(damaged, problems);
    assert.deepEqual(Object.keys(read.devices), ['core-2']);
    assert.deepEqual(read.learned, state.learned);
    assert.deepEqual(read.alerts, [state.alerts[1]]);
    assert.equal(problems.length, 3);
  });

  it('is refused where it is none, or of a later version', () => {
    assert.throws(() => decode([]), { field: 'state' });
    assert.throws(() => decode({ ...state, version: 2 }), { field: 'version' });
    assert.throws(() => decode({ version: 1 }), { name: 'Problem' });
  });
});
