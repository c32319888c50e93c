import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clockOffset, toTime } from '../../../nodes/protocols/ntp/timestamp.ts';

const at = (date: string) => Date.parse(date);

describe('A timestamp of NTP', () => {
  // The dates of RFC 5905, figure 4: the seconds of their era, and what they mean.
  for (const [seconds, now, expected] of [
    [2_208_988_800n, '1970-06-01', '1970-01-01T00:00:00Z'],
    [2_272_060_800n, '1980-01-01', '1972-01-01T00:00:00Z'],
    [3_155_587_200n, '2026-11-28', '1999-12-31T00:00:00Z'],
    [4_294_944_000n, '2036-02-01', '2036-02-07T00:00:00Z'],
    // Era 1, seen from either side of its beginning.
    [0n, '2026-11-28', '2036-02-07T06:28:16Z'],
    [63_104n, '2036-02-07', '2036-02-08T00:00:00Z'],
    [63_104n, '2036-02-09', '2036-02-08T00:00:00Z'],
    [4_294_967_295n, '2036-02-08', '2036-02-07T06:28:15Z'],
  ] as const) {
    it(`${seconds} is ${expected} in ${now.slice(0, 4)}`, () => {
      assert.equal(toTime(seconds << 32n, at(now)), at(expected));
    });
  }

  it('has a fraction', () => {
    const now = at('2026-11-28T12:00:00Z');
    const seconds = BigInt(now / 1000 + 2_208_988_800) << 32n;
    assert.equal(toTime(seconds + 0x8000_0000n, now), now + 500);
    assert.equal(toTime(seconds + 0x4000_0000n, now), now + 250);
  });

  it('is never further from now than half an era', () => {
    const half = 2 ** 31 * 1000;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: at('1970-01-01'), max: at('2200-01-01') }),
        (timestamp, now) => Math.abs(toTime(timestamp, now) - now) <= half + 1,
      ),
    );
  });
});

describe('The offset of a clock', () => {
  for (const [what, times, expected] of [
    ['is 0 where both agree', [1000, 1010, 1012, 1022], 0],
    ['is above 0 where the server is ahead', [1000, 1110, 1112, 1022], 100],
    ['is below 0 where the server is behind', [1000, 510, 512, 1022], -500],
    ['takes question and answer for equally fast', [1000, 1020, 1020, 1020], 10],
  ] as const) {
    it(what, () => {
      const [sent, receive, transmit, received] = times;
      assert.equal(clockOffset(sent, receive, transmit, received), expected);
    });
  }
});
