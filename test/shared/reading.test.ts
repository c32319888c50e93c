import assert from 'node:assert/strict';
import { readReadings, seriesKey } from '../../nodes/shared/reading.ts';

describe('readReadings', () => {
  const reading = {
    metric: 'cpu_usage',
    value: 93,
    unit: '%',
    time: 1000,
    labels: { device: 'core-1' },
  };

  it('takes a list, one reading and a bare number alike', () => {
    assert.deepEqual(readReadings([reading, reading], 'x', 5).readings, [reading, reading]);
    assert.deepEqual(readReadings(reading, 'x', 5).readings, [reading]);
    assert.deepEqual(readReadings('42.5', 'cpu_usage', 5), {
      readings: [{ metric: 'cpu_usage', value: 42.5, unit: '%', time: 5, labels: {} }],
      problems: [],
    });
  });

  it('keeps the good readings and names the bad fields', () => {
    const { readings, problems } = readReadings(
      [reading, { ...reading, value: Number.NaN }, 7],
      undefined,
      5,
    );
    assert.deepEqual(readings, [reading]);
    assert.deepEqual(
      problems.map((p) => p.message),
      [
        'payload[1].value: expected a number, but got NaN',
        'payload[2]: expected a reading, a list of readings or a number, but got 7',
      ],
    );
  });

  it('refuses __proto__ as a label', () => {
    const hostile = JSON.parse('{"metric":"m","value":1,"labels":{"__proto__":"x"}}');
    const { readings, problems } = readReadings(hostile, undefined, 5);
    assert.deepEqual(readings, []);
    assert.match(problems[0]!.message, /^payload\.labels\.__proto__: expected a label name/);
  });
});

describe('seriesKey', () => {
  it('does not depend on the order of labels, but on each of them', () => {
    assert.equal(seriesKey('m', { a: '1', b: '2' }), seriesKey('m', { b: '2', a: '1' }));
    assert.notEqual(seriesKey('m', { a: '1', b: '2' }), seriesKey('m', { a: '1b', '': '2' }));
    assert.notEqual(seriesKey('m', { a: '1' }), seriesKey('m', {}));
  });
});
