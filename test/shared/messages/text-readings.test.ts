import assert from 'node:assert/strict';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { type HistorySeries, toCsv, toJsonLines } from '../../../nodes/shared/history/answers.ts';
import { kindOfText, textReadings } from '../../../nodes/shared/messages/text-readings.ts';

const now = 1e12;

describe('Readings of a text', () => {
  const read = (text: string) => {
    const work = textReadings({ text, kind: kindOfText(text)! }, now);
    let step = work.next();
    while (!step.done) step = work.next();
    const { readings, problems } = step.value;
    return { readings, problems: problems.map(({ message }) => message) };
  };
  const series: HistorySeries[] = [
    {
      ...{ metric: 'in_rate', unit: 'bit/s', times: [5, 6] },
      labels: { device: 'a "b", c', unit: 'x', note: '=1+1\nand 🌡', blank: ' y ' },
      values: { value: [1.5, -2e300] },
    },
    { metric: 'other', unit: '1', labels: {}, times: [7], values: { value: [0] } },
  ];
  const [{ labels } = { labels: {} }] = series;
  const readings: Reading[] = [
    { metric: 'in_rate', value: 1.5, unit: 'bit/s', time: 5, labels },
    { metric: 'in_rate', value: -2e300, unit: 'bit/s', time: 6, labels },
    { metric: 'other', value: 0, unit: '1', time: 7, labels: {} },
  ];

  it('are those that were exported as CSV, with any label', () => {
    const text = [...toCsv(series)].join('');
    assert.deepEqual(read(text), { readings, problems: [] });
    assert.deepEqual(read(`\uFEFF${text}`).readings, readings);
  });

  it('are those that were exported as JSON lines, with what describes them', () => {
    const text = [...toJsonLines([{ ...series[0]!, info: { alias: 'up' } }, series[1]!])].join('');
    const [first, second, other] = readings as [Reading, Reading, Reading];
    const info = { alias: 'up' };
    assert.deepEqual(read(text).readings, [{ ...first, info }, { ...second, info }, other]);
  });

  it('tell of bad lines by their numbers, and keep the others', () => {
    const good = (value: number) => JSON.stringify({ metric: 'm', value, time: 1 });
    const json = read(`${good(1)}\n{"metric":\n\n{"metric":"m","value":"x"}\r\n${good(2)}`);
    assert.deepEqual(
      json.readings.map(({ value }) => value),
      [1, 2],
    );
    assert.match(json.problems[0]!, /^line 2: /);
    assert.match(json.problems[1]!, /^line 4: .*value.*number/);
    const csv = read('time,metric,value,site\n1,m,1,"x\ny"\n,m,,\nnever,m,1,\n1,m,1,a,b\n2,m,2,\n');
    assert.deepEqual(
      csv.readings.map(({ time, value, labels }) => [time, value, labels]),
      [
        [1, 1, { site: 'x\ny' }],
        [2, 2, {}],
      ],
    );
    assert.deepEqual(
      csv.problems.map((text) => text.slice(0, 7)),
      ['line 4:', 'line 5:', 'line 6:'],
    );
  });

  it('keep what comes before a quote that is not closed', () => {
    const { readings: kept, problems } = read('metric,value\nm,1\n"m,2\nm,3');
    assert.deepEqual([kept.length, problems.length], [1, 1]);
  });

  it('take times as numbers or as ISO 8601, and now where there is none', () => {
    const text = 'metric;value;time\nm;1;2026-11-28T18:00:00Z\nm;1;1700000000000\nm;1;';
    assert.deepEqual(
      read(text).readings.map(({ time }) => time),
      [Date.parse('2026-11-28T18:00:00Z'), 1_700_000_000_000, now],
    );
  });

  it('are only in texts that look so', () => {
    assert.equal(kindOfText('{"metric":"m"}'), 'json');
    for (const text of ['time,metric,value', '"metric",value\n1,2', '\uFEFFmetric;value']) {
      assert.equal(kindOfText(text), 'csv', text);
    }
    for (const text of ['12', 'on', '', 'metrics of all,1']) {
      assert.equal(kindOfText(text), undefined, text);
    }
  });
});
