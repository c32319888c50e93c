import assert from 'node:assert/strict';
import { Scenario, scenario } from './scenario.ts';

const quick = {
  ...{ groupBy: 'alertname', groupWait: 10, groupInterval: 60, repeatInterval: 3600 },
  inhibitions: [],
};

describe('a silence', () => {
  scenario(
    'keeps what it takes from being told, until it ends',
    quick,
    (s) =>
      s
        .silence(0, 'one', 'device=a', 0, 100)
        .fire(5, 'Cpu a', 'Cpu b')
        .resolve(300, 'Cpu a', 'Cpu b')
        .until(400),
    [
      '15 default first [Cpu] +Cpu b',
      '135 default changed [Cpu] +Cpu a, +Cpu b',
      '315 default resolved [Cpu] -Cpu b, -Cpu a',
    ],
  );

  scenario(
    'has the end told of what was told before it began',
    quick,
    (s) =>
      s.fire(0, 'Cpu a').silence(20, 'one', 'device=a', 20, 5000).resolve(30, 'Cpu a').until(200),
    ['10 default first [Cpu] +Cpu a', '70 default resolved [Cpu] -Cpu a'],
  );

  scenario(
    'has neither told of what begins and ends under it',
    quick,
    (s) =>
      s.silence(0, 'one', 'device=a', 0, 500).fire(5, 'Cpu a').resolve(200, 'Cpu a').until(900),
    [],
  );

  scenario(
    'keeps repeats from being told',
    { ...quick, repeatInterval: 60 },
    (s) => s.fire(0, 'Cpu a').silence(20, 'one', 'alertname=Cpu', 100, 200).until(260),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default repeat [Cpu] +Cpu a',
      '250 default repeat [Cpu] +Cpu a',
    ],
  );

  scenario(
    'can be ended early, and moved',
    quick,
    (s) =>
      s
        .silence(0, 'one', 'device=a', 0, 5000)
        .fire(5, 'Cpu a')
        .silence(20, 'one', 'device=a', 0, 6000)
        .expire(100, 'one')
        .until(300),
    ['135 default first [Cpu] +Cpu a'],
  );

  scenario(
    'ends by the clock on the wall, also where that is set',
    quick,
    (s) => s.silence(0, 'one', 'device=a', 0, 5000).fire(5, 'Cpu a').jump(20, 5000).until(200),
    ['75 default first [Cpu] +Cpu a'],
  );

  it('is named where alerts are listed', () => {
    const s = new Scenario(quick, 'never');
    s.silence(0, 'one', 'device=a', 0, 100).fire(5, 'Cpu a', 'Cpu b');
    assert.deepEqual(s.standing(), ['Cpu a: suppressed (one)', 'Cpu b: unprocessed']);
    s.until(200);
    assert.deepEqual(s.standing(), ['Cpu a: active', 'Cpu b: active']);
  });
});

