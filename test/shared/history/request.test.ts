import assert from 'node:assert/strict';
import { addDays, beginOf, stepEdges, usualStep } from '../../../nodes/shared/history/calendar.ts';
import {
  type HistoryRequest,
  readRequest,
  requestDefaults,
} from '../../../nodes/shared/history/request.ts';

const hour = 3_600_000;
const day = 24 * hour;
const zone = 'Europe/Berlin';
// A Wednesday.
const now = Date.parse('2026-11-25T10:00:00Z');

describe('the calendar', () => {
  it('finds the begin of days, weeks, months and years in a zone', () => {
    const text = (unit: 'day' | 'week' | 'month' | 'year', at = now, where = zone) =>
      new Date(beginOf(unit, at, where)).toISOString();
    assert.equal(text('day'), '2026-11-24T23:00:00.000Z');
    assert.equal(text('week'), '2026-11-22T23:00:00.000Z');
    assert.equal(text('month'), '2026-10-31T23:00:00.000Z');
    assert.equal(text('year'), '2025-12-31T23:00:00.000Z');
    assert.equal(text('day', Date.parse('2026-07-01T23:30:00Z')), '2026-07-01T22:00:00.000Z');
    assert.equal(text('day', now, 'Asia/Kathmandu'), '2026-11-24T18:15:00.000Z');
  });

  it('keeps the time of day over a change of daylight saving time', () => {
    const before = Date.parse('2026-03-28T11:00:00Z');
    assert.equal(addDays(before, 1, zone) - before, 23 * hour);
    const autumn = Date.parse('2026-10-24T10:00:00Z');
    assert.equal(addDays(autumn, 1, zone) - autumn, 25 * hour);
  });

  it('lets steps begin where people expect it', () => {
    const from = Date.parse('2026-10-24T12:34:00Z');
    const days = [...stepEdges(from, from + 2 * day, day, zone)].map((edge) =>
      new Date(edge).toISOString(),
    );
    assert.deepEqual(days, [
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
    const [first] = stepEdges(from, from + day, 6 * hour, 'Asia/Kathmandu');
    assert.equal(new Date(first!).toISOString(), '2026-10-24T12:15:00.000Z');
  });

  it('chooses a step by the span', () => {
    assert.equal(usualStep(hour, 500), 10_000);
    assert.equal(usualStep(day, 500), 5 * 60_000);
    assert.equal(usualStep(30 * day, 500), 2 * hour);
    assert.equal(usualStep(3650 * day, 500), 8 * day);
  });
});

describe('readRequest', () => {
  const read = (request: Partial<HistoryRequest>) =>
    readRequest({ ...requestDefaults, timeZone: zone, ...request }, now);
  const span = (from: string | number, to: string | number = '') => {
    const { query } = read({ from, to });
    return [query.from, query.to].map((time) => new Date(time).toISOString().slice(0, 16));
  };

  it('reads spans of time', () => {
    assert.deepEqual(span('24h'), ['2026-11-24T10:00', '2026-11-25T10:00']);
    assert.deepEqual(span('1h30m ago'), ['2026-11-25T08:30', '2026-11-25T10:00']);
    assert.deepEqual(span('yesterday'), ['2026-11-23T23:00', '2026-11-24T23:00']);
    assert.deepEqual(span('today'), ['2026-11-24T23:00', '2026-11-25T10:00']);
    assert.deepEqual(span('last week'), ['2026-11-15T23:00', '2026-11-22T23:00']);
    assert.deepEqual(span('last month'), ['2026-09-30T22:00', '2026-10-31T23:00']);
    assert.deepEqual(span('2026-11-20'), ['2026-11-19T23:00', '2026-11-20T23:00']);
    assert.deepEqual(span('2026-11-20 08:00', '2026-11-20T09:00Z'), [
      '2026-11-20T07:00',
      '2026-11-20T09:00',
    ]);
    assert.deepEqual(span('2026-11-18', '2026-11-19'), ['2026-11-17T23:00', '2026-11-19T23:00']);
    assert.deepEqual(span(now - hour, String(now)), ['2026-11-25T09:00', '2026-11-25T10:00']);
  });

  it('has steps that fit a chart, those that are asked for, or readings as they came', () => {
    assert.equal(read({}).query.edges!.length, 24 * 12 + 1);
    assert.equal(read({ step: '1h' }).query.edges!.length, 25);
    assert.equal(read({ step: 3600 }).query.edges!.length, 25);
    assert.equal(read({ step: 'raw' }).query.edges, undefined);
  });

  it('moves what is compared with by whole days', () => {
    const { query, before } = read({ compare: 'week' });
    assert.equal(before!.by, 7 * day);
    assert.equal(before!.query.from, query.from - 7 * day);
  });

  it('reads groups and the number of series', () => {
    const { query } = read({ groupBy: 'device, site', across: 'max', top: '5', limit: '7' });
    assert.deepEqual(query.group, { by: ['device', 'site'], across: 'max' });
    assert.deepEqual([query.top, query.maxSeries], [5, 7]);
    assert.deepEqual(read({ groupBy: '-' }).query.group!.by, []);
  });

  for (const [field, bad] of Object.entries({
    from: ['24', 'tomorrow', '', '2026-13-01', Number.NaN, null],
    to: ['25h', 'x'],
    step: ['', '0s', 0, '5 minutes', -1, '1s'],
    aggregation: ['mean', '', []],
    groupBy: ['a b', 'a,,b'],
    across: ['median'],
    top: [0, 'x'],
    compare: ['month'],
    timeZone: ['Mars/Olympus', 5],
    limit: [0, 1e9, 'x'],
    metrics: ['', 5],
    labels: ['device='],
  } as Record<string, unknown[]>)) {
    for (const value of bad.filter((each) => !(Array.isArray(each) && each.length === 0))) {
      it(`refuses ${field} ${JSON.stringify(value)}`, () => {
        assert.throws(() => read({ [field]: value }), {
          name: 'Problem',
          field,
        });
      });
    }
  }
});
