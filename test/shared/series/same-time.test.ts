import assert from 'node:assert/strict';
import { type SameTime, standOut } from '../../../nodes/shared/series/same-time.ts';
import { close } from './noise.ts';

const days = [10, 12, 11, 13];

function one(more: Partial<SameTime>) {
  return standOut([{ kind: 'in_rate', now: 20, days, ...more }])[0]!;
}

describe('a level against the same time on other days', () => {
  it('stands out as scipy says', () => {
    // t = (20 - mean(d)) / (std(d, ddof=1) * sqrt(1 + 1 / 4)); 2 * t.sf(t, 3)
    close(one({}).probability, 0.009772625841292449);
    assert.deepEqual([one({}).usual, one({}).sign], [11.5, 1]);
    assert.equal(one({ now: 3 }).sign, -1);
  });

  it('stands out by its rise where that tells more, which is by chance twice as often', () => {
    close(one({ rise: { now: 6, days: [4, 5, 4, 6] } }).probability, 2 * 0.009772625841292449);
    const filling = { now: 44, days: [10, 20, 30, 40] };
    const rise = { now: 7, days: [1, 1.1, 0.9, 1] };
    assert.ok(one(filling).probability > 0.1);
    assert.ok(one({ ...filling, rise }).probability < 0.001);
  });

  it('of few days each is judged by what others of the metric differ too', () => {
    // s2 = (4 * median(var(d, ddof=1) / mean(d)**2 / (1 - 2 / 18)**3) * mean(d)**2 + 2 * var(d, ddof=1)) / 6
    const all = Array.from({ length: 10 }, (_, i) => {
      return { kind: 'in_rate', now: 20, days: [10 + i * 0.3, 12, 11 - i * 0.1] };
    });
    close(standOut(all)[3]!.probability, 0.00018259725321678811);
    // Another metric tells nothing of it.
    const other = { ...all[3]!, kind: 'cpu_usage' };
    assert.ok(standOut([...all, other])[10]!.probability > 10 * 0.00018259725321678811);
  });

  it('is the same by scale, and an answer for constant, empty and very large values', () => {
    close(
      one({ now: 20e15, days: days.map((value) => value * 1e15) }).probability,
      0.009772625841292449,
    );
    assert.equal(one({ now: 5, days: [5, 5, 5] }).probability, 1);
    assert.equal(one({ now: 6, days: [5, 5, 5] }).probability, 0);
    assert.equal(one({ now: 0, days: [0, 0, 0] }).probability, 1);
    assert.equal(one({ now: 1e300, days: [1e300, -1e300, 0] }).probability, 1);
    assert.deepEqual(standOut([]), []);
  });
});
