import assert from 'node:assert/strict';
import { dependence, independent } from '../../../nodes/shared/series/dependence.ts';
import { adjusted } from '../../../nodes/shared/series/false-discovery.ts';
import { studentProbability } from '../../../nodes/shared/series/student.ts';
import { close, Noise, sampleSeries } from './noise.ts';

describe('probabilities of many findings', () => {
  it('are adjusted as scipy.stats.false_discovery_control does', () => {
    const given = [
      ...[0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251],
      ...[0.269, 0.275, 0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986],
    ];
    const expected = [
      ...[0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.26428571, 0.49107143, 0.49107143, 0.49107143],
      ...[0.49107143, 0.49107143, 0.49107143, 0.49107143, 0.5328125, 0.5328125, 0.56470588],
      ...[0.78157895, 0.78157895, 0.87, 0.90714286, 0.986, 0.986, 0.986, 0.986],
    ];
    for (const [i, value] of adjusted(given).entries()) close(value, expected[i]!, 1e-7);
    // In any order.
    for (const [i, value] of adjusted(given.toReversed()).entries()) {
      close(value, expected.toReversed()[i]!, 1e-7);
    }
  });

  it('count those that were tested and not given', () => {
    assert.deepEqual([...adjusted([0.001, 0.5], 100)], [0.1, 1]);
    assert.deepEqual([...adjusted([])], []);
  });

  it('of Student’s distribution are as scipy.stats.t.sf', () => {
    const cases: [number, number, number][] = [
      [0.5, 1, 7.04832765e-1],
      [2, 10, 7.33880348e-2],
      [-5, 30, 2.32966855e-5],
      [12.9, 11.6, 3.11940501e-8],
      [3, 2.5, 7.25760955e-2],
    ];
    for (const [t, freedom, expected] of cases) {
      close(studentProbability(t, freedom), expected, 1e-7);
    }
    assert.equal(studentProbability(0, 5), 1);
    assert.equal(studentProbability(Infinity, 5), 0);
  });
});

describe('how much the values of a series depend on each other', () => {
  it('is the autocorrelation as numpy has it, and a little more', () => {
    // r = sum((v[1:] - m) * (v[:-1] - m)) / 59 / (sum((v - m) ** 2) / 60); r + (1 + 3 * r) / 60
    close(dependence(sampleSeries().x), 0.5821087643936336);
    const gaps = Float64Array.from(sampleSeries().x, (value, i) => (i === 60 ? NaN : value));
    close(dependence(Float64Array.of(Number.NaN, ...gaps)), 0.5821087643936336);
  });

  it('is that of the process', () => {
    for (const factor of [0, 0.5, 0.9]) {
      const found = dependence(new Noise(3).series(5000, factor));
      assert.ok(Math.abs(found - factor) < 0.04, `${found} for ${factor}`);
    }
  });

  it('is none of a constant, an empty and a huge one', () => {
    for (const values of [[], [1], [1, 2], [0, 0, 0, 0], [5, 5, 5]]) {
      assert.equal(dependence(Float64Array.from(values)), 0);
    }
    const large = new Noise(5).series(100, 0.9);
    close(dependence(large.map((value) => value * 1e300)), dependence(large), 1e-6);
  });

  it('leaves few values that are worth as many as independent ones', () => {
    assert.equal(independent(60, 0), 60);
    close(independent(60, 0.9), 6 / 1.9);
    assert.equal(independent(60, 0.99), 1);
  });
});
