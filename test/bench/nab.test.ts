import assert from 'node:assert/strict';
import { detect, type Labelled, parse, probation, profiles, score } from '../../bench/nab.ts';

describe("the benchmark's score of detectors", () => {
  const series = (windows: [number, number][]): Labelled => ({
    times: [],
    values: new Float64Array(1000),
    windows,
  });
  const { standard } = profiles;

  it('is 100 for what finds each window at its begin, and 0 for what says nothing', () => {
    const one = series([
      [300, 399],
      [600, 699],
    ]);
    const perfect = [
      { at: 300, score: 1 },
      { at: 600, score: 1 },
    ];
    assert.equal(score([one], [perfect], standard), 100);
    assert.equal(score([one], [[]], standard), 0);
  });

  it('counts the first detection in a window only, and one at its end for little', () => {
    const one = series([[300, 399]]);
    const twice = [
      { at: 300, score: 1 },
      { at: 350, score: 1 },
    ];
    assert.equal(score([one], [twice], standard), 100);
    const late = score([one], [[{ at: 399, score: 1 }]], standard);
    // 1/2 for that it is found at all: sigmoid(-1/100) is 0.025.
    assert.ok(late > 50 && late < 52, String(late));
  });

  it('takes off for what is outside of windows, the more the further after one', () => {
    const one = series([[300, 399]]);
    const hit = { at: 300, score: 1 };
    const far = score([one], [[hit, { at: 900, score: 1 }]], standard);
    assert.ok(Math.abs(far - (100 - 11 / 2)) < 1e-9, String(far));
    const near = score([one], [[hit, { at: 400, score: 1 }]], standard);
    assert.ok(near > far && near < 100);
    // Twice as much where false alarms count twice.
    const strict = score([one], [[hit, { at: 900, score: 1 }]], profiles['low FP']);
    assert.ok(Math.abs(strict - (100 - 11)) < 1e-9, String(strict));
  });

  it('takes the threshold that suits best, and passes over the beginning', () => {
    const one = series([[300, 399]]);
    const noisy = Array.from({ length: 50 }, (_, i) => ({ at: 500 + i, score: 0.5 }));
    assert.equal(score([one], [[{ at: 300, score: 1 }, ...noisy]], standard), 100);
    assert.equal(probation(1000), 150);
    assert.equal(probation(20_000), 750);
    assert.equal(
      score(
        [one],
        [
          [
            { at: 100, score: 1 },
            { at: 300, score: 1 },
          ],
        ],
        standard,
      ),
      100,
    );
  });

  it('reads the format of its files', () => {
    const csv =
      'timestamp,value\n2014-04-01 00:00:00,1.5\n2014-04-01 00:05:00,-2\r\n2014-04-01 00:10:00,3e2\n';
    const read = parse(csv, [['2014-04-01 00:05:00.000000', '2014-04-01 00:10:00.000000']]);
    assert.deepEqual([...read.values], [1.5, -2, 300]);
    assert.deepEqual(read.windows, [[1, 2]]);
  });

  it('is high for the detector of the node where spikes are to be found', () => {
    const values = Float64Array.from(
      { length: 2000 },
      (_, i) => 10 + Math.sin(i) + (i === 1000 ? 50 : 0),
    );
    const one: Labelled = { times: [], values, windows: [[990, 1010]] };
    assert.ok(score([one], [detect(one)], standard) > 70);
  });
});
