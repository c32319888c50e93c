import assert from 'node:assert/strict';
import { coarser, differences, together } from '../../../nodes/shared/series/together.ts';
import { close, Noise, sampleSeries } from './noise.ts';

const length = 300;

function of(one: Float64Array, other: Float64Array) {
  return together(differences(one)!, differences(other)!);
}

describe('two series that move together', () => {
  it('have the correlation and lag of numpy.correlate', () => {
    // Differences less their mean, clipped at 3 * 1.4826 * median(|d|):
    // c = np.correlate(b, a, 'full') / np.sqrt((a * a).sum() * (b * b).sum()); its largest within 9 steps
    const { x, y } = sampleSeries();
    const found = of(x, y)!;
    close(found.correlation, -0.8952885604569338);
    assert.equal(found.lag, 3);
    assert.ok(found.probability < 0.05);
  });

  for (const [lag, sign] of [
    [0, 1],
    [4, -1],
    [-7, 1],
  ] as const) {
    it(`show that one is ${lag} steps behind, with the sign ${sign}`, () => {
      const noise = new Noise(lag + 20);
      const cause = noise.series(length + 40, 0.6);
      const one = cause.slice(20, 20 + length);
      const other = one.map((_, i) => sign * 3 * cause[20 + i - lag]! + noise.normal() + 1e6);
      const found = of(one, other)!;
      assert.equal(found.lag, lag);
      assert.equal(Math.sign(found.correlation), sign);
      assert.ok(found.probability < 1e-6);
    });
  }

  it('are the same by any scale and place', () => {
    const { x, y } = sampleSeries();
    const { correlation } = of(x, y)!;
    close(
      of(
        x.map((value) => value * 1e14 + 1e15),
        y,
      )!.correlation,
      correlation,
      1e-3,
    );
    close(
      of(
        x,
        y.map((value) => value * -1e-3 + 5),
      )!.correlation,
      -correlation,
      1e-6,
    );
    close(
      of(
        x.map((value) => value * 1e300),
        y,
      )!.correlation,
      correlation,
      1e-9,
    );
  });

  it('are not found in noise more often than by chance', () => {
    for (const factor of [0, 0.9]) {
      const noise = new Noise(11);
      const subject = differences(noise.series(length, factor))!;
      const few = Array.from({ length: 1000 }, () =>
        together(subject, differences(noise.series(length, factor))!),
      ).filter((found) => found!.probability < 0.05);
      assert.ok(few.length <= 60, `${few.length} of 1000`);
    }
  });

  it('are not taken for such because of one peak each', () => {
    const noise = new Noise(1);
    const peaked = (at: number) => {
      const values = noise.series(length);
      values[at] = 1000;
      return values;
    };
    assert.ok(of(peaked(150), peaked(152))!.probability > 0.05);
  });

  it('need 24 points in common', () => {
    const noise = new Noise(9);
    const values = noise.series(60);
    const late = values.map((value, i) => (i < 30 ? Number.NaN : value));
    const early = values.map((value, i) => (i > 40 ? Number.NaN : value));
    assert.equal(of(late, early), undefined);
    assert.ok(of(late, values));
    assert.equal(differences(values.subarray(0, 20)), undefined);
    assert.equal(differences(new Float64Array(length).fill(3)), undefined);
    assert.equal(differences(new Float64Array()), undefined);
  });

  it('are compared in longer steps where one has a value every few', () => {
    const given = Float64Array.of(1, NaN, 3, 5, NaN, NaN, 7);
    assert.deepEqual([...coarser(given, 2)], [1, 4, NaN, 7]);
    assert.equal(coarser(given, 1), given);
  });
});
