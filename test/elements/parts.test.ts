import assert from 'node:assert/strict';
import type { DeviceState } from '../../nodes/contract/pages.ts';
import { freshness } from '../../nodes/elements/pages/headline.ts';
import { stateTexts } from '../../nodes/elements/parts/alert-state.ts';
import { placeOf, spanText } from '../../nodes/elements/parts/alert-timeline.ts';
import { barsOf } from '../../nodes/elements/parts/busiest.ts';
import { headline } from '../../nodes/elements/parts/headline.ts';
import { barText, sliceText } from '../../nodes/elements/parts/history-bar.ts';
import { portCounts } from '../../nodes/elements/parts/port-cells.ts';
import { portGroups } from '../../nodes/elements/parts/port-groups.ts';
import { found } from '../../nodes/elements/parts/search.ts';
import { afterClick, sorted } from '../../nodes/elements/parts/sort.ts';
import { sparklinePath } from '../../nodes/elements/parts/sparkline-path.ts';
import { deviceText } from '../../nodes/elements/view/text.ts';
import { Words } from '../../nodes/elements/words/words.ts';
import { hostile, now, overview, switchPorts } from './samples.ts';

const words = new Words('en');
const counts = (some: Partial<Record<DeviceState, number>>) => ({
  ...{ up: 0, degraded: 0, down: 0, maintenance: 0, unknown: 0 },
  ...some,
});

describe('The headline', () => {
  const said = (devices: object, checks: object = {}, language = 'en') => {
    const all = { devices: counts(devices), checks: counts(checks) };
    const { text, tone } = headline(all, new Words(language));
    return `${tone}: ${text.replaceAll('\u00a0', ' ')}`;
  };

  it('says what is wrong, the worst first', () => {
    assert.equal(said({ up: 20, down: 1, degraded: 2 }), 'crit: 1 device down, 2 degraded');
    assert.equal(said({ degraded: 1 }, { down: 2 }), 'crit: 1 device degraded, 2 checks down');
    assert.equal(said({ degraded: 3, up: 1 }), 'warn: 3 devices degraded');
    assert.equal(said({ down: 1 }, {}, 'de'), 'crit: 1 Gerät gestört');
  });

  it('says that all is well only where it is', () => {
    assert.equal(said({ up: 23 }), 'ok: All 23 devices are up');
    assert.equal(said({ up: 1, maintenance: 1 }, { up: 3 }), 'ok: Everything is up');
    assert.equal(said({}, { up: 3 }), 'ok: All 3 checks are up');
    assert.equal(said({ up: 2, unknown: 1 }), 'off: Nothing heard of 1 of them');
    assert.equal(said({}), 'off: No devices yet');
  });
});

describe('When readings came', () => {
  const page = { ...overview, lastReading: now, interval: 10_000 };

  it('is told, and once they are late, that', () => {
    const told = (ms: number, one = page) => freshness(one, now + ms, words);
    assert.deepEqual(told(4000), { text: 'last readings 4 s ago, every 10 s', isLate: false });
    assert.equal(told(36_000).isLate, true);
    const { interval, ...once } = page;
    assert.equal(interval, 10_000);
    assert.deepEqual(freshness(once, now + 3_600_000, words), {
      text: 'last readings 1 h ago',
      isLate: false,
    });
    assert.equal(freshness({ ...page, lastReading: null }, now, words).text, 'no readings yet');
  });
});

describe('Sorting', () => {
  const rates = [6.71e6, null, 77.9e6, 669e3, 460e6, NaN];

  it('is by number, and what is not known comes last either way', () => {
    const down = sorted(rates, (rate) => rate, true, 'en');
    assert.deepEqual(down, [460e6, 77.9e6, 6.71e6, 669e3, null, NaN]);
    const up = sorted(rates, (rate) => rate, false, 'en');
    assert.deepEqual(up, [669e3, 6.71e6, 77.9e6, 460e6, null, NaN]);
  });

  it('is of texts as people sort them', () => {
    const names = ['Gi1/0/10', 'gi1/0/2', 'Gi1/0/1'];
    assert.deepEqual(
      sorted(names, (name) => name, false, 'en'),
      ['Gi1/0/1', 'gi1/0/2', 'Gi1/0/10'],
    );
  });

  it('begins with the largest number, and turns round', () => {
    const one = afterClick(undefined, 'in', true);
    assert.deepEqual(one, { column: 'in', isDescending: true });
    assert.equal(afterClick(one, 'in', true).isDescending, false);
    assert.equal(afterClick(one, 'name', false).isDescending, false);
  });
});

describe('The ports of a device', () => {
  it('stand in its order, in rows of one kind, without virtual ones', () => {
    const groups = portGroups([...switchPorts].reverse());
    assert.deepEqual(
      groups.map(({ prefix, ports }) => [prefix, ports.length]),
      [
        ['Gi1/0/', 48],
        ['Te1/0/', 2],
      ],
    );
    assert.deepEqual(
      groups[0]!.ports.slice(0, 3).map(({ label }) => label),
      ['1', '2', '3'],
    );
  });

  it('have their names where they are in no row', () => {
    const named = ['wan', 'lan1', 'lan2', 'wlan0'].map((name, index) => ({
      ...switchPorts[0]!,
      name,
      index,
    }));
    const [group, ...others] = portGroups(named);
    assert.deepEqual(others, []);
    assert.deepEqual(
      group!.ports.map(({ label }) => label),
      ['wan', 'lan1', 'lan2', 'wlan0'],
    );
  });

  it('are counted by state', () => {
    assert.equal(
      portCounts(switchPorts, words),
      '41 up · 2 lost its link · 6 no link so far · 1 switched off',
    );
  });
});