describe('inhibition', () => {
  const bySeverity = {
    ...quick,
    inhibitions: [{ source: 'severity=critical', target: 'severity=warning', equal: 'device' }],
  };

  scenario(
    'keeps from being told what another alert of the same device explains',
    bySeverity,
    (s) =>
      s
        .fire(0, 'Down a critical', 'Cpu a', 'Cpu b')
        .resolve(100, 'Down a critical')
        .resolve(200, 'Cpu a')
        .until(300),
    [
      '10 default first [Down] !Down a',
      '10 default first [Cpu] +Cpu b',
      '130 default resolved [Down] -Down a',
      '130 default changed [Cpu] +Cpu a, +Cpu b',
      '250 default changed [Cpu] +Cpu b, -Cpu a',
    ],
  );

  scenario(
    'has the end told of what was told before',
    bySeverity,
    (s) => s.fire(0, 'Cpu a').fire(20, 'Down a critical').resolve(40, 'Cpu a').until(200),
    [
      '10 default first [Cpu] +Cpu a',
      '30 default first [Down] !Down a',
      '70 default resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'does not come of what both sides take',
    {
      ...quick,
      inhibitions: [{ source: 'device=~".+"', target: 'device=~".+"', equal: 'device' }],
    },
    (s) => s.fire(0, 'Cpu a', 'Disk a').until(20),
    ['10 default first [Cpu] +Cpu a', '10 default first [Disk] +Disk a'],
  );

  it('is named where alerts are listed', () => {
    const s = new Scenario(bySeverity, 'never').fire(0, 'Down a critical', 'Cpu a');
    assert.deepEqual(s.standing(), ['Down a: unprocessed', 'Cpu a: suppressed (Down a)']);
  });
});

describe('maintenance', () => {
  const window = {
    name: 'backup',
    matchers: 'site=a',
    from: '2026-11-25 09:01',
    to: '2026-11-25 09:05',
  };
  const once = { ...quick, maintenance: [{ ...window, timeZone: 'Europe/Berlin' }] };

  scenario(
    'keeps from being told what its matchers take, and has all told of after it',
    once,
    (s) => s.fire(50, 'Cpu a1').fire(70, 'Disk a1', 'Disk b1').until(400),
    [
      '80 default first [Disk] +Disk b1',
      '320 default changed [Disk] +Disk a1, +Disk b1',
      '300 default first [Cpu] +Cpu a1',
    ].sort((a, b) => parseInt(a) - parseInt(b)),
  );

  it('is told to a history when it begins and ends, by its labels or for each device', () => {
    const s = new Scenario(
      {
        ...quick,
        maintenance: [
          once.maintenance[0]!,
          { ...window, timeZone: 'Europe/Berlin', name: 'all', matchers: 'device=~"c.*"' },
        ],
      },
      'restart',
    );
    s.poll(0, 'core', 'cam', 'door').until(400);
    assert.deepEqual(s.readings, [
      '60 maintenance 1 a',
      '60 maintenance 1 core',
      '60 maintenance 1 cam',
      '300 maintenance 0 a',
      '300 maintenance 0 core',
      '300 maintenance 0 cam',
    ]);
  });
});

describe('an acknowledgement', () => {
  const often = { ...quick, repeatInterval: 60 };

  scenario(
    'ends repeats, until the alert gets worse',
    often,
    (s) =>
      s
        .fire(0, 'Cpu a')
        .acknowledge(100, 'device=a')
        .fire(200, 'Cpu a critical')
        .resolve(260, 'Cpu a')
        .until(500),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default repeat [Cpu] +Cpu a',
      '250 default changed [Cpu] !Cpu a',
      '310 default resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'is of one outage only',
    often,
    (s) =>
      s
        .fire(0, 'Cpu a')
        .acknowledge(20, 'device=a')
        .resolve(30, 'Cpu a')
        .until(80)
        .fire(100, 'Cpu a')
        .until(200),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default resolved [Cpu] -Cpu a',
      '110 default first [Cpu] +Cpu a',
      '170 default repeat [Cpu] +Cpu a',
    ],
  );

  scenario(
    'does not end the repeats of a group in which another alert is not acknowledged',
    often,
    (s) => s.fire(0, 'Cpu a', 'Cpu b').acknowledge(20, 'device=a').until(80),
    ['10 default first [Cpu] +Cpu a, +Cpu b', '70 default repeat [Cpu] +Cpu a, +Cpu b'],
  );

  it('is told to a history, with the time that it took', () => {
    const s = new Scenario(quick, 'restart');
    s.fire(0, 'Cpu a').acknowledge(90, 'device=a').resolve(200, 'Cpu a');
    assert.deepEqual(s.readings, [
      '0 alert_state 2 a a Cpu',
      '90 alert_acknowledged 1 a a Cpu',
      '90 alert_time_to_acknowledge 90 a a Cpu',
      '200 alert_state 0 a a Cpu',
      '200 alert_time_to_resolve 200 a a Cpu',
      '200 alert_acknowledged 0 a a Cpu',
    ]);
  });
});

describe('escalation', () => {
  const escalating = {
    ...{ ...quick, receivers: 'mail, boss', escalateAfter: 90, escalateTo: 'boss' },
  };

  scenario(
    'tells another receiver of what nobody acknowledges in time, and of its end',
    escalating,
    (s) =>
      s
        .fire(0, 'Cpu a', 'Cpu b')
        .acknowledge(50, 'device=b')
        .resolve(200, 'Cpu a', 'Cpu b')
        .until(400),
    [
      '10 mail first [Cpu] +Cpu a, +Cpu b',
      '100 boss escalated [Cpu] +Cpu a',
      '250 mail resolved [Cpu] -Cpu a, -Cpu b',
      '250 boss resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'does not come where everything is acknowledged, silenced or over in time',
    escalating,
    (s) =>
      s
        .fire(0, 'Cpu a', 'Cpu b', 'Cpu c')
        .acknowledge(50, 'device=a')
        .resolve(60, 'Cpu b')
        .silence(70, 'one', 'device=c', 70, 400)
        .until(300),
    ['10 mail first [Cpu] +Cpu a, +Cpu b, +Cpu c', '70 mail changed [Cpu] +Cpu a, +Cpu c, -Cpu b'],
  );
});

describe('flapping', () => {
  const flaps = { ...quick, flapChanges: 4, flapWindow: 100 };

  scenario(
    'is told of once, and so is its end',
    flaps,
    (s) =>
      s
        .fire(0, 'Cpu a')
        .resolve(20, 'Cpu a')
        .fire(40, 'Cpu a')
        .resolve(60, 'Cpu a')
        .fire(80, 'Cpu a')
        .resolve(100, 'Cpu a')
        .until(500),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default flapping [Cpu] +Cpu a flaps, 4 changes in 1.6666666666666667 min',
      '190 default resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'goes on as a plain alert where it ends up firing',
    flaps,
    (s) =>
      s
        .fire(0, 'Cpu a')
        .resolve(20, 'Cpu a')
        .fire(40, 'Cpu a')
        .resolve(60, 'Cpu a')
        .fire(80, 'Cpu a')
        .until(300)
        .resolve(300, 'Cpu a')
        .until(400),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default flapping [Cpu] +Cpu a flaps, 4 changes in 1.6666666666666667 min',
      '190 default changed [Cpu] +Cpu a',
      '310 default resolved [Cpu] -Cpu a',
    ],
  );
});
