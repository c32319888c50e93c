import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isPackable,
  packIntegers,
  unpackIntegers,
} from '../../../../nodes/shared/history/store/integers.ts';
import { decodeValues, encodeValues } from '../../../../nodes/shared/history/store/values.ts';

const same = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Object.is(a[i], b[i]), `${i}: ${a[i]} and ${b[i]}`);
};

describe('packIntegers', () => {
  const roundTrip = (values: number[]) => same(unpackIntegers(packIntegers(values)), values);

  it('gives back what it packed', () => {
    roundTrip([]);
    roundTrip([0]);
    roundTrip([2 ** 52 - 1, -(2 ** 52) + 1]);
    roundTrip([5, 5, 5, 5]);
    roundTrip([1e12, 1e12 + 10_000, 1e12 + 20_001, 1e12 + 29_998]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 52) + 1, max: 2 ** 52 - 1 })), (values) =>
        roundTrip(values.map((value) => value + 0)),
      ),
    );
    fc.assert(fc.property(fc.array(fc.integer({ min: -300, max: 300 })), roundTrip));
  });

  it('takes next to nothing for what is regular', () => {
    const regular = Array.from({ length: 512 }, (_, i) => 1.8e12 + i * 10_000);
    assert.ok(packIntegers(regular).length < 30);
    assert.ok(packIntegers(Array.from({ length: 512 }, () => 7)).length < 12);
  });

  it('has a few large numbers beside the small ones', () => {
    const values = Array.from({ length: 512 }, (_, i) => (i === 100 ? 1e9 : i % 8));
    assert.ok(packIntegers(values).length < 512 * (3 / 8) + 30);
    roundTrip(values);
  });

  it('refuses bytes that are no list', () => {
    assert.throws(() => unpackIntegers(Uint8Array.of(200, 200, 200, 200, 200)), RangeError);
    assert.throws(() => unpackIntegers(Uint8Array.of(9, 0, 0, 1, 60, 0)), RangeError);
    assert.throws(() => unpackIntegers(packIntegers([1, 200, 3]).subarray(0, 5)), RangeError);
  });

  it('says what can be packed', () => {
    assert.deepEqual([0, -1, 2 ** 52 - 1].map(isPackable), [true, true, true]);
    assert.deepEqual([0.5, -0, 2 ** 52, NaN, Infinity].map(isPackable), Array(5).fill(false));
  });
});

describe('encodeValues', () => {
  const roundTrip = (values: number[]) =>
    same(decodeValues(encodeValues(Float64Array.from(values))), values);

  it('gives back each bit', () => {
    roundTrip([]);
    roundTrip([11.602738982369686, -0, 0, 5e-324, 1.7976931348623157e308]);
    roundTrip([0.1, 0.2, 0.3, 1e15, 123_456.789]);
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(fc.array(finite), roundTrip));
    const decimal = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }))
      .map(([n, e]) => n / 10 ** e + 0);
    fc.assert(fc.property(fc.array(decimal), roundTrip));
  });

  it('packs decimals to the bits of their digits', () => {
    const values = Float64Array.from({ length: 512 }, (_, i) => 20 + ((i * 37) % 64) / 10);
    assert.ok(encodeValues(values).length < 512 * (7 / 8) + 20);
  });

  it('refuses what it did not encode', () => {
    assert.throws(() => decodeValues(Uint8Array.of()), RangeError);
    assert.throws(() => decodeValues(Uint8Array.of(13, 0)), RangeError);
    assert.throws(() => decodeValues(Uint8Array.of(255, 1, 2, 3)));
  });
});
