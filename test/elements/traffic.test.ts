import assert from 'node:assert/strict';
import type { Chart } from '../../nodes/contract/pages.ts';
import { plotOf, valuesAt } from '../../nodes/elements/chart/plot.ts';
import { slicesOf } from '../../nodes/elements/parts/traffic/donut.ts';
import { localTime, timeOf } from '../../nodes/elements/parts/traffic/local-time.ts';
import { sourceColors } from '../../nodes/elements/parts/traffic/sankey.ts';
import { ribbonPath, sankeyLayout } from '../../nodes/elements/parts/traffic/sankey-layout.ts';
import { looksOf } from '../../nodes/elements/theme/line-colors.ts';
import { themes } from '../../nodes/elements/theme/tokens.ts';

const line = (
  name: string,
  values: (number | null)[],
  isOther = false,
): Chart['lines'][number] => ({
  ...{ name, key: name, role: 'value', unit: 'bit/s', times: [0, 60_000, 120_000], values },
  ...{ last: null, mean: null, highest: null, ...(isOther && { isOther }) },
});

describe('Stacked areas', () => {
  const chart: Chart = {
    ...{ title: '', unit: 'bit/s', isMirrored: false, isStacked: true, limits: [], marks: [] },
    lines: [line('tcp', [4, null, 8]), line('udp', [2, null, 1]), line('', [1, null, 0], true)],
  };

  it('are drawn at the sums of what is below, and told by themselves', () => {
    const plot = plotOf(chart, 'light');
    assert.deepEqual(
      plot.series.map(({ values }) => values),
      [
        [4, null, 8],
        [6, null, 9],
        [7, null, 9],
      ],
    );
    assert.deepEqual([plot.lowest, plot.highest], [0, 9]);
    assert.deepEqual(valuesAt(plot, 2), [
      { line: 0, value: 8 },
      { line: 1, value: 1 },
      { line: 2, value: 0 },
    ]);
  });

  it('have seven colours at most, and grey for all others', () => {
    const many = Array.from({ length: 9 }, (_, i) => line(`app${i}`, [1, 1, 1]));
    const plot = plotOf(
      { ...chart, lines: [...many.slice(0, 7), line('', [1, 1, 1], true)] },
      'dark',
    );
    const colors = plot.series.map(({ look }) => look.color);
    assert.equal(new Set(colors).size, 8);
    assert.equal(colors.at(-1), themes.dark.edge);
  });

  it('keep the colour of a part when another one comes', () => {
    const colorOf = (names: string[]) =>
      looksOf(
        names.map((key) => ({ key, role: 'value' as const })),
        'light',
      ).map(({ color }) => color);
    const [tcp, udp] = colorOf(['tcp', 'udp']);
    assert.deepEqual(colorOf(['udp', 'tcp', 'icmp']).slice(0, 2), [udp, tcp]);
  });
});

describe('A ring of shares', () => {
  it('is whole, whatever the shares are', () => {
    assert.deepEqual(slicesOf([3, 1]), [
      { from: 0, length: 75 },
      { from: 75, length: 25 },
    ]);
    assert.deepEqual(slicesOf([0]), [{ from: 0, length: 0 }]);
    assert.deepEqual(slicesOf([]), []);
  });
});

describe('Who sends to whom', () => {
  const between = {
    ...{ sources: ['a', 'b', ''], destinations: ['x', ''] },
    cells: [
      { from: 0, to: 0, rate: 60 },
      { from: 2, to: 1, rate: 30 },
      { from: 0, to: 1, rate: 20 },
      { from: 1, to: 0, rate: 10 },
    ],
  };

  it('stands in proportion, and no name lies upon another', () => {
    const { sources, destinations, ribbons, height } = sankeyLayout(between);
    // 120 bit/s are 240 px.
    assert.deepEqual(
      sources.map(({ rate, top, height: own, thickness }) => [rate, top, own, thickness]),
      [
        [80, 0, 160, 160],
        [10, 164, 22, 20],
        [30, 190, 60, 60],
      ],
    );
    assert.equal(height, 250);
    assert.deepEqual(
      destinations.map(({ rate, top }) => [rate, top]),
      [
        [70, 3],
        [50, 147],
      ],
    );
    assert.deepEqual(
      ribbons.map(({ source, destination, left, right, thickness }) => {
        return [source, destination, left, right, thickness];
      }),
      [
        [0, 0, 0, 3, 120],
        [0, 1, 120, 147, 40],
        [1, 0, 165, 123, 20],
        [2, 1, 190, 187, 60],
      ],
    );
  });

  it('has senders of different colours, as far as there are colours', () => {
    const names = Array.from({ length: 9 }, (_, i) => `10.0.0.${i}`);
    const colors = sourceColors([...names, ''], 'light');
    assert.equal(new Set(colors.slice(0, 7)).size, 7);
    assert.deepEqual([colors.length, colors.at(-1)], [10, themes.light.edge]);
  });

  it('is drawn as curves, and as nothing where there is nothing', () => {
    const [first] = sankeyLayout(between).ribbons;
    assert.equal(ribbonPath(first!), 'M0,0C50,0 50,3 100,3L100,123C50,123 50,120 0,120Z');
    assert.deepEqual(sankeyLayout({ sources: [], destinations: [], cells: [] }), {
      ...{ height: 0, sources: [], destinations: [], ribbons: [] },
    });
    const wrong = sankeyLayout({ ...between, cells: [{ from: 7, to: 9, rate: 1 }] });
    assert.deepEqual(wrong.ribbons, []);
  });
});

describe('A time in a field', () => {
  it('is that of the reader, there and back', () => {
    const time = new Date(2026, 10, 28, 20, 5).getTime();
    assert.equal(localTime(time), '2026-11-28T20:05');
    assert.equal(timeOf('2026-11-28T20:05'), time);
    for (const text of ['', '20:05', '2026-13-28T20:05', 'x', '1900-01-01T00:00']) {
      assert.equal(timeOf(text), undefined, text);
    }
    assert.equal(localTime(Number.NaN), '');
  });
});
