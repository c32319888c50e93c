import assert from 'node:assert/strict';
import {
  isTickedAtFirst,
  portsTickedAtFirst,
  searchPorts,
  uptimeOf,
} from '../../nodes/sidebar/found.ts';
import { nextSteps } from '../../nodes/sidebar/next-steps.ts';
import { foundSwitch, port } from './workspace.ts';

const pinged = foundSwitch({ ways: [{ protocol: 'ping', settings: {}, responseTime: 1 }] });

describe('what was found', () => {
  it('is ticked where it tells more than that it is there, or is the only one', () => {
    assert.equal(isTickedAtFirst(foundSwitch(), 100), true);
    assert.equal(isTickedAtFirst(pinged, 100), false);
    assert.equal(isTickedAtFirst(pinged, 1), true);
  });

  it('has its uplinks and named ports ticked, but none that is virtual or switched off', () => {
    const interfaces = [
      port('Gi1'),
      port('Gi2', { alias: 'AP lobby', isUp: false }),
      port('Gi3', { alias: ' ' }),
      port('Gi4', { alias: 'old', isSwitchedOff: true }),
      port('Te1', { isUplink: true }),
      port('Vlan1', { alias: 'users', isVirtual: true }),
    ];
    assert.deepEqual(portsTickedAtFirst(foundSwitch({ interfaces })), ['Gi2', 'Te1']);
  });

  it('has those with a link ticked where it is small and none is named', () => {
    const few = [port('eth0'), port('eth1', { isUp: false }), port('docker0', { isVirtual: true })];
    assert.deepEqual(portsTickedAtFirst(foundSwitch({ interfaces: few })), ['eth0']);
    const many = Array.from({ length: 9 }, (_, i) => port(`Gi${i}`));
    assert.deepEqual(portsTickedAtFirst(foundSwitch({ interfaces: many })), []);
  });

  it('can be searched by name and alias, capital or small', () => {
    const ports = [port('Gi1', { alias: 'AP Lobby' }), port('Te1', { isUplink: true })];
    const names = (text: string, uplinksOnly = false) =>
      searchPorts(ports, { text, uplinksOnly }).map(({ name }) => name);
    assert.deepEqual(names(''), ['Gi1', 'Te1']);
    assert.deepEqual(names(' lobby'), ['Gi1']);
    assert.deepEqual(names('te'), ['Te1']);
    assert.deepEqual(names('', true), ['Te1']);
  });

  it('tells how long it is up in one number', () => {
    assert.deepEqual(uptimeOf(59), { key: 'minutes', count: 0 });
    assert.deepEqual(uptimeOf(7199), { key: 'minutes', count: 119 });
    assert.deepEqual(uptimeOf(7200), { key: 'hours', count: 2 });
    assert.deepEqual(uptimeOf(172_799), { key: 'hours', count: 47 });
    assert.deepEqual(uptimeOf(8_640_000), { key: 'days', count: 100 });
  });
});

it('next steps follow what measures, and nothing else', () => {
  for (const type of ['netmon-device-poll', 'netmon-host-metrics']) {
    assert.deepEqual(
      nextSteps(type).map((node) => node.type),
      ['netmon-threshold-check', 'debug'],
    );
  }
  assert.deepEqual(nextSteps('netmon-threshold-check'), []);
});
