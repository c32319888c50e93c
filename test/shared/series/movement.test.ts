import assert from 'node:assert/strict';
import { shiftProbability, spread } from '../../../nodes/shared/series/level.ts';
import { type Moved, movement } from '../../../nodes/shared/series/movement.ts';
import { type LookedAt, rankMovements } from '../../../nodes/shared/series/rank-movements.ts';
import { close, Noise, sampleSeries } from './noise.ts';

const start = 240;
const length = 300;

function moved(values: Float64Array, from = start): Moved {
  const found = movement(values, from);
  assert.equal(found?.kind, 'moved');
  return found;
}

const filled = (of: (i: number) => number) => Float64Array.from({ length }, (_, i) => of(i));

describe('a series in a span', () => {
  it('that rose four times did so, from its first step on', () => {
    const noise = new Noise();
    const found = moved(filled((i) => (i < 250 ? 12 : 48) + noise.normal()));
    assert.equal(found.step, 250);
    assert.ok(Math.abs(found.before - 12) < 0.3);
    assert.ok(Math.abs(found.after - 48) < 0.6);
    assert.ok(found.probability < 1e-12);
  });

  it('that fell is as far away, the other way round', () => {
    const found = moved(filled((i) => (i < start ? 4e15 : 1e15)));
    assert.deepEqual([found.before, found.after, found.distance], [4e15, 1e15, 1]);
    assert.equal(found.step, start);
  });

  it('that had moved before the span began there', () => {
    const found = moved(filled((i) => (i < 237 ? 1 : 9) + (i % 3) / 10));
    assert.equal(found.step, 237);
  });

  it('that moved only at its end is seen', () => {
    const noise = new Noise(2);
    const found = moved(filled((i) => (i < 292 ? 0 : 20) + noise.normal()));
    assert.equal(found.step, 292);
    assert.ok(found.probability < 1e-6);
    assert.ok(found.after > 15);
  });

  it('that drifts is seen where it jumps', () => {
    const noise = new Noise(3);
    let value = 1000;
    const found = moved(filled((i) => (value += noise.normal() + (i === 260 ? 40 : 0))));
    assert.equal(found.step, 260);
    assert.ok(found.probability < 0.001);
    let other = 1000;
    const calm = movement(
      filled(() => (other += noise.normal())),
      start,
    );
    assert.ok(calm === undefined || (calm as Moved).probability > 0.05);
  });

  it('that has peaks for less than half of it shows how they rose', () => {
    const noise = new Noise(4);
    const found = moved(filled((i) => (i > 250 && i < 265 ? 90 : 10) + noise.normal()));
    assert.ok(found.after > 80 && found.before < 13, JSON.stringify(found));
    assert.equal(found.step, 251);
  });

  it('begins or ends in it', () => {
    assert.deepEqual(
      movement(
        filled((i) => (i < 270 ? NaN : 5)),
        start,
      ),
      { kind: 'began', step: 270 },
    );
    assert.deepEqual(
      movement(
        filled((i) => (i < 270 ? 5 : NaN)),
        start,
      ),
      { kind: 'ended', step: 269 },
    );
    // The last of it was just before.
    assert.deepEqual(
      movement(
        filled((i) => (i < start ? 5 : NaN)),
        start,
      ),
      { kind: 'ended', step: 239 },
    );
    // It is over since long.
    assert.equal(
      movement(
        filled((i) => (i < 200 ? 5 : NaN)),
        start,
      ),
      undefined,
    );
    // A value every ten steps.
    assert.equal(
      movement(
        filled((i) => (i % 10 === 3 ? 5 : NaN)),
        start,
      ),
      undefined,
    );
  });

  it('that is constant, empty or zero did not move', () => {
    for (const value of [0, 7, 1e15, NaN]) {
      assert.equal(
        movement(
          filled(() => value),
          start,
        ),
        undefined,
      );
    }
    assert.equal(movement(new Float64Array(), 0), undefined);
    assert.equal(movement(Float64Array.of(1, 1), 1), undefined);
  });

  it('with gaps is as it is without', () => {
    const noise = new Noise(6);
    const found = moved(filled((i) => (i % 4 === 1 ? NaN : (i < 260 ? 1 : 30) + noise.normal())));
    assert.equal(found.step, 260);
  });

  it('is the same by scale and place', () => {
    const noise = new Noise(8);
    const values = filled((i) => (i < 250 ? 10 : 14) + noise.normal());
    const one = moved(values);
    const other = moved(values.map((value) => value * 1e12 + 5e12));
    assert.equal(other.step, one.step);
    close(other.distance, one.distance);
    close(other.probability, one.probability, 1e-3);
    close(other.after, one.after * 1e12 + 5e12, 1e-6);
  });
});

