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

/** What a bridge has behind a port, of which some addresses are known. */
function has(device: string, port: string, addresses: number, ...known: string[]): Reading[] {
  return known.map((neighbor) => ({
    ...{ metric: 'bridge_neighbor', value: 1, unit: '1', time: 0 },
    labels: { device, interface: port, neighbor },
    info: { addresses: String(addresses) },
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

  describe('by the tables of bridges', () => {
    const at = (number: number) => `192.0.2.${number}`;
    /** router 1, core 2, access switches 3 and 4, and devices behind them */
    const devices = { router: 1, core: 2, 'access-3': 3, 'access-4': 4, nas: 5, ap: 6, printer: 7 };
    const parents = (...told: Reading[]) => {
      const neighbors = new Neighbors();
      neighbors.setGateways([at(1)]);
      const all = Object.entries(devices).map(([name, number]) =>
        up(name, { address: at(number) }),
      );
      neighbors.take([...all, ...told], 0);
      return Object.fromEntries(neighbors.parents([]));
    };

    it('has each device behind the port with the fewest addresses', () => {
      const told = [
        ...has('core', 'up', 1, at(1)),
        ...has('core', '3', 4, at(3), at(5), at(6)),
        ...has('core', '4', 2, at(4), at(7)),
        ...has('access-3', 'up', 5, at(1), at(2), at(4), at(7)),
        ...has('access-3', '1', 1, at(5)),
        ...has('access-3', '2', 2, at(6)),
        ...has('access-4', 'up', 30, at(1), at(2), at(3), at(5), at(6)),
        ...has('access-4', '1', 1, at(7)),
      ];
      assert.deepEqual(parents(...told), {
        ...{ core: ['router'], 'access-3': ['core'], 'access-4': ['core'] },
        ...{ nas: ['access-3'], ap: ['access-3'], printer: ['access-4'] },
      });
    });

    it('has a chain of bridges, each behind the one beside it', () => {
      const told = [
        ...has('core', 'up', 1, at(1)),
        ...has('core', '3', 3, at(3), at(4), at(7)),
        ...has('access-3', 'up', 2, at(1), at(2)),
        ...has('access-3', '4', 2, at(4), at(7)),
        ...has('access-4', 'up', 3, at(1), at(2), at(3)),
        ...has('access-4', '1', 1, at(7)),
      ];
      const found = parents(...told);
      assert.deepEqual(
        [found['access-3'], found['access-4'], found.printer],
        [['core'], ['access-3'], ['access-4']],
      );
    });

    it('has nothing behind the port that leads to the gateway', () => {
      const found = parents(
        ...has('access-3', 'up', 3, at(1), at(5), at(7)),
        ...has('access-3', '1', 1, at(6)),
      );
      assert.deepEqual(
        [found['access-3'], found.ap, found.nas, found.printer],
        [['router'], ['access-3'], ['router'], ['router']],
      );
    });

    it('knows what is behind a bridge, where nobody tells what that is behind', () => {
      assert.deepEqual(parents(...has('access-3', '1', 1, at(6))).ap, ['access-3']);
      assert.deepEqual(parents(...has('access-3', '1', 1, at(6)))['access-3'], ['router']);
    });

    it('takes the word of LLDP for a port that hears a watched device', () => {
      const found = parents(
        ...hears('router', 'access-3'),
        {
          ...{ metric: 'lldp_neighbor', value: 1, unit: '1', time: 0 },
          labels: { device: 'access-3', interface: '1', neighbor: 'ap' },
        },
        // Clients of the access point, which are not behind the switch itself.
        ...has('access-3', '1', 3, at(6), at(5), at(7)),
      );
      assert.deepEqual(
        [found.ap, found.nas, found.printer],
        [['access-3'], ['router'], ['router']],
      );
    });

    it('has a device that moved behind the port of now', () => {
      const neighbors = new Neighbors();
      neighbors.setGateways([at(1)]);
      const all = Object.entries(devices).map(([name, number]) =>
        up(name, { address: at(number) }),
      );
      neighbors.take([...all, ...has('access-3', '1', 1, at(5))], 0);
      neighbors.take(has('access-4', '9', 2, at(5)), 2 * day);
      assert.deepEqual(neighbors.parents([]).get('nas'), ['access-4']);
    });

    it('keeps what bridges told over a restart, and forgets those that are removed', () => {
      const before = new Neighbors();
      before.setGateways([at(1)]);
      before.take(
        [
          ...[up('router', { address: at(1) }), up('access-3'), up('ap', { address: at(6) })],
          ...has('access-3', '1', 1, at(6)),
        ],
        5,
      );
      const after = new Neighbors();
      after.restore(before.state());
      assert.deepEqual(after.parents([]).get('ap'), ['access-3']);
      after.remove(new Set(['access-3']));
      assert.deepEqual(after.parents([]).get('ap'), ['router']);
    });

    it('does not count them where neighbors are not to be learned from', () => {
      const neighbors = new Neighbors();
      neighbors.setGateways([at(1)]);
      const told = [up('router', { address: at(1) }), up('ap', { address: at(6) })];
      neighbors.take([...told, ...has('access-3', '1', 1, at(6))], 0);
      assert.deepEqual(neighbors.parents([], { neighbors: false }).get('ap'), ['router']);
    });
  });
});