describe('The bars of a port', () => {
  it('are shares of its line, or of the busiest where no speed is known', () => {
    const port = {
      ...switchPorts[0]!,
      inUtilization: 87,
      outUtilization: 130,
      inRate: 50,
      outRate: null,
    };
    assert.deepEqual(barsOf(port, 100), { in: 87, out: 100 });
    const unknown = { ...port, inUtilization: null, outUtilization: null };
    assert.deepEqual(barsOf(unknown, 100), { in: 50, out: 0 });
    assert.deepEqual(barsOf(unknown, 0), { in: 0, out: 0 });
  });
});

describe('A history bar', () => {
  const at = (hours: number) => new Date(2026, 10, 28, hours).getTime();
  const slice = (hours: number, state: DeviceState, percent: number | null = null) => ({
    ...{ start: at(hours), end: at(hours + 1), state, percent },
  });

  it('says what was wrong and when', () => {
    const slices = [slice(1, 'up'), slice(2, 'down'), slice(3, 'down'), slice(4, 'degraded')];
    assert.equal(barText(slices, words), '02:00 to 04:00: down; 04:00 to 05:00: degraded');
    assert.equal(barText([slice(1, 'up')], words), 'up all the time');
    assert.equal(barText([slice(1, 'unknown')], words), 'nothing known');
    assert.equal(sliceText(slice(2, 'down', 61.999), words), '02:00 to 03:00: down, 61.99 %');
  });
});

describe('A small curve', () => {
  it('goes from zero to the largest value, with gaps', () => {
    assert.equal(sparklinePath([0, 10], 100, 23), 'M0 21.5L100 1.5');
    assert.equal(sparklinePath([5, null, 10, 0], 90, 23), 'M0 11.5h1M60 1.5L90 21.5');
    assert.equal(sparklinePath([null, null], 100, 20), '');
    assert.equal(sparklinePath([0, 0], 10, 23), 'M0 21.5L10 21.5');
  });
});

describe('The chooser', () => {
  const devices = ['sw-core-1', 'sw-access-1', 'Router'].map((name) => ({
    name,
    title: name,
    state: 'up' as const,
  }));

  it('finds by each word, whatever the case', () => {
    const names = (typed: string) => found(devices, typed).map(({ name }) => name);
    assert.deepEqual(names('SW 1'), ['sw-core-1', 'sw-access-1']);
    assert.deepEqual(names('router'), ['Router']);
    assert.deepEqual(names('core access'), []);
    assert.equal(names('').length, 3);
  });
});

describe('A text of a device', () => {
  it('is one line of readable length', () => {
    assert.equal(deviceText(hostile.control), 'a b [31mc de');
    assert.equal(deviceText(hostile.long).length, 200);
    assert.ok(deviceText(hostile.long).endsWith('…'));
    assert.equal(deviceText(undefined), '');
    assert.equal(deviceText({ toString: () => 'x' }), '');
    assert.equal(deviceText(hostile.vue), hostile.vue);
  });
});

describe('How an alert stands', () => {
  it('is said with names of people, parents and windows, few of many, on one line each', () => {
    const status = {
      acknowledged: { by: 'Ana\n', comment: '', at: now - 300_000 },
      ...{ isFlapping: true, silencedBy: ['s'], silencedUntil: now + 48 * 3_600_000 },
      ...{ inhibitedBy: [], maintainedBy: ['Sundays'], unreachableBy: ['a', 'b', 'c', 'd'] },
    };
    assert.deepEqual(stateTexts(status, now, words), [
      'acknowledged by Ana, 5 min ago',
      `silenced until ${words.moment(now + 48 * 3_600_000)}`,
      'unreachable, because a, b, c, … is down',
      'in maintenance: Sundays',
      'flapping',
    ]);
  });
});

describe('A span of a time line', () => {
  it('says when it began, was acknowledged and ended', () => {
    const [from, seen, to] = [0, 1, 2].map((minutes) => now + minutes * 60_000) as [
      number,
      number,
      number,
    ];
    assert.equal(
      spanText({ start: from, end: to, acknowledged: seen }, words),
      `${words.moment(from)} to ${words.moment(to)}, acknowledged ${words.moment(seen)}`,
    );
    assert.equal(spanText({ start: from }, words), `${words.moment(from)} to now`);
  });

  it('lies where it was, and is cut where the time begins and ends', () => {
    assert.deepEqual(placeOf({ start: 125, end: 150 }, 100, 200), { left: 25, width: 25 });
    assert.deepEqual(placeOf({ start: 0 }, 100, 200), { left: 0, width: 100 });
    assert.deepEqual(placeOf({ start: 0, end: 110 }, 100, 200), { left: 0, width: 10 });
  });
});
