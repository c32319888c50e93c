import assert from 'node:assert/strict';
import { hasRestarted } from '../../../nodes/shared/rates/uptime.ts';

const wrap = 2 ** 32 / 100;

describe('hasRestarted', () => {
  for (const [before, now, passed, expected, why] of [
    [100, 110, 10, false, 'it is up for longer'],
    [100, 5, 10, true, 'it is up for less'],
    [60, 90, 3600, true, 'it is up for less than has passed'],
    [wrap - 4, 6, 10, false, 'its uptime wrapped after 497 days'],
    [wrap - 4, 8, 10, false, 'its uptime wrapped and its answer was late'],
    [wrap - 4, 3566, 3600, false, 'its uptime wrapped and its clock is a little slow'],
    [wrap - 4, 3546, 3600, true, 'its clock would be slow by more than 1 %'],
    [wrap - 4, 100, 10, true, 'a wrap would have led elsewhere'],
    [wrap - 4, 3, 300, true, 'it restarted after its uptime wrapped'],
    [Number.NaN, 50, 10, false, 'nothing is known of before'],
    [Number.NaN, 5, 10, true, 'it is up for less than has passed, whatever was before'],
  ] as const) {
    it(`is ${expected} where ${why}`, () => {
      assert.equal(hasRestarted(before, now, passed), expected);
    });
  }
});
