import assert from 'node:assert/strict';
import { seriesKey } from '../../../nodes/contract/reading.ts';
import { readReadings } from '../../../nodes/shared/messages/read-readings.ts';
import { heldAfter } from '../../support/memory.ts';

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

describe('readReadings of a list that is complete', () => {
  it('gives the list itself', () => {
    const info = { alias: '<b>uplink</b>' };
    const list = [{ metric: 'm', value: 1, unit: '1', time: 5, labels: { device: 'a' }, info }];
    assert.equal(readReadings(list, undefined, 9).readings, list);
  });

  const changes: [what: string, change: object][] = [
    ['an infinite value', { value: Infinity }],
    ['a blank metric', { metric: ' ' }],
    ['a metric with a line break', { metric: 'a\nb' }],
    ['labels in a list', { labels: ['x'] }],
    ['a label without a text', { labels: { device: {} } }],
    ['a bad label name', { labels: { 'a b': 'x' } }],
    ['info without a text', { info: { alias: null } }],
    ['a negative time', { time: -1 }],
  ];
  for (const [what, change] of changes) {
    it(`refuses ${what}`, () => {
      const reading = { metric: 'm', value: 1, unit: '1', time: 5, labels: {}, ...change };
      const { readings, problems } = readReadings([reading], undefined, 9);
      assert.deepEqual([readings.length, problems.length], [0, 1]);
    });
  }
});

describe('readReadings of ever new names', () => {
  for (const [what, part] of [
    ['metrics', (name: string) => ({ metric: name })],
    ['labels', (name: string) => ({ labels: { [name]: 'x' } })],
  ] as const) {
    it(`remembers no more than some ${what}`, () => {
      const bytes = heldAfter(() => {
        for (let i = 0; i < 100_000; i++) {
          const reading = { metric: 'm', value: 1, unit: '1', time: 5, labels: {} };
          const name = `n${'x'.repeat(180)}${i}`;
          assert.equal(readReadings([{ ...reading, ...part(name) }], '', 9).problems.length, 0);
        }
      });
      assert.ok(bytes < 5e6, `${bytes} bytes`);
    });
  }
});

describe('seriesKey', () => {
  it('does not depend on the order of labels, but on each of them', () => {
    assert.equal(seriesKey('m', { a: '1', b: '2' }), seriesKey('m', { b: '2', a: '1' }));
    assert.notEqual(seriesKey('m', { a: '1', b: '2' }), seriesKey('m', { a: '1b', '': '2' }));
    assert.notEqual(seriesKey('m', { a: '1' }), seriesKey('m', {}));
  });
});
