import assert from 'node:assert/strict';
import type { InterfaceState } from '../../../nodes/contract/snapshot.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { foundInterfaces as steps } from '../../../nodes/sidebar/look/found-interfaces.ts';

type Arguments = Parameters<typeof steps>;
const foundInterfaces = (...of: Arguments) => atOnce(steps(...of));

const port = (name: string, more: Partial<InterfaceState> = {}): InterfaceState => ({
  ...{ name, type: 'ethernet', up: true, adminUp: true, speed: 1e9 },
  ...more,
});

const uplinks = (states: InterfaceState[], kind: Arguments[1] = 'switch') =>
  foundInterfaces(states, kind)
    .filter(({ isUplink }) => isUplink)
    .map(({ name }) => name);

describe('the interfaces of a device that is found', () => {
  it('are told with what a person needs to choose', () => {
    const states = [
      port('Gi1/0/1', { alias: 'AP lobby', index: 1 }),
      port('Gi1/0/2', { up: false }),
      port('Gi1/0/3', { up: true, adminUp: false }),
      port('Vlan1', { type: 'vlan' }),
      { name: 'Null0' },
    ];
    const plain = { isUp: true, isSwitchedOff: false, isVirtual: false, isUplink: false };
    assert.deepEqual(foundInterfaces(states, 'switch'), [
      { ...plain, name: 'Gi1/0/1', alias: 'AP lobby', speed: 1e9, isUplink: true },
      { ...plain, name: 'Gi1/0/2', speed: 1e9, isUp: false },
      { ...plain, name: 'Gi1/0/3', speed: 1e9, isUp: false, isSwitchedOff: true },
      { ...plain, name: 'Vlan1', speed: 1e9, isVirtual: true },
      { ...plain, name: 'Null0', isUp: false, isVirtual: true },
    ]);
  });

  it('are uplinks where they are the few fastest, or are called so', () => {
    const access = [1, 2, 3, 4].map((n) => port(`Gi1/0/${n}`));
    const fast = [1, 2].map((n) => port(`Te1/0/${n}`, { speed: 1e10 }));
    assert.deepEqual(uplinks([...access, ...fast]), ['Te1/0/1', 'Te1/0/2']);
    assert.deepEqual(uplinks(access), []);
    // As many as the others are no uplinks.
    assert.deepEqual(uplinks([...access.slice(0, 2), ...fast]), []);
    assert.deepEqual(uplinks([...access, port('Gi1/0/5', { alias: 'Uplink to core' })]), [
      'Gi1/0/5',
    ]);
    // What is virtual is fast and no line; what is switched off leads nowhere.
    assert.deepEqual(uplinks([...access, port('Po1', { type: 'aggregate', speed: 4e10 })]), []);
    assert.deepEqual(
      uplinks([...access, port('Te1', { speed: 1e10, adminUp: false, up: false })]),
      [],
    );
  });

  it('are uplinks where it is the only one with a link, or a router’s own', () => {
    assert.deepEqual(
      uplinks([port('eth0'), port('eth1', { up: false }), port('lo', { type: 'loopback' })]),
      ['eth0'],
    );
    const own = [
      port('ether1'),
      port('ether2', { up: false }),
      port('bridge1', { type: 'bridge' }),
    ];
    assert.deepEqual(uplinks([...own, port('ether3')], 'router'), ['ether1', 'ether2', 'ether3']);
  });

  it('have the names that their readings will have', () => {
    const told = foundInterfaces([port('eth', { index: 1 }), port('eth', { index: 2 })], 'other');
    assert.deepEqual(
      told.map(({ name }) => name),
      ['eth#1', 'eth#2'],
    );
  });

  it('are cleaned and cut, and not too many', () => {
    const [hostile] = foundInterfaces(
      [port('<img src=x>\n\u0000\u202eab', { alias: 'x'.repeat(10_000) })],
      'other',
    );
    assert.equal(hostile!.name, '<img src=x> ab');
    assert.equal(hostile!.alias!.length, 100);
    const many = Array.from({ length: 5000 }, (_, i) => port(`p${i}`));
    assert.equal(foundInterfaces(many, 'other').length, 2000);
  });
});
