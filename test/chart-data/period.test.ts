import assert from 'node:assert/strict';
import { readPeriod, writePeriod } from '../../nodes/chart-data/period.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('the period of a chart', () => {
  it('is a length of time, or ms', () => {
    const periods = ['15m', '1h', '6h', '24h', '7d', '30d', '1h 30m', 90_000];
    assert.deepEqual(periods.map(readPeriod), [
      ...[15 * minute, hour, 6 * hour, 24 * hour, 7 * day, 30 * day],
      ...[90 * minute, 90_000],
    ]);
  });

  it('is written as it is read, in the longest unit that it has a whole number of', () => {
    const periods = [minute, 15 * minute, 90 * minute, hour, 24 * hour, 36 * hour, 7 * day, 90_000];
    const written = ['1m', '15m', '90m', '1h', '24h', '36h', '7d', 90_000];
    assert.deepEqual(periods.map(writePeriod), written);
    assert.deepEqual(written.map(readPeriod), periods);
  });

  it('is refused where it is none, too short or too long', () => {
    for (const value of [
      '',
      'soon',
      '30',
      '59s',
      '53w 2d',
      0,
      -5,
      Number.NaN,
      Infinity,
      null,
      {},
    ]) {
      assert.throws(() => readPeriod(value), /^Problem: msg\.period: expected 15m, 1h/);
    }
  });
});