describe('the shift of a median', () => {
  it('is as likely as numpy and scipy say', () => {
    // max((quantile(x, q) - median(x)) / norm.ppf(q) for q in (.75, .95, .99))
    const before = sampleSeries().x.slice().sort();
    close(spread(before, 1), 11.679569626832507);
    // t = (median(b) - median(a)) / (spread * sqrt(pi / 2) * sqrt(1 / 60 + 1 / 20)); t.sf(t, 59) * 2
    const after = sampleSeries()
      .x.slice(0, 20)
      .map((value) => value + 15)
      .sort();
    close(shiftProbability(before, after, { before: 60, after: 20 }), 0.000525214174028449, 1e-8);
  });
});

describe('the ranking of 2,000 series', () => {
  const noises: [string, (noise: Noise) => Float64Array][] = [
    ['noise', (noise) => noise.series(length)],
    ['noise that depends on itself', (noise) => noise.series(length, 0.5)],
    ['bursts', (noise) => noise.series(length).map(Math.exp)],
    ['drifts', (noise) => noise.series(length, 0.98)],
  ];
  const lookAt = (one: number, values: Float64Array): LookedAt<number> => {
    const found = movement(values, start);
    return { one, moved: found?.kind === 'moved' ? found : undefined, together: undefined };
  };

  for (const [name, series] of noises) {
    it(`finds 20 that moved among ${name}, and hardly any other`, () => {
      const noise = new Noise(21);
      const looked = Array.from({ length: 2000 }, (_, one) => {
        const values = series(noise);
        const ordered = values.slice().sort();
        const jump = 2 * (ordered[270]! - ordered[30]!);
        return lookAt(
          one,
          one % 100 === 0 ? values.map((value, i) => (i < start ? value : value + jump)) : values,
        );
      });
      const ranked = rankMovements(looked, 2000, 0);
      const found = ranked.filter(({ one }) => one % 100 === 0).length;
      // A drift may hide a jump.
      assert.ok(found >= (name === 'drifts' ? 18 : 20), `${found} found`);
      // 5 % of those that are told may be chance: of some 20 hardly more than 3.
      assert.ok(ranked.length - found <= 3, `${ranked.length - found} false ones`);
      if (name !== 'drifts') assert.ok(ranked.slice(0, 10).every(({ one }) => one % 100 === 0));
    });
  }

  it('finds none where nothing moved', () => {
    for (const [, series] of noises) {
      const noise = new Noise(22);
      const looked = Array.from({ length: 2000 }, (_, one) => lookAt(one, series(noise)));
      assert.ok(rankMovements(looked, 2000, 0).length <= 1);
    }
  });

  it('keeps the order of those that are the same', () => {
    const values = filled((i) => (i < 250 ? 1 : 3));
    const looked = Array.from({ length: 3000 }, (_, one) => lookAt(one, values));
    const ranked = rankMovements(looked, 3000, 0);
    assert.deepEqual(
      ranked.map(({ one }) => one),
      looked.map(({ one }) => one),
    );
    assert.deepEqual(rankMovements([], 0, 0), []);
  });
});
