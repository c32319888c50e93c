import assert from 'node:assert/strict';
import fc from 'fast-check';
import { between, merged, OpenPoints } from '../../../../nodes/shared/history/store/points.ts';

type Pair = [time: number, value: number];

const ordered = (pairs: Pair[]) => {
  const byTime = new Map(pairs);
  const sorted = [...byTime].sort(([a], [b]) => a - b);
  return {
    times: Float64Array.from(sorted, ([time]) => time),
    values: Float64Array.from(sorted, ([, value]) => value),
  };
};
const pairs = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 9 })),
) as fc.Arbitrary<Pair[]>;

describe('points', () => {
  it('are put together in order, and of one time the value that came last', () => {
    fc.assert(
      fc.property(fc.array(pairs), (parts) => {
        assert.deepEqual(merged(parts.map(ordered)), ordered(parts.flat()));
      }),
    );
  });

  it('are added in any order', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const open = new OpenPoints(1);
        for (const [time, value] of all) open.add(time, value);
        assert.deepEqual(open.points(), ordered(all));
      }),
    );
  });

  it('are found between two times', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: -1, max: 51 }), fc.nat(52), (all, from, length) => {
        const to = from + length;
        const inside = all.filter(([time]) => time >= from && time < to);
        assert.deepEqual(between(ordered(all), from, to), ordered(inside));
      }),
    );
  });
});
