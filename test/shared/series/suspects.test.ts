import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fiveMinutes, suspectsOf } from '../../../nodes/shared/series/suspects.ts';
import { normalOf, randomOf } from '../../support/simulated-series.ts';

/** Two weeks of 5 minutes with a daily rhythm. */
const usual = (seed = 1, length = 4032) => {
  const normal = normalOf(randomOf(seed));
  return Float64Array.from(
    { length },
    (_, i) => 100 + 10 * Math.sin((2 * Math.PI * i) / 288) + 3 * normal(),
  );
};
const found = (values: Float64Array) => suspectsOf(values, fiveMinutes);

describe('suspectsOf', () => {
  it('finds none in what is as always', () => {
    for (let seed = 0; seed < 20; seed++) assert.deepEqual(found(usual(seed)), []);
  });

  it('finds a point that stands out, with its score to either side', () => {
    const values = usual();
    values[2000] = 200;
    values[3000] = 0;
    const [high, low, ...others] = found(values);
    assert.deepEqual(others, []);
    assert.deepEqual([high!.at, high!.kind, low!.at], [2000, 'point', 3000]);
    assert.ok(high!.score > 10 && low!.score < -10);
    assert.ok(Math.abs(high!.usual - 100) < 1);
  });

  it('finds one an episode, however long', () => {
    const values = usual();
    for (let i = 2000; i < 2400; i++) values[i] = values[i]! + 150;
    assert.equal(found(values).length, 1);
    assert.equal(found(values)[0]!.at, 2000);
  });

  it('finds another one within an episode where it is much further away', () => {
    const values = usual();
    values[2000] = 180;
    values[2010] = 400;
    assert.deepEqual(
      found(values).map(({ at }) => at),
      [2000, 2010],
    );
  });

  it('finds a mean that shifted by less than a point may be away', () => {
    const values = usual();
    for (let i = 3000; i < values.length; i++) values[i] = values[i]! + 38;
    const [shift] = found(values);
    assert.equal(shift!.kind, 'shift');
    assert.ok(shift!.at >= 3000 && shift!.at < 3000 + 288, String(shift!.at));
  });

  it('finds nothing in the first two days, in nothing, and in what never moves', () => {
    const early = usual();
    early[100] = 1000;
    assert.equal(found(early.slice(0, 576)).length, 0);
    assert.deepEqual(found(new Float64Array(0)), []);
    assert.deepEqual(found(new Float64Array(4032)), []);
    assert.deepEqual(found(new Float64Array(4032).fill(0.1)), []);
    assert.deepEqual(found(new Float64Array(4032).fill(Number.NaN)), []);
  });

  it('finds what moves for the first time, with a score that is a number', () => {
    const values = new Float64Array(4032).fill(7);
    values[3000] = 8;
    const [first, ...others] = found(values);
    assert.deepEqual([first!.at, first!.score, others], [3000, 100, []]);
  });

  it('passes over gaps', () => {
    const values = usual();
    for (let i = 1000; i < 1500; i++) values[i] = Number.NaN;
    values[2000] = 300;
    assert.deepEqual(
      found(values).map(({ at }) => at),
      [2000],
    );
  });

  it('finds the same whatever level is added and whatever the scale', () => {
    const values = usual(3);
    values[2500] = 190;
    const before = found(values).map(({ at }) => at);
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 1, max: 1000 }),
        (level, scale) => {
          const after = found(values.map((value) => value * scale + level));
          assert.deepEqual(
            after.map(({ at }) => at),
            before,
          );
        },
      ),
      { numRuns: 10 },
    );
  });
});
