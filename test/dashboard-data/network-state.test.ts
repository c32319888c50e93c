import assert from 'node:assert/strict';
import { judge, kindOf, modelOf, titleOf } from '../../nodes/dashboard-data/device-state.ts';
import { NetworkState } from '../../nodes/dashboard-data/network-state.ts';
import { alert, at, reading, Seen, start } from './support.ts';

describe('the state of a device', () => {
  const stateAt = (seen: Seen, seconds: number, name = 'sw') => {
    const record = seen.state.devices.get(name)!;
    return seen.state.note(record, at(seconds));
  };

  it('is up, degraded or down as its newest readings say', () => {
    const seen = new Seen().take(0, reading('device_up', 1), reading('packet_loss', 0));
    assert.deepEqual(stateAt(seen, 0), { state: 'up' });
    seen.take(5, reading('device_up', 1), reading('packet_loss', 20));
    assert.deepEqual(stateAt(seen, 5), { state: 'degraded', loss: 20 });
    seen.take(10, reading('device_up', 1), reading('device_degraded', 1, {}, { reason: 'slow' }));
    assert.deepEqual(stateAt(seen, 10), { state: 'degraded', reason: 'slow' });
    seen.take(15, reading('device_up', 0, {}, { error: 'no answer within 5 s' }));
    assert.deepEqual(stateAt(seen, 15), { state: 'down', reason: 'no answer within 5 s' });
  });

  it('is degraded by a firing alert that is more than an info, and by none of others', () => {
    const seen = new Seen().take(0, reading('device_up', 1));
    seen.state.alerts.take(alert({ severity: 'info' }));
    seen.state.alerts.take(alert({ fingerprint: 'f2', labels: { device: 'other' } }));
    seen.state.alerts.take(alert({ fingerprint: 'f3', state: 'pending' }));
    assert.equal(stateAt(seen, 0).state, 'up');
    seen.state.alerts.take(alert({ fingerprint: 'f4', summary: 'sw is hot' }));
    assert.deepEqual(stateAt(seen, 0), { state: 'degraded', reason: 'sw is hot' });
  });

  it('is unknown after three intervals of silence, since it was last heard of', () => {
    const seen = new Seen();
    for (const seconds of [0, 60, 120]) seen.take(seconds, reading('device_up', 1));
    assert.equal(stateAt(seen, 300).state, 'up');
    assert.equal(stateAt(seen, 301).state, 'unknown');
    assert.equal(seen.state.devices.get('sw')!.judged?.since, start + 120_000);
    assert.equal(seen.state.interval, 60_000);
  });

  it('does not count what belongs to one poll as polls', () => {
    const seen = new Seen().take(0, reading('device_up', 1));
    seen.take(0.1, reading('uptime', 7));
    seen.take(60, reading('device_up', 1));
    seen.take(60.1, reading('uptime', 67));
    assert.equal(seen.state.interval, 59_900);
    assert.equal(stateAt(seen, 200).state, 'up');
  });

  it('is maintenance while somebody works on it, or on all of its site', () => {
    const seen = new Seen().take(0, reading('device_up', 0, { site: 'berlin' }));
    const site = { ...reading('maintenance', 1), labels: { site: 'berlin' } };
    seen.state.take([site], at(1));
    assert.deepEqual(stateAt(seen, 1), { state: 'maintenance' });
    seen.state.take([{ ...site, value: 0 }], at(2));
    assert.equal(stateAt(seen, 2).state, 'down');
  });

  it('is unknown, and not down, while what leads to it is down', () => {
    const seen = new Seen().take(0, reading('device_up', 0));
    seen.take(1, reading('device_unreachable', 1)).take(60, reading('device_up', 0));
    assert.deepEqual(stateAt(seen, 60), { state: 'unknown' });
    seen.take(61, reading('device_unreachable', 0));
    assert.equal(stateAt(seen, 61).state, 'down');
  });

  it('has since when it is so; null where it has been so from the first', () => {
    const seen = new Seen().take(0, reading('device_up', 1));
    const { judged } = seen.state.devices.get('sw')!;
    assert.deepEqual(judged, { state: 'up', since: null, seen: start });
    seen.take(60, reading('device_up', 0)).take(120, reading('device_up', 0));
    assert.equal(seen.state.devices.get('sw')!.judged?.since, start + 60_000);
  });
});

describe('a device', () => {
  const of = (...readings: Parameters<Seen['take']>[1][]) =>
    new Seen().take(0, ...readings).state.devices.get('sw')!;

  it('is a host, a check or a device by what it tells', () => {
    assert.equal(kindOf(of(reading('cpu_usage', 5))), 'host');
    assert.equal(kindOf(of(reading('device_up', 1), reading('latency', 5))), 'check');
    assert.equal(kindOf(of(reading('device_up', 0), reading('poll_duration', 5))), 'device');
    const asked = (kind: string) => reading('device_up', 0, {}, { [kind]: 'TCP 443', error: 'x' });
    assert.equal(kindOf(of(asked('check'), reading('poll_duration', 5))), 'check');
    assert.equal(kindOf(of(asked('protocol'), reading('poll_duration', 5))), 'device');
    const pinged = [reading('device_up', 1), reading('latency', 5), reading('uptime', 5)];
    assert.equal(kindOf(of(...pinged)), 'device');
    const port = reading('interface_up', 1, { interface: 'eth0' });
    assert.equal(kindOf(of(reading('device_up', 1), reading('latency', 5), port)), 'device');
  });

  it('has the title that it gives itself where it goes by its address', () => {
    assert.equal(titleOf(of(reading('device_up', 1))), 'sw');
    const named = { hostname: 'core-1' };
    assert.equal(titleOf(of(reading('device_up', 1, {}, named))), 'sw');
    assert.equal(titleOf(of(reading('poll_duration', 1, {}, named))), 'core-1');
  });

  const models: [string, string | undefined][] = [
    [
      'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E',
      'Cisco C2960X',
    ],
    ['Linux gw 6.1.0-13-amd64 #1 SMP Debian 6.1.55-1 x86_64', 'Linux 6.1.0'],
    ['RouterOS RB5009UG+S+', 'RouterOS RB5009UG+S+'],
    ['Aruba JL728A 6200F, revision ML.10', 'Aruba JL728A 6200F'],
    ['x'.repeat(80), `${'x'.repeat(59)}…`],
    ['  ', undefined],
  ];
  for (const [description, model] of models) {
    it(`is called "${model}" where it says "${description.slice(0, 40)}"`, () => {
      assert.equal(modelOf(of(reading('uptime', 5, {}, { description }))), model);
    });
  }
});

