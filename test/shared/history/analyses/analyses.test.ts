import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import { run } from '../../../../nodes/shared/history/analyses/analysis.ts';
import { compare, type CompareRequest } from '../../../../nodes/shared/history/analyses/compare.ts';
import { analyseInThread } from '../../../../nodes/shared/history/analyses/thread.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { KeptReadings } from '../../../support/kept-readings.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('an analysis of a history', function () {
  this.timeout(20_000);
  const now = Math.floor(Date.now() / hour) * hour;
  const request: CompareRequest = {
    ...{ metrics: '*', labels: '', maxSeries: 1000 },
    now: { from: now - hour, to: now },
    before: { from: now - 2 * hour, to: now - hour },
  };
  let folder: string;
  let history: History;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-analysis-'));
    history = new History({
      folder,
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
      ...{ commitMs: 10, forwards: [], clock: systemClock },
    });
  });

  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A reading each 5 minutes of both hours: 1 to 12 in the first, twice that in the second. */
  const write = (devices: number) =>
    history.write(
      Array.from({ length: devices * 24 }, (_, i) => {
        const at = Math.floor(i / devices);
        return {
          ...{ metric: 'in_rate', unit: 'bit/s', labels: { device: `d${i % devices}` } },
          time: now - 2 * hour + at * 5 * minute,
          value: at < 12 ? at + 1 : 2 * (at - 11),
        };
      }),
    );

  it('is made in its thread, over more series than are in memory at a time', async () => {
    await write(120);
    const { series, omitted } = await history.analyse('compare', request);
    assert.equal(omitted, 0);
    assert.equal(new Set(series.map(({ labels }) => labels.device)).size, 120);
    for (const { now: after, before } of series) {
      // numpy.quantile(numpy.arange(1, 13), 0.95) is 11.45
      assert.deepEqual([before!.peak, after!.peak], [12, 24]);
      assert.ok(Math.abs(before!.mean - 6.5) < 1e-12);
      assert.ok(Math.abs(before!.percentile95 - 11.45) < 1e-12);
      assert.ok(Math.abs(after!.percentile95 - 22.9) < 1e-12);
    }
  });

  it('leaves out what is beyond the most series, and says how many', async () => {
    await write(70);
    const { series, omitted } = await history.analyse('compare', { ...request, maxSeries: 60 });
    assert.deepEqual([series.length, omitted], [60, 10]);
  });

  it('is made in a thread of its own of what is read elsewhere', async () => {
    await write(60);
    const read = history.read.bind(history);
    const { signal } = new AbortController();
    assert.deepEqual(
      await analyseInThread('compare', request, read, signal),
      await history.analyse('compare', request),
    );
  });

  it('fails with what reading fails with, in either thread', async () => {
    const { signal } = new AbortController();
    const bad = { ...request, labels: 'device=~"("' };
    const expected = { key: 'field', field: 'labels' };
    await assert.rejects(history.analyse('compare', bad), expected);
    const read = history.read.bind(history);
    await assert.rejects(analyseInThread('compare', bad, read, signal), expected);
  });

  it('ends where nobody waits for it, and what comes after is done', async () => {
    await write(60);
    const read = history.read.bind(history);
    for (const analyse of [
      (signal: AbortSignal) => history.analyse('compare', request, signal),
      (signal: AbortSignal) => analyseInThread('compare', request, read, signal),
    ]) {
      const control = new AbortController();
      const ended = analyse(control.signal);
      control.abort(new Error('enough'));
      await assert.rejects(ended, { message: 'enough' });
    }
    assert.equal((await history.analyse('compare', request)).series.length, 60);
  });

  it('gives others their turn between series', async () => {
    const kept = new KeptReadings([
      ['a', {}, [[now - minute, 1]]],
      ['b', {}, [[now - minute, 2]]],
    ]);
    let turns = 0;
    const work = compare({ ...request, metrics: 'a, b' });
    const read: typeof kept.read = async (query) => {
      const answer = await kept.read(query);
      const columns = (c: Record<string, Float64Array>) => ({ ...c, average: c.max! });
      return {
        ...answer,
        series: answer.series.map((s) => ({ ...s, columns: columns(s.columns) })),
      };
    };
    const { series } = await run(work, read, () => {
      turns++;
      return undefined;
    });
    assert.deepEqual([series.length, turns], [2, 2]);
  });
});
