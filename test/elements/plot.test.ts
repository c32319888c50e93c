import assert from 'node:assert/strict';
import type { Chart, Line } from '../../nodes/contract/pages.ts';
import { axisRange, nearLimits, plotOf, valuesAt } from '../../nodes/elements/chart/plot.ts';
import { bandsOf } from '../../nodes/elements/chart/series-options.ts';
import { figuresOf, lineName, noteOf, summaryOf } from '../../nodes/elements/chart/summary.ts';
import { tickLabels, timeTicks } from '../../nodes/elements/chart/time-axis.ts';
import { Words } from '../../nodes/elements/words/words.ts';

const words = new Words('en');
const hour = 3_600_000;

function line(
  name: string,
  role: Line['role'],
  values: (number | null)[],
  more: Partial<Line> = {},
): Line {
  return {
    ...{ name, key: name, role, unit: 'bit/s', values },
    times: values.map((_, i) => i * 10),
    ...{ last: values.at(-1) ?? null, mean: 1e6, highest: 2e6 },
    ...more,
  };
}

function chart(lines: Line[], more: Partial<Chart> = {}): Chart {
  return { title: 'wan', unit: 'bit/s', isMirrored: true, limits: [], marks: [], lines, ...more };
}

describe('A plot', () => {
  it('is made once for a chart and a theme', () => {
    const one = chart([line('in', 'in', [1, 2, 3])]);
    assert.equal(plotOf(one, 'light'), plotOf(one, 'light'));
    assert.notEqual(plotOf(one, 'dark'), plotOf(one, 'light'));
    assert.notEqual(plotOf({ ...one }, 'light'), plotOf(one, 'light'));
  });

  it('has in above and out below zero, in one unit', () => {
    const plot = plotOf(
      chart([line('in', 'in', [1e6, null, 3e6]), line('out', 'out', [5e5, 4e5, 0])]),
      'light',
    );
    assert.deepEqual(plot.times, [0, 10, 20]);
    assert.deepEqual(
      plot.series.map(({ kind, values }) => [kind, ...values]),
      [
        ['line', 1e6, null, 3e6],
        ['line', -5e5, -4e5, -0],
      ],
    );
    assert.deepEqual([plot.lowest, plot.highest, plot.unit], [-5e5, 3e6, 'Mbit/s']);
  });

  it('puts lines of different times on one axis, and tells a gap from no time', () => {
    const other = line('b', 'value', [7, null], { times: [5, 20] });
    const plot = plotOf(
      chart([line('a', 'value', [1, 2, 3]), other], { isMirrored: false }),
      'dark',
    );
    assert.deepEqual(plot.times, [0, 5, 10, 20]);
    assert.deepEqual(plot.series[0]!.values, [1, undefined, 2, 3]);
    assert.deepEqual(plot.series[1]!.values, [undefined, 7, undefined, null]);
  });

  it('has the time before and a band behind each line', () => {
    const one = line('a', 'value', [2, 3], {
      ...{ min: [1, 2], max: [5, 9] },
      before: { times: [0, 10], values: [4, null] },
    });
    const plot = plotOf(chart([one], { isMirrored: false }), 'light');
    assert.deepEqual(
      plot.series.map(({ kind }) => kind),
      ['least', 'most', 'before', 'line'],
    );
    assert.equal(plot.highest, 9);
    assert.deepEqual(valuesAt(plot, 0), [{ line: 0, value: 2, before: 4 }]);
  });

  it('has what is normal behind a line, below zero where that is', () => {
    const one = line('a', 'out', [2, 3, 4], { normal: { low: [1, null, 2], high: [5, null, 6] } });
    const plot = plotOf(chart([one]), 'light');
    assert.deepEqual(
      plot.series.map(({ kind, values }) => [kind, ...values]),
      [
        ['low', -1, null, -2],
        ['high', -5, null, -6],
        ['line', -2, -3, -4],
      ],
    );
    assert.equal(plot.lowest, -6);
    // The upper one first, down to the lower one.
    assert.deepEqual(
      bandsOf(plot.series).map(({ series }) => series),
      [[1, 2]],
    );
    assert.match(noteOf(chart([one]), words, 'none'), /dotted: normal range/);
  });

  it('has at most seven lines', () => {
    const lines = Array.from({ length: 12 }, (_, i) => line(`l${i}`, 'value', [i]));
    const plot = plotOf(chart(lines, { isMirrored: false }), 'light');
    assert.equal(plot.lines.length, 7);
    const looks = plot.series.map(({ look }) => look);
    assert.equal(new Set(looks.map(({ color }) => color)).size, 7);
    assert.equal(new Set(looks.map(({ dash }) => dash.join())).size, 7);
  });

  it('has both directions of at most seven ports', () => {
    const lines = Array.from({ length: 12 }, (_, i) => [
      line(`p${i}`, 'in', [i]),
      line(`p${i}`, 'out', [i]),
    ]);
    const plot = plotOf(chart(lines.flat()), 'light');
    assert.deepEqual(
      plot.lines.map(({ name }) => name),
      ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'].flatMap((name) => [name, name]),
    );
    assert.equal(lineName(plot.lines[1]!, words), 'p0 out');
    assert.equal(lineName({ name: 'in', role: 'in' }, words), 'in');
  });

  it('tells the values at a time, the largest first and without a sign for below', () => {
    const lines = [
      line('in', 'in', [1, 5]),
      line('out', 'out', [3, null]),
      line('x', 'in', [9, 2]),
    ];
    const plot = plotOf(chart(lines), 'light');
    assert.deepEqual(
      valuesAt(plot, 0).map((one) => [one.line, one.value]),
      [
        [2, 9],
        [1, 3],
        [0, 1],
      ],
    );
    // A gap is not filled with what stands beside it.
    assert.deepEqual(
      valuesAt(plot, 1).map(({ line: at }) => at),
      [0, 2],
    );
  });

  it('of values below zero tells them with their sign', () => {
    const plot = plotOf(
      chart([line('t', 'value', [-4])], { isMirrored: false, unit: '°C' }),
      'light',
    );
    assert.deepEqual(valuesAt(plot, 0), [{ line: 0, value: -4 }]);
  });

  it('ends its axis at a round number of the unit that is shown', () => {
    const range = (highest: number, lowest = 0, unit = 'bit/s', factor = 1) =>
      axisRange({ highest, lowest, unit, factor }, []);
    assert.deepEqual(range(932e6, 0, 'Mbit/s', 1e-6), [0, 1e9]);
    assert.deepEqual(range(932, -402), [-500, 1000]);
    assert.deepEqual(range(0), [0, 1]);
    assert.deepEqual(range(55, 0, '%'), [0, 100]);
    assert.deepEqual(range(2.1, 0, '%'), [0, 2.5]);
    assert.deepEqual(
      axisRange({ highest: 5, lowest: 0, unit: '', factor: 1 }, [{ value: 8 }]),
      [0, 10],
    );
  });

  it('draws a limit that is near, and leaves a far one to the words', () => {
    const limits = [800, 90].map((value) => ({ value, severity: 'warning', rule: 'r' }) as const);
    const plot = { ...plotOf(chart([]), 'light'), highest: 60, lowest: 0 };
    assert.deepEqual(
      nearLimits(limits, plot).map(({ value }) => value),
      [90],
    );
  });

  it('draws a limit of what goes out below zero', () => {
    const limits = (['in', 'out'] as const).map(
      (role) => ({ value: 50, severity: 'warning', rule: 'r', role }) as const,
    );
    const values = nearLimits(limits, { highest: 60, lowest: -40 }).map(({ value }) => value);
    assert.deepEqual(values, [50, -50]);
    assert.deepEqual(nearLimits(limits, { highest: 5, lowest: -40 }).length, 1);
  });
});

