import { scenario } from './scenario.ts';

const quick = { groupWait: 10, groupInterval: 60, repeatInterval: 600 };
const byName = { ...quick, groupBy: 'alertname' };

describe('grouping', () => {
  scenario(
    'tells of all that fires within groupWait at once, and of each end at the next groupInterval',
    byName,
    (s) =>
      s
        .fire(0, 'Down a')
        .fire(3, 'Down b')
        .fire(9, 'Down c')
        .fire(20, 'Down d')
        .resolve(25, 'Down a')
        .resolve(100, 'Down b', 'Down c', 'Down d')
        .until(1000),
    [
      '10 default first [Down] +Down a, +Down b, +Down c',
      '70 default changed [Down] +Down b, +Down c, +Down d, -Down a',
      '130 default resolved [Down] -Down b, -Down c, -Down d',
    ],
  );

  scenario(
    'makes a group of each value of the labels, and one of those without',
    { ...quick, groupBy: 'site' },
    (s) => s.fire(0, 'Cpu a1', 'Cpu a2', 'Cpu b1', 'Cpu').until(30),
    [
      '10 default first [a] +Cpu a1, +Cpu a2',
      '10 default first [b] +Cpu b1',
      '10 default first [all] +Cpu',
    ],
  );

  scenario(
    'tells of each alert alone by ...',
    { ...quick, groupBy: '...', groupWait: 0 },
    (s) => s.fire(0, 'Cpu a', 'Cpu b'),
    [
      '0 default first [Cpu · a · cpu_usage · warning · a] +Cpu a',
      '0 default first [Cpu · b · cpu_usage · warning · b] +Cpu b',
    ],
  );

  scenario(
    'tells of an event once, and not of its end',
    { ...byName, repeatInterval: 150 },
    (s) => s.fire(0, 'Change a').fire(30, 'Change b').resolve(900, 'Change a').until(2000),
    ['10 default first [Change] +Change a', '70 default changed [Change] +Change a, +Change b'],
  );

  scenario(
    'forgets an event once it is over, and tells the end of what was told with it',
    { ...quick, groupBy: 'site', repeatInterval: 300 },
    (s) =>
      s
        .fire(0, 'Change a', 'Cpu a')
        .resolve(400, 'Change a')
        .resolve(800, 'Cpu a')
        .fire(1000, 'Change a')
        .until(1200),
    [
      '10 default first [a] +Change a, +Cpu a',
      '310 default repeat [a] +Change a, +Cpu a',
      '610 default repeat [a] +Cpu a',
      '850 default resolved [a] -Cpu a',
      '1010 default first [a] +Change a',
    ],
  );

  scenario(
    'does not tell of what is over before groupWait',
    byName,
    (s) => s.fire(0, 'Cpu a').resolve(5, 'Cpu a').until(100),
    [],
  );

  scenario(
    'repeats after repeatInterval, at a turn of groupInterval, while nothing changes',
    { ...byName, repeatInterval: 150 },
    (s) => s.fire(0, 'Cpu a').resolve(400, 'Cpu a').until(900),
    [
      '10 default first [Cpu] +Cpu a',
      '190 default repeat [Cpu] +Cpu a',
      '370 default repeat [Cpu] +Cpu a',
      '430 default resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'takes what ends and fires again between two turns as one story',
    byName,
    (s) => s.fire(0, 'Cpu a').resolve(20, 'Cpu a').fire(30, 'Cpu a').until(200),
    ['10 default first [Cpu] +Cpu a'],
  );

  scenario(
    'tells of an alert that gets worse, not of one that gets better, and of one end',
    byName,
    (s) =>
      s
        .fire(0, 'Cpu a warning')
        .fire(20, 'Cpu a critical')
        .fire(100, 'Cpu a warning')
        .resolve(200, 'Cpu a warning')
        .until(300),
    [
      '10 default first [Cpu] +Cpu a',
      '70 default changed [Cpu] !Cpu a',
      '250 default resolved [Cpu] -Cpu a',
    ],
  );

  scenario(
    'ends what is no longer in the list of its sender, and takes what is new in it',
    byName,
    (s) =>
      s.list(0, 'Cpu a', 'Cpu b').list(20, 'Cpu b', 'Cpu c').fire(30, 'Cpu x').list(80).until(200),
    [
      '10 default first [Cpu] +Cpu a, +Cpu b',
      '70 default changed [Cpu] +Cpu b, +Cpu c, +Cpu x, -Cpu a',
      '130 default changed [Cpu] +Cpu x, -Cpu b, -Cpu c',
    ],
  );

  scenario(
    'tells after an outage of its own what it missed',
    byName,
    (s) => s.fire(0, 'Cpu a').until(30).down(30, 5000).until(5001).list(5010).until(5200),
    ['10 default first [Cpu] +Cpu a', '5000 default repeat [Cpu] +Cpu a'],
  );
});
