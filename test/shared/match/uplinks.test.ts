import assert from 'node:assert/strict';
import { uplinksOf } from '../../../nodes/shared/match/uplinks.ts';

describe('uplinksOf', () => {
  const gigabit = (name: string) => ({ name, speed: 1e9 });
  const names = (ports: Parameters<typeof uplinksOf>[0]) =>
    [...uplinksOf(ports)].map(({ name }) => name);

  it('takes the few ports that are faster than all others', () => {
    const ports = ['Gi1/0/1', 'Gi1/0/2', 'Gi1/0/3'].map(gigabit);
    const fast = ['Te1/0/1', 'Te1/0/2'].map((name) => ({ name, speed: 10e9 }));
    assert.deepEqual(names([...ports, ...fast]), ['Te1/0/1', 'Te1/0/2']);
  });

  it('takes no port for its speed where most have it', () => {
    const slow = { name: 'Fa1', speed: 100e6 };
    assert.deepEqual(names([slow, gigabit('Gi1'), gigabit('Gi2')]), []);
    assert.deepEqual(names([gigabit('Gi1'), gigabit('Gi2')]), []);
  });

  it('takes a port whose alias says so, but none that is switched off', () => {
    const named = { ...gigabit('Gi1'), alias: 'Uplink to core-1' };
    const off = { ...gigabit('Gi2'), alias: 'uplink, spare', adminUp: false };
    assert.deepEqual(names([named, off, gigabit('Gi3')]), ['Gi1']);
  });

  it('leaves out aggregates and VLANs, which are faster as they carry what ports carry', () => {
    const aggregate = { name: 'Po1', speed: 20e9 };
    const vlan = { name: 'Vlan1', speed: 10e9, alias: 'uplink' };
    assert.deepEqual(names([aggregate, vlan, gigabit('Gi1'), gigabit('Gi2')]), []);
  });
});
