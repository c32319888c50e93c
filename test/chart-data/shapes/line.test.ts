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

  it('is not interrupted by a pause that thinning can leave', () => {
    assert.deepEqual(gaps([0, 10, 20, 120], 50), []);
    assert.deepEqual(gaps([0, 10, 20, 121], 50), [30]);
  });
});
