import assert from 'node:assert/strict';
import {
  type HistorySeries,
  readHistory,
  toCsv,
  toReadings,
  toRows,
} from '../../../nodes/shared/history/answers.ts';
import { readRequest, requestDefaults } from '../../../nodes/shared/history/request.ts';
import type { AskedQuery } from '../../../nodes/shared/history/store/messages.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';

const series: HistorySeries = {
  metric: 'in_rate',
  labels: { device: 'a' },
  unit: 'bit/s',
  info: { alias: 'uplink' },
  times: [1000, 2000],
  values: { average: [1, null] },
};

describe('answers of history', () => {
  it('are readings without what is not there', () => {
    assert.deepEqual(atOnce(toReadings([series])), [
      {
        ...{ metric: 'in_rate', value: 1, unit: 'bit/s', time: 1000 },
        ...{ labels: { device: 'a' }, info: { alias: 'uplink' } },
      },
    ]);
    const both = atOnce(toReadings([{ ...series, values: { rate: [1, null], count: [2, null] } }]));
    assert.deepEqual(
      both.map(({ labels, unit }) => [labels.aggregation, unit]),
      [
        ['rate', 'bit/s/s'],
        ['count', '1'],
      ],
    );
  });

  it('are rows, and CSV that no spreadsheet takes for a formula', () => {
    const both = [series, { ...series, labels: { device: '=1+1, "x"' } }];
    assert.equal(
      [...toCsv(both)].join(''),
      'time,metric,device,value,unit\r\n' +
        '1000,in_rate,a,1,bit/s\r\n' +
        '1000,in_rate,"\'=1+1, ""x""",1,bit/s\r\n',
    );
  });

  it('are rows with a name of its own for each column', () => {
    const labels = { device: 'a', time: 'noon', max: '9' };
    const values = { min: [1, null], max: [2, null] };
    assert.deepEqual(atOnce(toRows([{ ...series, labels, values }])), [
      {
        ...{ time: 1000, metric: 'in_rate', device: 'a', label_time: 'noon', label_max: '9' },
        ...{ min: 1, max: 2, unit: 'bit/s' },
      },
    ]);
  });

  it('are CSV in pieces, each of whole rows', () => {
    const times = Array.from({ length: 1200 }, (_, i) => i);
    const pieces = [...toCsv([{ ...series, times, values: { average: times } }])];
    // The header, and as many as it takes for the rows.
    assert.equal(pieces.length, 4);
    assert.equal(pieces.join('').split('\r\n').length, 1202);
    assert.ok(pieces.every((piece) => piece.endsWith('\r\n')));
  });

  it('lay what is compared with upon the rest', async () => {
    const day = 86_400_000;
    const now = Date.parse('2026-11-25T10:00:00Z');
    const request = readRequest({ ...requestDefaults, timeZone: 'UTC', compare: 'day' }, now);
    const asked: AskedQuery[] = [];
    const history = {
      read(query: AskedQuery) {
        asked.push(query);
        const columns = { average: Float64Array.of(5, Number.NaN) };
        const times = Float64Array.of(query.from, query.from + 1);
        const one = { metric: 'm', labels: {}, unit: '1', info: undefined, times, columns };
        return Promise.resolve({ series: [one], omitted: 1 });
      },
    };
    const answer = await readHistory(history, request, 'day before');
    assert.equal(asked[1]!.from, asked[0]!.from - day);
    assert.deepEqual(answer.series[1]!.times, answer.series[0]!.times);
    assert.deepEqual(answer.series[1]!.labels, { compared: 'day before' });
    assert.deepEqual(answer.series[1]!.values, { average: [5, null] });
    assert.equal(answer.omitted, 2);
  });
});
