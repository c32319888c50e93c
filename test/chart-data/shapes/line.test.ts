import assert from 'node:assert/strict';
import { line } from '../../../nodes/chart-data/shapes/line.ts';

describe('line', () => {
  const drawn = (times: number[], width: number) => {
    const points = times.map((x) => ({ x, y: 1 }));
    const lines = [{ legend: 'a', points }];
    return line(lines, { factor: 1, unit: '' }, 'dashboard-2', width) as {
      x: number;
      y: unknown;
    }[];
  };
  const gaps = (times: number[], width: number) =>
    drawn(times, width).flatMap(({ x, y }) => (y === null ? [x] : []));

  it('is interrupted after three times the usual pause', () => {
    assert.deepEqual(gaps([0, 10, 20, 50], 1), []);
    assert.deepEqual(gaps([0, 10, 20, 51], 1), [30]);
  });

  it('is interrupted although there are as many gaps as steps', () => {
    assert.deepEqual(gaps([0, 10, 100], 1), [20]);
    assert.deepEqual(gaps([0, 10, 100, 110, 200], 1), [20, 120]);
  });

  it('is interrupted by an empty bucket where summaries fill the others', () => {
    const width = 3_600_000;
    // The lowest and the highest of an hour, as they lie within it.
    const hours = (...all: number[]) =>
      all.flatMap((at) => [(at + 0.25) * width, (at + 0.75) * width]);
    assert.deepEqual(gaps(hours(0, 1, 2, 3), width), []);
    assert.deepEqual(gaps(hours(0, 1, 3, 4), width), [(1.75 + 0.5) * width]);
    // One of two values each 2 hours.
    assert.deepEqual(
      gaps(
        [0, 2, 4, 6].map((at) => at * width),
        width,
      ),
      [],
    );
  });

  it('is not interrupted by a pause that downsampling can leave', () => {
    assert.deepEqual(gaps([0, 10, 20, 120], 50), []);
    assert.deepEqual(gaps([0, 10, 20, 121], 50), [30]);
  });
});
