import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deviationOf, normalRange } from '../../../nodes/shared/series/normal-range.ts';
import { weightedMedian } from '../../../nodes/shared/series/weighted-median.ts';
import { normalOf, randomOf } from '../../support/simulated-series.ts';

const week = 168;

/** Hours from a Monday on, whose mean is told; the lowest and highest are 1 away. */
const hours = (length: number, mean: (hour: number, week: number) => number) => {
  const means = Float64Array.from({ length }, (_, i) => mean(i % week, Math.floor(i / week)));
  return {
    means,
    lowest: means.map((value) => value - 1),
    highest: means.map((value) => value + 1),
    places: Uint8Array.from({ length }, (_, i) => i % week),
  };
};
const rangeAt = (range: ReturnType<typeof normalRange>, place: number) => [
  range!.low[place],
  range!.high[place],
];

describe('normalRange', () => {
  it('is by the hour of the week where three weeks are known', () => {
    const weekly = hours(3 * week, (hour) => 100 + hour);
    const range = normalRange(weekly, 2);
    assert.deepEqual(rangeAt(range, 0), [99, 101]);
    assert.deepEqual(rangeAt(range, 167), [266, 268]);
  });

  it('is by the hour of the day before', () => {
    const daily = hours(2 * week, (hour) => 100 + (hour % 24) * 10);
    assert.deepEqual(rangeAt(normalRange(daily, 2), 24 + 3), [129, 131]);
    assert.deepEqual(rangeAt(normalRange(daily, 2), 6 * 24 + 3), [129, 131]);
    // Two weeks do not tell a quiet Sunday from a holiday.
    const sundays = hours(2 * week, (hour) => (hour >= 144 ? 5 : 100));
    assert.deepEqual(rangeAt(normalRange(sundays, 0), 150), [99, 101]);
  });

  it('is one for all before three days, and none before one', () => {
    const range = normalRange(
      hours(48, (hour) => (hour < 24 ? 10 : 12)),
      0,
    );
    assert.equal(new Set(range!.low).size, 1);
    assert.equal(
      normalRange(
        hours(23, () => 1),
        2,
      ),
      undefined,
    );
    assert.equal(
      normalRange(
        hours(0, () => 1),
        2,
      ),
      undefined,
    );
  });

  it('learns nothing from one odd week of three, be it the newest', () => {
    for (const odd of [0, 1, 2]) {
      const holiday = hours(3 * week, (_, w) => (w === odd ? 5 : 100));
      assert.deepEqual(rangeAt(normalRange(holiday, 2), 80), [99, 101], String(odd));
    }
  });

  it('follows what became usual as weeks pass', () => {
    const moved = (weeks: number) => hours(6 * week, (_, w) => (w >= 6 - weeks ? 200 : 100));
    assert.deepEqual(rangeAt(normalRange(moved(1), 0), 0), [99, 101]);
    assert.deepEqual(rangeAt(normalRange(moved(3), 0), 0), [199, 201]);
  });

  it('is as much wider as weeks differ, times the tolerance', () => {
    const values = [100, 110, 120, 130, 140];
    const differing = hours(5 * week, (_, w) => values[w]!);
    const [low, high] = rangeAt(normalRange(differing, 0), 0);
    const [lower, higher] = rangeAt(normalRange(differing, 2), 0);
    // Weights 1/4, 0.354, 0.5, 0.707, 1: the middle is the 4th. Deviations 0, 10, 10, 20, 30 of the 4th, 5th, 3rd, ...
    assert.deepEqual([low, high], [129, 131]);
    assert.ok(Math.abs(low! - lower! - 2 * 14.826) < 1e-9);
    assert.ok(Math.abs(higher! - high! - 2 * 14.826) < 1e-9);
  });

  it('passes over gaps, and is never below 0 where nothing was', () => {
    const gaps = hours(4 * week, (hour, w) => (hour === 7 && w > 1 ? Number.NaN : 1 + 3 * (w % 2)));
    const range = normalRange(gaps, 50)!;
    assert.ok(range.low.every((value) => value >= 0));
    assert.ok(range.high.every((value) => Number.isFinite(value)));
  });

  it('is of one value where all are the same, also 0 and 1e15', () => {
    for (const value of [0, 1e15]) {
      const same = { ...hours(4 * week, () => value) };
      const range = normalRange({ ...same, lowest: same.means, highest: same.means }, 2);
      assert.deepEqual(rangeAt(range, 5), [value, value]);
    }
  });

  it('has a new week of the same kind in it, all but a few hours', () => {
    const normal = normalOf(randomOf(1));
    const size = (hour: number) => 50 + 40 * Math.sin((2 * Math.PI * hour) / 24);
    const make = (length: number) => {
      const made = hours(length, (hour) => Math.max(0, size(hour) * (1 + 0.1 * normal())));
      // What readings do within the hour.
      const lowest = made.means.map((mean) => mean * (1 - 0.1 * Math.abs(normal())));
      return {
        ...made,
        lowest,
        highest: made.means.map((mean) => mean * (1 + 0.1 * Math.abs(normal()))),
      };
    };
    const range = normalRange(make(6 * week), 3)!;
    const fresh = make(10 * week);
    let outside = 0;
    for (const [i, place] of fresh.places.entries()) {
      if (deviationOf(fresh.means[i]!, range.low[place]!, range.high[place]!) !== 0) outside++;
    }
    assert.ok(outside / fresh.means.length < 0.05, `${outside} of ${fresh.means.length}`);
    assert.ok(deviationOf(3 * size(12), range.low[12]!, range.high[12]!) > 1);
  });

  it('moves with a level that is added, and grows with the scale', () => {
    const normal = normalOf(randomOf(2));
    const base = hours(4 * week, () => 500 + 10 * normal());
    const before = normalRange(base, 2)!;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 100 }),
        (level, scale) => {
          const change = (values: Float64Array) => values.map((value) => value * scale + level);
          const { means, lowest, highest, places } = base;
          const after = normalRange(
            { means: change(means), lowest: change(lowest), highest: change(highest), places },
            2,
          )!;
          for (const place of [0, 50, 167]) {
            assert.ok(
              Math.abs(after.high[place]! - (before.high[place]! * scale + level)) < 1e-6 * scale,
            );
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe('deviationOf', () => {
  it('is 0 within the range, and how far beyond it in its widths', () => {
    assert.equal(deviationOf(15, 10, 20), 0);
    assert.equal(deviationOf(10, 10, 20), 0);
    assert.equal(deviationOf(25, 10, 20), 0.5);
    assert.equal(deviationOf(0, 10, 20), -1);
  });

  it('is a number also where the range has no width', () => {
    assert.equal(deviationOf(101, 100, 100), 1);
    assert.equal(deviationOf(5, 0, 0), 1);
    assert.equal(deviationOf(-5, 0, 0), -1);
    assert.equal(deviationOf(0, 0, 0), 0);
  });
});

describe('weightedMedian', () => {
  it('is where half of the weight lies', () => {
    assert.equal(weightedMedian([3, 1, 2], [1, 1, 1]), 2);
    assert.equal(weightedMedian([1, 2, 3], [1, 1, 5]), 3);
    assert.equal(weightedMedian([7], [0.1]), 7);
    assert.ok(Number.isNaN(weightedMedian([], [])));
  });
});