describe('A time axis', () => {
  const at = (...parts: [number, number, number, number?]) => new Date(...parts).getTime();

  it('has its labels at round times of the reader', () => {
    const from = at(2026, 10, 28, 3) + 7 * 60_000;
    const ticks = timeTicks(from, from + 12 * hour, 2.5 * hour);
    assert.deepEqual(tickLabels(ticks, words), ['06:00', '09:00', '12:00', '15:00']);
  });

  it('says the day at midnight, and steps by days', () => {
    const night = timeTicks(at(2026, 10, 28, 22), at(2026, 10, 29, 2), 2 * hour);
    assert.deepEqual(tickLabels(night, words), ['22:00', 'Nov 29', '02:00']);
    const week = timeTicks(at(2026, 9, 20, 5), at(2026, 9, 28, 5), 40 * hour);
    assert.ok(week.every((time) => new Date(time).getHours() === 0));
    assert.equal(week.length, 4);
  });

  it('ends, whatever it is asked for', () => {
    assert.ok(timeTicks(0, 400 * 24 * hour, Infinity).length < 20);
  });
});

describe('A chart in words', () => {
  it('has the figures of each line, the 95th percentile of links only', () => {
    const link = line('in', 'in', [4.12e8], { mean: 3.88e8, highest: 9.32e8, percentile95: 7.1e8 });
    assert.deepEqual(
      figuresOf(link, words).map(({ text }) => text),
      [...['412 Mbit/s', '388 Mbit/s', '932 Mbit/s', '710 Mbit/s']],
    );
    const other = line('x', 'value', [], { last: null });
    assert.equal(
      summaryOf(chart([link, other]), words),
      'wan. in: last 412 Mbit/s, mean 388 Mbit/s, max 932 Mbit/s, 95th 710 Mbit/s. ' +
        'x: last –, mean 1 Mbit/s, max 2 Mbit/s',
    );
    assert.equal(noteOf(chart([link]), words, 'none'), 'Mbit/s, in above, out below');
  });

  it('has the unit of its axis beside its title, also where areas stand on top of each other', () => {
    const lines = ['a', 'b'].map((name) => line(name, 'value', [6e8, 7e8], { highest: 7e8 }));
    const apart = chart(lines, { isMirrored: false });
    assert.equal(noteOf({ ...apart, isStacked: true }, words, 'none'), 'Gbit/s');
    assert.equal(noteOf(apart, words, 'none'), 'Mbit/s');
  });
});
