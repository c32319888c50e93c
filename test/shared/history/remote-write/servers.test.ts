import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reading } from '../../../../nodes/contract/reading.ts';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { endPrograms, needs } from '../../../support/program.ts';
import { TimeSeriesServer } from '../../../support/time-series-servers.ts';

const day = 86_400_000;
const devices = ['core-1', 'core "2"\n☃', 'edge'];

for (const program of ['prometheus', 'victoria-metrics'] as const) {
  describe(`remote write to ${program}`, function () {
    this.timeout(60_000);
    let folder: string;
    let server: TimeSeriesServer;
    let history: History;
    let told: string[];
    const begin = Date.now() - 600_000;
    let seconds = 0;

    before(async function () {
      needs(this, program);
      server = await TimeSeriesServer.make(program);
      await server.start();
    });

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
      told = [];
      open();
    });

    afterEach(async () => {
      await history.close();
      rmSync(folder, { recursive: true, force: true });
    });

    after(async () => {
      await server?.remove();
      await endPrograms();
    });

    const open = () => {
      history = new History({
        folder,
        retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
        commitMs: 10,
        forwards: [
          {
            name: 'a',
            url: `${server.url}/api/v1/write`,
            ...{ authorization: '', verify: true, ca: '', labels: { site: 'lab' } },
          },
        ],
        clock: systemClock,
        tell: (problem) => problem && told.push(problem.message),
      });
    };
    /** Keeps so many seconds of readings, each in a batch of its own; the value is the second. */
    const write = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const readings = devices.map((device): Reading => ({
          ...{ metric: 'in.rate', value: seconds + 0.25, unit: 'bit/s', labels: { device } },
          time: begin + seconds * 1000,
        }));
        seconds++;
        await history.write(readings);
      }
    };
    const reached = async (isSo: (behind: number) => boolean) => {
      for (;;) {
        const { forwards } = await history.status();
        if (forwards.a && isSo(forwards.a.behind)) return forwards.a;
        await wait(20);
      }
    };
    /** The values that the server has of a device, by their time in s. */
    const kept = async (device: string) => {
      const label = JSON.stringify(device);
      const found = await server.query(`in_rate{device=${label},site="lab"}[20m]`, begin + 600_000);
      return found.flatMap(({ values = [] }) => values.map(([, value]) => Number(value)));
    };

    // VictoriaMetrics shows what it has got a little later.
    const sameIsKept = async (count: number) => {
      for (const device of devices) {
        for (let i = 0; i < 100 && (await kept(device)).length < count; i++) await wait(100);
        const all = Array.from({ length: count }, (_, n) => n + 0.25);
        assert.deepEqual(await kept(device), all);
      }
    };

    it('has every reading there once, also those sent again after a crash', async () => {
      await write(20);
      await reached((behind) => behind === 0);
      await history.close();
      // What was taken last was not noted down yet.
      const journal = new DatabaseSync(join(folder, 'journal.db'));
      journal.exec('UPDATE receiver SET position = position - 45');
      journal.close();
      open();
      await write(10);
      const { refused } = await reached((behind) => behind === 0);
      assert.ok(refused <= 45, String(refused));
      await sameIsKept(30);
    });

    it('has every reading there once, over an end of the server and of the history', async () => {
      await write(30);
      await reached((behind) => behind === 0);
      await server.stop('SIGTERM');
      await write(30);
      const { problem } = await reached((behind) => behind === 90);
      assert.match(problem!.message, /does not take readings/);
      await history.close();
      open();
      await write(30);
      await reached((behind) => behind === 180);
      assert.equal(told.filter((text) => text.includes('refused')).length, 0);
      await server.start();
      const { refused, lost } = await reached((behind) => behind === 0);
      await history.close();
      open();
      await write(10);
      await reached((behind) => behind === 0);
      assert.deepEqual([refused, lost], [0, 0]);
      await sameIsKept(130);
    });
  });
}
