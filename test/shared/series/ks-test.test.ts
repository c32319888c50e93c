import assert from 'node:assert/strict';
import { distance, distanceProbability, kolmogorov } from '../../../nodes/shared/series/ks-test.ts';
import { close, Noise } from './noise.ts';

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const to = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe('two samples', () => {
  // scipy 1.17.1: k = ks_2samp(a, b, method='exact'): k.statistic, k.statistic_sign, k.pvalue
  const cases: [string, number[], number[], number, 1 | -1, number][] = [
    ['of different length', to(1, 10), to(8, 5), 0.7, 1, 0.060606060606060615],
    ['with ties', [1, 2, 2, 3, 3, 3], [3, 3, 4, 5, 5], 0.6, 1, 0.23809523809523814],
    ['three after sixty', to(0, 60), [100, 101, 102], 1, 1, 5.036387902596257e-5],
    ['that are the same', Array<number>(10).fill(5), Array<number>(4).fill(5), 0, 1, 1],
    [
      'of noise',
      [
        ...[0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64],
        ...[-0.82, 0.37, 1.77, 1.09, -1.28, 2.36, 1.31, 1.05, -0.32, -0.4, 1.06, -2.47],
      ],
      [-2.37, 0.51, 0.18, 0.09, 0.23, -0.13, -0.07, -1.58, -0.9, -1.06, 0.97, 0.11],
      ...([0.3933333333333333, -1, 0.11578740556652882] as const),
    ],
  ];
  for (const [name, a, b, d, sign, probability] of cases) {
    it(`${name} are as far apart, and as likely, as scipy says`, () => {
      const found = distance(sorted(a), sorted(b));
      close(found.d, d);
      if (d > 0) assert.equal(found.sign, sign);
      close(distanceProbability(found.d, a.length, b.length), probability, 1e-8);
    });
  }

  it('have the limit of Kolmogorov’s distribution, as scipy.stats.kstwobign.sf', () => {
    const expected = [9.63945244e-1, 2.69999672e-1, 2.22179626e-2, 7.45330634e-6];
    for (const [i, x] of [0.5, 1, 1.5, 2.5].entries()) close(kolmogorov(x), expected[i]!, 1e-8);
    assert.equal(kolmogorov(0), 1);
    assert.equal(kolmogorov(100), 0);
  });

  it('of many values are about as likely as the exact count', () => {
    // scipy: ks_2samp(a, b, method='exact').pvalue of samples with these statistics
    const exact: [number, number, number, number][] = [
      [240, 60, 0.22083333333333333, 0.016618510875229284],
      [240, 60, 0.42916666666666664, 1.9877787189299895e-8],
      [100, 31, 0.3964516129032258, 0.0007417601724812912],
      [1000, 400, 0.0605, 0.23871296934844832],
    ];
    for (const [n, m, d, probability] of exact) {
      close(distanceProbability(d, n, m), probability, 0.1);
    }
  });

  it('are as far apart whatever their order, scale and place', () => {
    const noise = new Noise(7);
    const [a, b] = [noise.series(80), noise.series(40).map((value) => value + 0.7)];
    const { d, sign } = distance(a.slice().sort(), b.slice().sort());
    const moved = (values: Float64Array) => values.map((value) => value * 1e15 - 3e15).sort();
    close(distance(moved(a), moved(b)).d, d);
    const turned = distance(b.slice().sort(), a.slice().sort());
    close(turned.d, d);
    assert.equal(turned.sign, -sign);
  });
});
