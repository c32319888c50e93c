import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reading } from '../../../../nodes/contract/reading.ts';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { endPrograms, needs } from '../../../support/program.ts';
import { TimeSeriesServer } from '../../../support/time-series-servers.ts';

const day = 86_400_000;
const devices = ['core-1', 'core "2"\n☃', 'edge'];

for (const program of ['prometheus', 'victoria-metrics'] as const)
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
        tell: (problem) => told.push(problem.message),
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

    it('has every reading there once, over an end of the server and of the history', async () => {
      await server.start();
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
      for (const device of devices)
        await until(
          async () => (await kept(device)).length >= 100,
          async () => {
            assert.deepEqual(
              await kept(device),
              Array.from({ length: 100 }, (_, i) => i + 0.25),
            );
          },
        );
    });
  });

// VictoriaMetrics shows what it has got a little later.
async function until(isSo: () => Promise<boolean>, then: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 100 && !(await isSo()); i++) await wait(100);
  await then();
}
