import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rounded, toSixDigits } from '../../nodes/contract/round.ts';

describe('rounded', () => {
  for (const [value, unit, expected] of [
    [98_775_308.53, 'bit/s', 98_775_300],
    [123_456_789_012, 'bit/s', 123_457_000_000],
    [1_234_567, 'bit/s', 1_234_570],
    [5e-324, 'bit/s', 5e-324],
    [12.34567, 'd', 12.346],
    [-0.0004, '°C', 0],
    [0.123456789, '1/s', 0.123457],
    [1e-9, 'B/s', 1e-9],
    [12.34567, '%', 12.346],
    [0.0004, 'ms', 0],
    [36.6666, '°C', 36.667],
    [86_400.1234, 's', 86_400.123],
    [1 / 3, '1', 0.333333],
    [12_345_678, '1', 12_345_678],
    [12_345_678.9, 'B', 12_345_678.9],
    [0, 'bit/s', 0],
    [-0.0123456789, '1', -0.0123457],
  ] as const) {
    it(`makes ${expected} of ${value} ${unit}`, () => {
      assert.equal(rounded(value, unit), expected);
    });
  }

  it('is the nearest number of six digits, for any value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e18, noNaN: true }), (value) => {
        const error = Math.abs(toSixDigits(value) - value) / value;
        assert.ok(error <= 5.1e-6, `${value}`);
        assert.ok(String(toSixDigits(value)).replace(/[.e].*|\D/g, '').length <= 21);
      }),
    );
  });
});