describe('the network', () => {
  it('takes no more devices and series than it may', () => {
    const state = new NetworkState({ devices: 2, series: 3 });
    for (const device of ['a', 'b', 'c']) {
      state.take([reading('cpu_usage', 1, { device }), reading('uptime', 1, { device })], at(0));
    }
    assert.deepEqual([...state.devices.keys()], ['a', 'b']);
    assert.deepEqual(
      [...state.devices.values()].map(({ size }) => size),
      [2, 1],
    );
  });

  it('forgets devices that are gone with their alerts, and what was silent for a day', () => {
    const seen = new Seen().take(0, reading('device_up', 1), reading('temperature', 30));
    seen.take(0, reading('device_up', 1, { device: 'old' }));
    seen.state.alerts.take(alert());
    seen.take(86_500, reading('device_up', 1));
    const { devices, alerts } = seen.state;
    assert.deepEqual([...devices.keys()], ['sw']);
    assert.deepEqual([...devices.get('sw')!.series.keys()], ['device_up']);
    seen.state.removeDevices(new Set(['sw']));
    assert.deepEqual([devices.size, alerts.active.length, alerts.ended.length], [0, 0, 0]);
  });

  it('says nothing of readings without a device', () => {
    const state = new NetworkState();
    state.take([{ ...reading('cpu_usage', 5), labels: {} }], at(0));
    assert.deepEqual([state.devices.size, state.lastReading], [0, null]);
  });

  it('takes flows for what they are: no sign of life of the device that tells of them', () => {
    const state = new NetworkState();
    const told = { metric: 'flow_rate', value: 5, unit: 'bit/s', time: 0 };
    state.take([{ ...told, labels: { device: 'gw', interface: 'wan' } }], at(0));
    assert.equal(state.devices.size, 0);
    assert.equal(state.flows.has('gw', 'wan'), true);
    assert.equal(state.lastReading, at(0).date);
  });

  it('keeps over a restart which ports had a link, and since when devices are as they are', () => {
    const port = (value: number) => reading('interface_up', value, { interface: 'eth0' });
    const before = new Seen().take(0, reading('device_up', 1), port(1));
    before.take(60, reading('device_up', 0), port(1));
    before.state.alerts.take(alert({ state: 'resolved', endsAt: start + 5000 }));
    const kept = JSON.parse(JSON.stringify(before.state.keep())) as ReturnType<
      NetworkState['keep']
    >;
    const after = new Seen();
    after.state.restore(kept);
    after.take(200, reading('device_up', 0), port(0));
    const record = after.state.devices.get('sw')!;
    assert.equal(record.judged?.since, start + 60_000);
    assert.equal(record.ports.get('eth0')?.hadLink, true);
    assert.deepEqual(
      after.state.alerts.ended.map(({ fingerprint }) => fingerprint),
      ['f1'],
    );
  });
});

describe('the alerts of now', () => {
  it('are the worst first, then the newest, then those that are about to fire', () => {
    const { alerts } = new NetworkState();
    alerts.take(alert({ fingerprint: 'old', startsAt: start - 10 }));
    alerts.take(alert({ fingerprint: 'soon', state: 'pending', severity: 'critical' }));
    alerts.take(alert({ fingerprint: 'new' }));
    alerts.take(alert({ fingerprint: 'bad', severity: 'critical', startsAt: start - 99 }));
    assert.deepEqual(
      alerts.active.map(({ fingerprint }) => fingerprint),
      ['bad', 'new', 'old', 'soon'],
    );
    assert.equal(alerts.firing.length, 3);
  });

  it('end where the list has them no more, once though both outputs tell', () => {
    const { alerts } = new NetworkState();
    alerts.takeList([alert(), alert({ fingerprint: 'f2' })], start);
    alerts.take(alert({ state: 'resolved', endsAt: start + 7 }));
    alerts.takeList([alert({ fingerprint: 'f2' })], start + 8);
    assert.deepEqual(
      alerts.ended.map(({ fingerprint, endsAt }) => [fingerprint, endsAt]),
      [['f1', start + 7]],
    );
    alerts.takeList([], start + 9);
    assert.deepEqual(
      alerts.ended.map(({ fingerprint, endsAt }) => [fingerprint, endsAt]),
      [
        ['f2', start + 9],
        ['f1', start + 7],
      ],
    );
  });
});

describe('judging', () => {
  it('goes by maintenance before silence, and by silence before the last answer', () => {
    const seen = new Seen().take(0, reading('device_up', 0));
    const record = seen.state.devices.get('sw')!;
    assert.equal(judge(record, [], true, at(9999)).state, 'maintenance');
    assert.equal(judge(record, [], false, at(9999)).state, 'unknown');
    assert.equal(judge(record, [], false, at(1)).state, 'down');
  });
});
