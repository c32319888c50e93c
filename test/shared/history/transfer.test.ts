import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { Export } from '../../../nodes/shared/history/export.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import { Import } from '../../../nodes/shared/history/import.ts';
import type { AskedQuery } from '../../../nodes/shared/history/store/messages.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('Export and import', function () {
  this.timeout(30_000);
  const now = Math.floor(Date.now() / hour) * hour;
  const signal = new AbortController().signal;
  const folders: string[] = [];
  const histories: History[] = [];
  const open = () => {
    const folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    folders.push(folder);
    const history = new History({
      // So long that an import would never end, had it to wait for it.
      ...{ folder, commitMs: 1e8, forwards: [], clock: systemClock },
      retention: { ages: { raw: 30 * day, '5m': 60 * day, '1h': 90 * day }, size: 1e9 },
    });
    histories.push(history);
    return history;
  };

  afterEach(async () => {
    for (const history of histories.splice(0)) await history.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const odd = { device: 'a "b", c', note: '=1+1\nand 🌡', time: 'x' };
  const readings: Reading[] = Array.from({ length: 600 }, (_, i) => ({
    metric: i % 3 === 0 ? 'odd' : 'in_rate',
    // More digits than its unit means: an export rounds nothing.
    value: i % 7 === 0 ? -2e300 : i * 1.23456789012345,
    unit: '%',
    time: now - (600 - i) * 40 * minute,
    labels: i % 3 === 0 ? odd : { device: String(i % 2) },
    ...(i % 3 === 0 && { info: { alias: 'up' } }),
  }));
  const everything = { metrics: '*', labels: '', from: now - 30 * day, to: now };
  const all = async (history: History) => {
    const { series } = await history.read({ ...everything, limit: 1e6, maxSeries: 1e4 });
    return series.map(({ metric, labels, unit, times, columns }) => ({
      ...{ metric, labels, unit },
      ...{ times: Array.from(times), values: Array.from(columns.value!) },
    }));
  };
  const exported = async (history: History, format: 'csv' | 'jsonl', more = {}) => {
    const one = new Export(history, { ...everything, format, ...more });
    let text = '';
    for await (const piece of one.pieces(signal)) text += piece;
    return { one, text };
  };
  const imported = async (history: History, text: string, length = 1000) => {
    const one = new Import(history, now);
    for (let at = 0; at < text.length; at += length) {
      await one.add(text.slice(at, at + length), signal);
    }
    await one.end(signal);
    return one.tally;
  };

  for (const format of ['csv', 'jsonl'] as const) {
    it(`give back what there was as ${format}, and nothing twice`, async () => {
      const [source, target] = [open(), open()];
      await source.write(readings, true);
      const { one, text } = await exported(source, format);
      assert.deepEqual([one.readings, one.until], [600, now]);
      for (let times = 0; times < 2; times++) {
        const { taken, refused, line } = await imported(target, text);
        assert.deepEqual([taken, refused], [600, 0]);
        assert.ok(line >= 600);
        assert.deepEqual(await all(target), await all(source));
      }
    });
  }

  it('export what was asked for, in the order of time', async () => {
    const history = open();
    await history.write(readings, true);
    const { text } = await exported(history, 'csv', {
      ...{ metrics: 'in_rate', labels: 'device="1"', from: now - 3 * day, to: now - 2 * day },
    });
    const [header, ...lines] = text.trim().split('\r\n');
    assert.equal(header, 'time,metric,device,value,unit');
    const times = lines.map((line) => Number(line.split(',')[0]));
    const wanted = readings
      .filter(({ metric, labels }) => metric === 'in_rate' && labels.device === '1')
      .map(({ time }) => time)
      .filter((time) => time >= now - 3 * day && time < now - 2 * day);
    assert.deepEqual(times, wanted);
  });

  it('export any number of readings, never many at once', async () => {
    const asked: AskedQuery[] = [];
    // A reading a second for a week, and then nothing for a year.
    const source = {
      labelNames: () => Promise.resolve(['device']),
      read(query: AskedQuery) {
        asked.push(query);
        const end = Math.min(query.to, 7 * day);
        const count = Math.max(0, Math.ceil((end - query.from) / 1000));
        const length = Math.min(query.limit, count);
        const times = Float64Array.from({ length }, (_, i) => query.from + i * 1000);
        const one = { metric: 'm', labels: { device: 'a' }, unit: '1', info: undefined };
        return Promise.resolve({
          series: [{ ...one, times, columns: { value: times } }],
          omitted: 0,
        });
      },
    };
    const request = { metrics: '*', labels: '', from: 0, to: 372 * day, format: 'csv' as const };
    const one = new Export(source, request);
    let lines = 0;
    for await (const piece of one.pieces(signal)) {
      assert.ok(piece.length < 200_000);
      lines += piece.split('\r\n').length - 1;
    }
    assert.deepEqual([lines, one.readings, one.until], [1 + 7 * 86_400, 7 * 86_400, 372 * day]);
    assert.ok(asked.every(({ limit }) => limit <= 50_000));
    assert.ok(asked.length < 100, `${asked.length} questions`);
  });

  it('export many readings of one moment', async () => {
    const history = open();
    const time = now - hour;
    const many = Array.from({ length: 1500 }, (_, i): Reading => ({
      metric: 'm',
      value: i,
      unit: '1',
      time,
      labels: { n: String(i) },
    }));
    await history.write(many, true);
    const one = new Export(history, { ...everything, format: 'jsonl' }, 1000);
    let lines = 0;
    for await (const piece of one.pieces(signal)) lines += piece.split('\n').length - 1;
    assert.deepEqual([lines, one.readings], [1500, 1500]);
  });

  it('tell which lines are not taken, and why, and take the others', async () => {
    const history = open();
    const text = [
      'time,metric,value',
      `${now},m,1`,
      `${now - 40 * day},m,2`,
      `${now + hour},m,3`,
      ',m,4',
      `${now},m,high`,
      'never,m,5',
      `${now},,6`,
      `${now - 1},m,7`,
    ].join('\n');
    const { taken, refused, problems } = await imported(history, text, 7);
    assert.deepEqual([taken, refused], [2, 6]);
    assert.deepEqual(
      problems.map(({ message }) => message.slice(0, 8)),
      ['line 3: ', 'line 4: ', 'line 5: ', 'line 6: ', 'line 7: '],
    );
    assert.match(problems[0]!.message, /older than the database keeps/);
    assert.match(problems[2]!.message, /time/);
  });

  it('tell how far they came when they are stopped', async () => {
    const history = open();
    await history.write(readings, true);
    const stopped = new AbortController();
    const one = new Export(history, { ...everything, format: 'jsonl' }, 100);
    const reason = new Error('cancelled');
    await assert.rejects(async () => {
      const pieces = one.pieces(stopped.signal);
      while (!(await pieces.next()).done) if (one.readings > 0) stopped.abort(reason);
    }, reason);
    assert.ok(one.readings > 0 && one.readings < 600 && one.until < now);

    const target = open();
    const line = (i: number) => `${now - i},m,${i}\n`;
    const import_ = new Import(target, now);
    await import_.add('time,metric,value\n', signal);
    await import_.add(Array.from({ length: 30_000 }, (_, i) => line(i)).join(''), signal);
    await import_.left();
    assert.deepEqual([import_.tally.line, import_.tally.taken], [30_001, 30_000]);
    await target.close();
    await import_.add(Array.from({ length: 30_000 }, (_, i) => line(i)).join(''), signal);
    await assert.rejects(import_.end(signal), { key: 'historyClosed' });
    assert.equal(import_.tally.taken, 30_000);
  });
});
