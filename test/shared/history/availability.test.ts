import assert from 'node:assert/strict';
import {
  barOf,
  percentOf,
  type Slot,
  type SlotColumns,
  slotsOf,
  spansOf,
  uptimeOf,
} from '../../../nodes/shared/history/availability.ts';

const nan = Number.NaN;
const minute = 60_000;
const step = 5 * minute;

describe('Availability', () => {
  const edges = (length: number) => Float64Array.from({ length: length + 1 }, (_, i) => i * step);
  const slots = (up: number[], more: Partial<SlotColumns> = {}, now = up.length * step): Slot[] =>
    slotsOf({ edges: edges(up.length), up: Float64Array.from(up), maintained: [], ...more }, now);
  const percent = (...args: Parameters<typeof slots>) => percentOf(uptimeOf(slots(...args)));

  it('is the share of known time, whether there are gaps, or a device came later', () => {
    assert.equal(percent([1, 1, 0, 1]), 75);
    assert.equal(percent([1, nan, nan, nan, 0, 1, 1]), 75);
    assert.equal(percent([nan, nan, nan, 1, 0.5]), 75);
    assert.equal(percent([nan, nan]), null);
    assert.equal(percent([]), null);
  });

  it('weighs a step by its length, also the one that has not ended', () => {
    assert.equal(percent([1, 0], {}, step + minute), 83.333);
    assert.equal(slots([1, 1, 1], {}, step).length, 1);
  });

  it('says 100 only of what never failed', () => {
    assert.equal(percentOf({ up: 999_999_999, known: 1e9 }), 99.999);
    assert.equal(percentOf({ up: 0.1 * 3, known: 0.3 }), 100);
    assert.equal(percentOf({ up: 0, known: 5 }), 0);
  });

  it('carries a poll that comes less often than steps on to the next, and no further', () => {
    const states = slots([1, nan, 0, nan, 1, nan, nan, nan, 1]).map(({ up }) => up);
    assert.deepEqual(states, [1, 1, 0, 0, 1, 1, nan, nan, 1]);
  });

  it('leaves maintenance out', () => {
    const maintained = [{ from: step, to: 2 * step }];
    assert.equal(percent([1, 0, 1], { maintained }), 100);
    assert.deepEqual(
      slots([1, 0, 1], { maintained }).map(({ isMaintained }) => isMaintained),
      [false, true, false],
    );
  });

  it('knows maintenance from its begin to its end', () => {
    const columns = (max: number[], last: number[]) => ({
      edges: edges(max.length),
      ...{ max: Float64Array.from(max), last: Float64Array.from(last) },
    });
    assert.deepEqual(spansOf(columns([nan, 1, nan, 0, nan], [nan, 1, nan, 0, nan]), false), [
      { from: step, to: 4 * step },
    ]);
    assert.deepEqual(spansOf(columns([nan, 0, nan, 1], [nan, 0, nan, 0]), true), [
      { from: 0, to: 2 * step },
      { from: 3 * step, to: 4 * step },
    ]);
    assert.deepEqual(spansOf(columns([nan, 0], [nan, 0]), false), []);
  });

  it('draws slices whose worst state counts, the last one with now in it', () => {
    const degraded = Float64Array.from([0, 0, 0, 1, 0, 0, 0, 0]);
    const maintained = [{ from: 6 * step, to: 7 * step }];
    const up = [1, 1, 1, 1, 1, 0, 1, nan];
    const columns = slots(up, { degraded, maintained }, 7.5 * step);
    assert.deepEqual(barOf(columns, 4, 2 * step, 7.5 * step), [
      { start: 0, end: 2 * step, state: 'up', percent: 100 },
      { start: 2 * step, end: 4 * step, state: 'degraded', percent: 100 },
      { start: 4 * step, end: 6 * step, state: 'down', percent: 50 },
      { start: 6 * step, end: 7.5 * step, state: 'maintenance', percent: null },
    ]);
    assert.equal(barOf([], 1, step, 0)[0]!.state, 'unknown');
  });
});
