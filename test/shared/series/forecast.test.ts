import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paces, trendOf, untilLimit } from '../../../nodes/shared/series/forecast.ts';
import { normalOf, randomOf, simulated, type Simulation } from '../../support/simulated-series.ts';

const { hourly, daily } = paces;
const hoursOf = (length: number) => Uint8Array.from({ length }, (_, i) => i % 168);
const line = (length: number, slope: number, level = 60) =>
  Float64Array.from({ length }, (_, i) => level + slope * (i + 0.5 - length));
const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** The answer for hourly values with a limit of 100 above. */
const answer = (
  values: Float64Array,
  hours = hoursOf(values.length),
  limit = 100,
  sign: 1 | -1 = 1,
) => {
  const trend = trendOf(values, hours, hourly);
  const latest = values.findLast((value) => !Number.isNaN(value))!;
  return trend ? untilLimit(trend, latest, limit, sign) : { answer: 'little' as const };
};

describe('the time until a limit', () => {
  it('is exact for a line', () => {
    const found = answer(line(336, 0.02));
    assert.equal(found.answer, 'trend');
    if (found.answer !== 'trend') return;
    near(found.at, 2000, 1e-3);
    near(found.low, 2000, 1e-3);
    near(found.high, 2000, 1e-3);
  });

  it('counts down to a limit below', () => {
    const found = answer(line(100, -1 / 24, 30), undefined, 0, -1);
    assert.ok(found.answer === 'trend');
    near(found.at, 720, 1e-6);
  });

  it('has answers of their own for no trend, for one away from the limit, and for a limit passed', () => {
    assert.deepEqual(answer(line(336, 0)), { answer: 'none', low: undefined });
    assert.deepEqual(answer(new Float64Array(336)), { answer: 'none', low: undefined });
    assert.deepEqual(answer(line(336, -0.02)), { answer: 'away', low: undefined });
    assert.deepEqual(answer(line(336, 0.02, 100.5)), { answer: 'passed' });
    const full = line(336, 0);
    full[335] = 100;
    assert.deepEqual(answer(full), { answer: 'passed' });
  });

  it('needs three days, and 36 hours of them', () => {
    const nothing = new Float64Array(336).fill(Number.NaN);
    assert.equal(trendOf(new Float64Array(0), hoursOf(0), hourly), undefined);
    assert.equal(trendOf(nothing, hoursOf(336), hourly), undefined);
    assert.equal(trendOf(line(71, 1), hoursOf(71), hourly), undefined);
    assert.ok(trendOf(line(72, 1), hoursOf(72), hourly));
    const two = nothing.slice();
    two[0] = 1;
    two[335] = 2;
    assert.equal(trendOf(two, hoursOf(336), hourly), undefined);
    assert.equal(trendOf(line(9, 1), hoursOf(9), daily), undefined);
    assert.ok(trendOf(line(10, 1), hoursOf(10), daily));
  });

  it('keeps its digits where values are as large as 1e15, and is finite for larger ones', () => {
    const found = answer(line(336, 1, 1e15), undefined, 1e15 + 1000);
    assert.ok(found.answer === 'trend');
    near(found.at, 1000, 1);
    const huge = answer(
      Float64Array.from({ length: 336 }, (_, i) => i * 1e300),
      undefined,
      1e303,
    );
    assert.ok(huge.answer === 'trend' && Number.isFinite(huge.at));
  });

  it('does not change with the level or the scale of all', () => {
    const { values, hours } = simulated({ slope: 0.5, noise: 0.5, memory: 0.7, daily: 2 }, 240, 1);
    const before = answer(values, hours);
    assert.ok(before.answer === 'trend');
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (level, scale) => {
          const after = answer(
            values.map((value) => value * scale + level),
            hours,
            100 * scale + level,
          );
          assert.ok(after.answer === 'trend');
          near(after.at, before.at, 1e-6 * before.at);
          near(after.low, before.low, 1e-6 * before.low);
          near(after.high, before.high, 1e-6 * before.high);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('has its parts in order, whatever the series', () => {
    const values = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), {
      minLength: 72,
      maxLength: 120,
    });
    fc.assert(
      fc.property(values, (list) => {
        const found = answer(Float64Array.from(list), undefined, 2e15);
        if (found.answer !== 'trend') return;
        assert.ok(found.low >= 0 && found.low <= found.at && found.at <= found.high);
      }),
      { numRuns: 30 },
    );
  });

  it('tells when it would be if the last day were no bad day', () => {
    const { values, hours } = simulated(
      { slope: 0.5, noise: 0.1, badDay: { at: 'end', size: 25 } },
      336,
      3,
    );
    const found = answer(values, hours);
    assert.ok(found.answer === 'trend');
    near(found.at / 24, 80, 2);
    near(found.soonest / 24, 30, 2);
  });

  it('counts for nothing what is far from the line for an hour now and then', () => {
    const { values, hours } = simulated({ slope: 0.5, noise: 0.3 }, 336, 5);
    const before = answer(values, hours);
    const spiky = values.map((value, i) => (i % 41 === 7 ? value + 30 : value));
    const after = answer(spiky, hours);
    assert.ok(before.answer === 'trend' && after.answer === 'trend');
    near(after.at, before.at, 0.02 * before.at);
    assert.ok(after.high - after.low < 2 * (before.high - before.low));
  });

  it('takes a level that lasts for the new one, and not for a trend', () => {
    const { values, hours } = simulated(
      { slope: 0.5, noise: 0.2, steps: [{ at: 0.6, size: 20 }] },
      336,
      4,
    );
    const found = answer(values, hours);
    assert.ok(found.answer === 'trend');
    near(found.at / 24, 80, 8);
  });

  it('takes more than two steps for how it grows', () => {
    const stairs = Float64Array.from({ length: 720 }, (_, i) => Math.floor(i / 96) * 5);
    const found = answer(stairs, undefined, 100);
    assert.ok(found.answer === 'trend');
    // 5 in 4 days, and 65 to go
    near(found.at / 24, 52, 8);
  });
});

describe('the range of the time until a limit', function () {
  this.timeout(60_000);
  const runs = 60;
  const simulations: Record<string, Simulation> = {
    'plain noise': { slope: 0.5, noise: 0.5 },
    'noise with a memory of hours': { slope: 0.5, noise: 1, memory: 0.7 },
    'noise with a memory of a day': { slope: 0.5, noise: 1, memory: 0.95 },
    'a daily rhythm': { slope: 0.5, noise: 0.5, memory: 0.7, daily: 5 },
    'a weekly rhythm': { slope: 0.5, noise: 0.5, memory: 0.7, daily: 3, weekend: 4 },
    'a bad day at the end': {
      slope: 0.5,
      noise: 0.3,
      memory: 0.7,
      sawTooth: 2,
      badDay: { at: 'end', size: 25 },
    },
    'a bad day before': { slope: 0.5, noise: 0.3, memory: 0.9, badDay: { at: 'middle', size: 25 } },
    gaps: { slope: 0.5, noise: 0.5, memory: 0.9, gaps: 0.2 },
    'a step': { slope: 0.5, noise: 0.5, memory: 0.8, steps: [{ at: 0.6, size: 20 }] },
    'resets of a counter': {
      slope: 0.5,
      noise: 0.3,
      memory: 0.5,
      steps: [
        { at: 0.3, size: -10 },
        { at: 0.7, size: -10 },
      ],
    },
    'a saw-tooth': { slope: 0.5, noise: 0.3, memory: 0.5, sawTooth: 8 },
    'a weak trend': { slope: 0.05, noise: 1, memory: 0.9 },
  };

  const covers = (simulation: Simulation, length: number, seed: number) => {
    const { values, hours } = simulated(simulation, length, seed);
    const truth = 40 / (simulation.slope / 24);
    const found = answer(values, hours);
    if (found.answer === 'trend') return found.low <= truth && truth <= found.high;
    assert.ok('low' in found, found.answer);
    return (found.low ?? Infinity) <= truth;
  };

  it('has the truth in it in 75 to 85 of 100 cases, and in each kind of series about as often', () => {
    let all = 0;
    for (const [name, simulation] of Object.entries(simulations)) {
      let hits = 0;
      for (let seed = 0; seed < runs; seed++) {
        if (covers(simulation, seed % 2 === 0 ? 336 : 720, seed * 7919 + 1)) hits++;
      }
      // Three standard deviations of so many runs are 16 of 100.
      assert.ok(hits / runs > 0.64 && hits / runs < 0.96, `${name}: ${hits} of ${runs}`);
      all += hits;
    }
    const share = all / (runs * Object.keys(simulations).length);
    assert.ok(share >= 0.75 && share <= 0.85, `in all: ${share}`);
  });

  it('has it of daily values too', () => {
    let hits = 0;
    for (let seed = 0; seed < 300; seed++) {
      const normal = normalOf(randomOf(seed));
      const values = line(seed % 2 === 0 ? 60 : 90, 0.5).map((value) => value + 2 * normal());
      const trend = trendOf(
        values,
        Uint8Array.from(values, (_, i) => (i % 7) * 24),
        daily,
      )!;
      const found = untilLimit(trend, -Infinity, 100, 1);
      if (found.answer === 'trend' && found.low <= 80 && found.high >= 80) hits++;
    }
    assert.ok(hits >= 225 && hits <= 255, `${hits} of 300`);
  });
});
