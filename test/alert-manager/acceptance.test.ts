import { scenario } from './scenario.ts';

// What Alertmanager's documentation says of routes, groups, inhibition and silences, as timelines with the short
// times that its acceptance tests have. Source: https://prometheus.io/docs/alerting/latest/configuration/ and
// https://prometheus.io/docs/alerting/latest/alertmanager/; the turns of a group are at groupWait and every
// groupInterval from then on.

const second = { groupWait: 1, groupInterval: 1, repeatInterval: 1, inhibitions: [] };

describe('as Alertmanager does, alert manager', () => {
  scenario(
    'repeats what still fires, and sends its end once',
    { ...second, groupBy: 'alertname' },
    (s) => s.fire(1, 'a').resolve(4.5, 'a').until(9),
    [
      '2 default first [a] +a',
      '3 default repeat [a] +a',
      '4 default repeat [a] +a',
      '5 default resolved [a] -a',
    ],
  );

  scenario(
    'sends new alerts of a group with the others at its next turn, and not between',
    { ...second, groupBy: 'alertname', groupInterval: 5, repeatInterval: 10 },
    (s) => s.fire(1, 'x a').fire(2.5, 'x b').fire(4, 'x c').until(18),
    [
      '2 default first [x] +x a',
      '7 default changed [x] +x a, +x b, +x c',
      '17 default repeat [x] +x a, +x b, +x c',
    ],
  );

  scenario(
    'sends what resolves and fires again within one turn as nothing new',
    { ...second, groupBy: 'alertname', groupInterval: 5, repeatInterval: 30 },
    (s) => s.fire(1, 'a').resolve(3, 'a').fire(5, 'a').until(13),
    ['2 default first [a] +a'],
  );

  scenario(
    'keeps a silenced alert back, whether the silence came before it or after',
    { ...second, groupBy: 'alertname' },
    (s) =>
      s
        .fire(1, 'one', 'two')
        .silence(2.5, 's', 'alertname=one', 2.5, 4.5)
        .resolve(5.5, 'one', 'two')
        .until(8),
    [
      '2 default first [one] +one',
      '2 default first [two] +two',
      '3 default repeat [two] +two',
      '4 default repeat [two] +two',
      '5 default repeat [one] +one',
      '5 default repeat [two] +two',
      '6 default resolved [one] -one',
      '6 default resolved [two] -two',
    ],
  );

  scenario(
    'sends again what was silenced, once the silence is ended',
    { ...second, groupBy: 'alertname' },
    (s) => s.silence(0, 's', 'alertname=one', 0, 100).fire(1, 'one').expire(3.5, 's').until(4.5),
    ['4 default first [one] +one'],
  );

  scenario(
    'inhibits the targets of a source with equal labels, as long as it fires',
    {
      ...second,
      groupBy: 'alertname',
      repeatInterval: 100,
      inhibitions: [{ source: 'alertname=JobDown', target: 'alertname=Instance', equal: 'site' }],
    },
    (s) =>
      s
        .fire(1, 'Instance a1', 'Instance b1')
        .fire(2.5, 'JobDown a')
        .fire(3.2, 'Instance a2')
        .resolve(5, 'JobDown a')
        .until(8),
    [
      '2 default first [Instance] +Instance a1, +Instance b1',
      '3.5 default first [JobDown] +JobDown a',
      '5.5 default resolved [JobDown] -JobDown a',
      '6 default changed [Instance] +Instance a1, +Instance b1, +Instance a2',
    ],
  );

  scenario(
    'takes the first route that fits, and further ones only after one that continues',
    {
      ...second,
      receivers: 'default, first, second, third',
      groupBy: 'alertname',
      repeatInterval: 100,
      routes: [
        { filter: 'alertname=a', receiver: 'first', continue: true },
        { filter: 'alertname=~"a|b"', receiver: 'second' },
        { filter: 'alertname=~".*"', severity: 'critical', receiver: 'third' },
      ],
    },
    (s) => s.fire(0, 'a', 'b', 'c', 'd  critical').until(2),
    [
      '1 first first [a] +a',
      '1 second first [a] +a',
      '1 second first [b] +b',
      '1 default first [c] +c',
      '1 third first [d] !d',
    ],
  );

  scenario(
    'keeps the times of a route of its own',
    {
      ...second,
      groupBy: 'alertname',
      repeatInterval: 100,
      routes: [{ filter: 'alertname=slow', receiver: 'default', groupWait: 7, groupBy: 'site' }],
    },
    (s) => s.fire(0, 'slow a', 'fast a').until(10),
    ['1 default first [fast] +fast a', '7 default first [a] +slow a'],
  );
});
