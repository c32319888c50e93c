import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Reading, seriesKey } from '../../../../nodes/contract/reading.ts';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import { aggregations } from '../../../../nodes/shared/history/aggregation.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { RemoteHistory } from '../../../../nodes/shared/history/remote-read/remote-history.ts';
import { Server } from '../../../../nodes/shared/history/remote-read/server.ts';
import type { AskedQuery } from '../../../../nodes/shared/history/store/messages.ts';
import type { Answer } from '../../../../nodes/shared/history/store/query.ts';
import type { LatestValue } from '../../../../nodes/shared/history/store/store.ts';
import { endPrograms, needs } from '../../../support/program.ts';
import { TimeSeriesServer } from '../../../support/time-series-servers.ts';

const minute = 60_000;
const day = 86_400_000;

for (const program of ['prometheus', 'victoria-metrics'] as const) {
  describe(`the history that ${program} has`, function () {
    this.timeout(60_000);
    const end = Math.floor(Date.now() / minute) * minute;
    const begin = end - 30 * minute;
    let folder: string;
    let server: TimeSeriesServer;
    let history: History;
    let client: Server;

    before(async function () {
      needs(this, program);
      folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
      server = await TimeSeriesServer.make(program);
      await server.start();
      const address = { authorization: '', verify: true, ca: '' };
      client = new Server({ ...address, url: `${server.url}/` });
      history = new History({
        folder,
        retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
        commitMs: 10,
        forwards: [{ ...address, name: 'a', url: `${server.url}/api/v1/write`, labels: {} }],
        clock: systemClock,
      });
      await history.write(readings());
      while ((await history.status()).forwards.a?.behind !== 0) await wait(20);
      // VictoriaMetrics shows what it has got a little later.
      const all = query({});
      while ((await remote().read(all)).series.length < 4) await wait(100);
    });

    after(async () => {
      await history?.close();
      client?.close();
      await server?.remove();
      await endPrograms();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    const remote = (many?: number) => new RemoteHistory(client, Date.now, many);
    const query = (more: Partial<AskedQuery>): AskedQuery => ({
      ...{ metrics: '*', labels: '', from: begin, to: end, limit: 1e6, maxSeries: 100 },
      ...more,
    });
    const edges = (step: number) =>
      Float64Array.from({ length: (end - begin) / step + 1 }, (_, i) => begin + i * step);

    /** Every 10 s: one more, but for a gap. */
    function readings(): Reading[] {
      const labels = [
        { device: 'a', interface: 'eth0' },
        { device: 'a', interface: 'say "hi"\\\n☃' },
        { device: 'b', interface: 'eth0' },
      ];
      const all: Reading[] = [];
      for (let time = begin + 3000; time < end; time += 10_000) {
        if (time > begin + 10 * minute && time < begin + 13 * minute) continue;
        const n = (time - begin - 3000) / 10_000;
        for (const [i, each] of labels.entries()) {
          all.push({
            ...{ metric: 'in_rate', unit: 'bit/s', time, labels: each },
            value: Math.round((n ** 1.5 + i * 100) * 10) / 10,
          });
        }
        all.push({ metric: 'cpu_usage', unit: '%', time, value: n % 7, labels: { device: 'a' } });
      }
      return all;
    }

    const cases: [string, Partial<AskedQuery>][] = [
      ['readings as they came', {}],
      ['some of the time', { from: begin + 33_000, to: begin + 63_000 }],
      ['one metric', { metrics: 'in_*, !in_packets' }],
      ['labels', { labels: 'device=a, interface!=eth0' }],
      ['steps, all ways', { edges: edges(minute), aggregations }],
      ['groups', { edges: edges(5 * minute), group: { by: ['device'], across: 'sum' } }],
      ['the largest', { edges: edges(5 * minute), top: 2 }],
      ['few series', { maxSeries: 1 }],
      ['nothing', { metrics: 'no_such_metric' }],
    ];
    for (const [what, asked] of cases) {
      it(`is what a folder has: ${what}`, async () => {
        const [here, there] = [await history.read(query(asked)), await remote().read(query(asked))];
        assert.deepEqual(there, here);
        assert.ok(what === 'nothing' || here.series.length > 0);
      });
    }

    it('has the same steps where the server makes them', async () => {
      const asked = query({
        edges: edges(5 * minute),
        aggregations: ['average', 'min', 'max', 'sum', 'last', 'count'],
      });
      const rounded = ({ series }: Answer) =>
        series.map(({ labels, columns }) => [
          labels,
          Object.entries(columns).map(([name, column]) => [
            name,
            Array.from(column, (value) => Number(value.toPrecision(12))),
          ]),
        ]);
      assert.deepEqual(rounded(await remote(0).read(asked)), rounded(await history.read(asked)));
      const rates = { ...asked, metrics: 'in_rate', aggregations: ['rate'] as const };
      const [far] = (await remote(0).read(rates)).series;
      const [near] = (await history.read(rates)).series;
      for (const [i, value] of [...near!.columns.rate!].entries()) {
        if (i > 0) assert.ok(Math.abs(far!.columns.rate![i]! / value - 1) < 0.02, `${i}`);
      }
    });

    it('is analysed as a folder is, in a thread of its own', async () => {
      const middle = begin + 15 * minute;
      const request = {
        ...{ metrics: '*', labels: '', maxSeries: 100 },
        ...{ now: { from: middle, to: end }, before: { from: begin, to: middle } },
      };
      const here = await history.analyse('compare', request);
      assert.equal(here.series.length, 4);
      assert.deepEqual(await remote().analyse('compare', request), here);
      const few = { ...request, maxSeries: 2 };
      assert.deepEqual(
        await remote().analyse('compare', few),
        await history.analyse('compare', few),
      );
    });

    it('has the latest value of each series', async () => {
      const sorted = (values: readonly object[]) =>
        values.map((value) => JSON.stringify(value, Object.keys(value).sort())).sort();
      const key = ({ metric, labels, ...rest }: LatestValue) => ({
        ...{ ...rest, key: seriesKey(metric, labels) },
      });
      const [here, there] = [await history.latest(begin), await remote().latest(begin)];
      assert.equal(here.length, 4);
      assert.deepEqual(sorted(there.map(key)), sorted(here.map(key)));
    });

    it('says what is wrong', async () => {
      const elsewhere = (url: string) =>
        new RemoteHistory(new Server({ url, authorization: '', verify: true, ca: '' }), Date.now);
      await assert.rejects(elsewhere('http://127.0.0.1:9').read(query({})), {
        key: 'historyServer',
      });
      await assert.rejects(
        elsewhere(`${server.url}/nowhere`).read(query({})),
        /gives no history: status 4\d\d/,
      );
      const stop = new AbortController();
      const asked = remote().read(query({}), stop.signal);
      stop.abort(new Error('enough'));
      await assert.rejects(asked, { message: 'enough' });
      await assert.rejects(remote().write(), { key: 'historyServerWrite' });
    });
  });
}
