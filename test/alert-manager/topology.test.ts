import assert from 'node:assert/strict';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import { Scenario, scenario } from './scenario.ts';

const tree = {
  ...{ groupBy: 'alertname', groupWait: 10, groupInterval: 60, inhibitions: [], childGrace: 50 },
  parents: [
    { devices: 'ap*', parents: 'switch' },
    { devices: 'switch', parents: 'router' },
  ],
};

describe('topology', () => {
  scenario(
    'has one story where parent and children go and come together, the children late',
    tree,
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap1', 'ap2')
        .poll(60, 'router', '!switch', '!ap1', '!ap2')
        .fire(60, 'Down switch', 'Down ap1', 'Down ap2')
        .poll(120, 'router', '!switch', '!ap1', '!ap2')
        .poll(180, 'router', 'switch', '!ap1', '!ap2')
        .resolve(180, 'Down switch')
        .poll(240, 'router', 'switch', 'ap1', 'ap2')
        .resolve(240, 'Down ap1', 'Down ap2')
        .until(600),
    // Switch is found to be the cause with the router's reading of 60.
    ['70 default first [Down] +Down switch', '190 default resolved [Down] -Down switch'],
  );

  const learned = { ...tree, parents: [] };

  scenario(
    'has one story where all is behind the gateway of this machine',
    { ...learned, gateway: true },
    (s) =>
      s
        .poll(0, '192.0.2.1', 'a', 'b')
        .gateways(1, '192.0.2.1')
        .poll(60, '!192.0.2.1', '!a', '!b')
        .fire(60, 'Down 192.0.2.1', 'Down a', 'Down b')
        .until(200),
    ['70 default first [Down] +Down 192.0.2.1'],
  );

  scenario(
    'learns parents from neighbors, with the tops of the table as their roots',
    { ...learned, parents: [{ devices: 'switch', parents: 'router' }], neighbors: true },
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap', 'other')
        .hears(1, 'switch', 'ap')
        .poll(60, 'router', '!switch', '!ap', '!other')
        .fire(60, 'Down switch', 'Down ap', 'Down other')
        .until(200),
    ['70 default first [Down] +Down switch, +Down other'],
  );

  scenario(
    'leaves learned parents alone that the table has others for, and all once that is off',
    { ...learned, parents: [{ devices: 'ap', parents: 'router' }], neighbors: true },
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap', 'camera')
        .hears(1, 'switch', 'ap', 'router', 'camera')
        .poll(60, 'router', '!switch', '!ap', '!camera')
        .fire(60, 'Down switch', 'Down ap', 'Down camera')
        .configure(120, { neighbors: false })
        .until(400),
    [
      '70 default first [Down] +Down switch, +Down ap',
      '130 default changed [Down] +Down switch, +Down ap, +Down camera',
    ],
  );

  scenario(
    'waits with a child that fails before its parent is asked again',
    tree,
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap1')
        .poll(50, '!ap1')
        .fire(50, 'Down ap1')
        .poll(80, '!switch', 'router')
        .fire(80, 'Down switch')
        .until(200),
    ['90 default first [Down] +Down switch'],
  );

  scenario(
    'tells of a child at once whose parent answers',
    tree,
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap1')
        .poll(50, '!ap1')
        .fire(50, 'Down ap1')
        .poll(75, 'switch')
        .until(200),
    ['75 default first [Down] +Down ap1'],
  );

  scenario(
    'tells after its grace of a child that does not come back',
    tree,
    (s) =>
      s
        .poll(0, 'router', 'switch', 'ap1')
        .poll(60, 'router', '!switch', '!ap1')
        .fire(60, 'Down switch', 'Down ap1')
        .poll(100, 'switch')
        .resolve(100, 'Down switch')
        .until(300),
    [
      '70 default first [Down] +Down switch',
      '130 default resolved [Down] -Down switch',
      '190 default first [Down] +Down ap1',
    ],
  );

  scenario(
    'knows from alerts alone, without readings',
    tree,
    (s) =>
      s
        .fire(0, 'Down ap1')
        .fire(20, 'Down switch')
        .resolve(200, 'Down switch')
        .resolve(220, 'Down ap1')
        .until(400),
    ['70 default first [Down] +Down switch', '250 default resolved [Down] -Down switch'],
  );

  scenario(
    'counts a device as reachable as long as one of its parents is up',
    { ...tree, parents: [{ devices: 'ap1', parents: 'left, right' }] },
    (s) =>
      s
        .poll(0, '!left', 'right', 'ap1')
        .poll(60, '!left', 'right', '!ap1')
        .fire(60, 'Down left', 'Down ap1')
        .poll(61, 'right')
        .until(100),
    ['70 default first [Down] +Down left, +Down ap1'],
  );

  scenario(
    'takes parents of all by *, of which none is a child of the others',
    { ...tree, parents: [{ devices: '*', parents: 'gateway, modem' }] },
    (s) =>
      s
        .poll(0, 'gateway', 'modem', 'nas')
        .poll(60, '!gateway', '!modem', '!nas')
        .fire(60, 'Down gateway', 'Down modem', 'Down nas', 'Cpu nas')
        .until(100),
    ['70 default first [Down] +Down gateway, +Down modem'],
  );

  it('tells a history which devices cannot be reached, so that availability leaves them out', () => {
    const s = new Scenario(tree, 'restart');
    s.poll(0, 'router', 'switch', 'ap1').poll(60, 'router', '!switch', '!ap1');
    assert.deepEqual(s.readings, ['60 device_unreachable 1 ap1']);
    s.poll(120, 'router', 'switch', '!ap1').poll(130, 'ap1');
    assert.deepEqual(s.readings.slice(1), ['130 device_unreachable 0 ap1']);
  });

  it('names the parents where alerts are listed', () => {
    const s = new Scenario(tree, 'never');
    s.poll(0, '!switch', '!ap1').fire(0, 'Down ap1', 'Cpu ap1');
    assert.deepEqual(s.standing(), [
      'Down ap1: suppressed (switch)',
      'Cpu ap1: suppressed (switch)',
    ]);
  });

  it('tells of parents that nothing was heard of', () => {
    const s = new Scenario(tree, 'never').poll(0, 'switch');
    assert.deepEqual(s.manager.unknownParents, ['router']);
  });

  it('refuses a circle', () => {
    const parents = [
      { devices: 'a', parents: 'b' },
      { devices: 'b*', parents: 'c, a' },
    ];
    assert.throws(() => checkConfiguration('', { parents }), {
      message:
        'parents[0].parents: expected parents that do not lead back to the device, but got "b → a → b"',
    });
  });

  it('takes learned parents where none are typed, and refuses a circle of them', () => {
    const s = new Scenario({ ...tree, parents: [] }, 'restart');
    const at = { now: 0, date: 0 };
    s.manager.learnParents('parents', new Map([['ap1', ['switch']]]), at);
    s.poll(1, '!switch', '!ap1');
    assert.deepEqual(s.readings, ['1 device_unreachable 1 ap1']);
    const circle = new Map([
      ['a', ['b']],
      ['b', ['a']],
    ]);
    assert.throws(() => s.manager.learnParents('payload', circle, at), /payload: .*a → b → a/);
    s.poll(2, 'switch', 'ap1').poll(3, '!switch', '!ap1');
    assert.equal(s.readings.at(-1), '3 device_unreachable 1 ap1');
  });
});
