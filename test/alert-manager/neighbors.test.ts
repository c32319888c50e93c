import assert from 'node:assert/strict';
import { AlertManager } from '../../nodes/alert-manager/alert-manager.ts';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import { Neighbors } from '../../nodes/alert-manager/neighbors.ts';
import type { Reading } from '../../nodes/contract/reading.ts';

const day = 86_400_000;

function up(device: string, info?: Record<string, string>): Reading {
  const labels = { device };
  return { metric: 'device_up', value: 1, unit: '1', time: 0, labels, ...(info && { info }) };
}

function hears(device: string, ...neighbors: string[]): Reading[] {
  return neighbors.map((neighbor) => ({
    ...{ metric: 'lldp_neighbor', value: 1, unit: '1', time: 0 },
    labels: { device, interface: neighbor, neighbor },
  }));
}

describe('AlertManager', () => {
  it('has what it learned of neighbors kept at once, and nothing that it knew', () => {
    const now = { now: 0, date: 0 };
    const configuration = checkConfiguration('', { neighbors: true });
    const texts = { all: '', flapping: String };
    const manager = new AlertManager({ configuration, texts, now });
    const readings = [up('a'), ...hears('a', 'b')];
    assert.equal(manager.observe(readings, now).kept, true);
    assert.equal(manager.observe(readings, now).kept, false);
  });
});

describe('Neighbors', () => {
  it('has each device reached through those that are nearer to the gateway', () => {
    const neighbors = new Neighbors();
    neighbors.setGateways(['192.0.2.1']);
    neighbors.take(
      [
        up('router', { address: '192.0.2.1' }),
        ...['core-1', 'core-2', 'access', 'ap', 'printer'].map((name) => up(name)),
        ...[
          ...hears('router', 'core-1', 'core-2'),
          ...hears('access', 'core-1', 'CORE-2.example.org'),
        ],
        ...hears('access', 'ap', 'a phone'),
      ],
      0,
    );
    assert.deepEqual(neighbors.gateways, ['router']);
    assert.deepEqual(Object.fromEntries(neighbors.parents([])), {
      'core-1': ['router'],
      'core-2': ['router'],
      access: ['core-1', 'core-2'],
      ap: ['access'],
      // Of one that no switch hears it is known only that it is behind the gateway.
      printer: ['router'],
    });
  });

  it('knows a neighbor by the name that it gives itself', () => {
    const neighbors = new Neighbors();
    neighbors.take(
      [up('10.0.0.2', { hostname: 'sw-2.lan' }), up('core'), ...hears('core', 'SW-2')],
      0,
    );
    assert.deepEqual([...neighbors.parents(['core'])], [['10.0.0.2', ['core']]]);
  });

  it('knows nothing without a root', () => {
    const neighbors = new Neighbors();
    neighbors.take([up('a'), up('b'), ...hears('a', 'b')], 0);
    assert.deepEqual([...neighbors.parents([])], []);
  });

  it('says when parents may be others', () => {
    const neighbors = new Neighbors();
    assert.equal(neighbors.take([up('a'), ...hears('a', 'b')], 0), true);
    assert.equal(neighbors.take([up('a'), ...hears('a', 'b')], 1), false);
    assert.equal(neighbors.take(hears('a', 'c'), 2), true);
    assert.equal(neighbors.take([up('a', { hostname: 'x' })], 3), true);
    assert.equal(neighbors.setGateways(['192.0.2.1']), true);
    assert.equal(neighbors.setGateways(['192.0.2.1']), false);
  });

  it('forgets a link of which nobody tells for a week, and devices that are removed', () => {
    const neighbors = new Neighbors();
    neighbors.take([up('a'), up('b'), up('c'), ...hears('a', 'b')], 0);
    neighbors.take(hears('a', 'c'), 8 * day);
    assert.deepEqual([...neighbors.parents(['a'])], [['c', ['a']]]);
    neighbors.remove(new Set(['a']));
    assert.deepEqual([...neighbors.parents(['a'])], []);
  });

  it('keeps links over a restart, while a switch is down that told of them', () => {
    const before = new Neighbors();
    before.take([up('a'), ...hears('a', 'b')], 5);
    const after = new Neighbors();
    after.restore(before.state());
    after.take([up('b')], 6);
    assert.deepEqual([...after.parents(['a'])], [['b', ['a']]]);
  });
});
