import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { metrics } from '../../nodes/contract/metrics.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { HistoryApi } from '../../nodes/history-database/api.ts';
import { systemClock } from '../../nodes/shared/clock.ts';
import { History } from '../../nodes/shared/history/history.ts';
import { endPrograms, needs } from '../support/program.ts';
import { root } from '../support/red.ts';
import { TimeSeriesServer } from '../support/time-series-servers.ts';

const day = 86_400_000;

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
  templating: { list: { name: string; definition?: string }[] };
}

const dashboard = JSON.parse(
  readFileSync(join(root, 'docs', 'grafana', 'netmon.json'), 'utf8'),
) as Dashboard;

/** Each expression as Grafana asks it, with its variables filled in. */
const expressions = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => ({
    title,
    expression: expr.replaceAll('$device', '.*').replaceAll('$__range', '5m'),
  })),
);

describe('the dashboard for Grafana', function () {
  this.timeout(60_000);
  let folder: string;
  let history: History;
  let page: Server;
  let servers: Record<'scraping' | 'written to', TimeSeriesServer>;

  before(async function () {
    needs(this, 'prometheus');
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    const api = new HistoryApi(() => Promise.resolve(history), '', systemClock);
    page = createServer((request, response) => {
      void api
        .answer('/metrics', {
          ...{ query: {}, accept: request.headers.accept, signal: new AbortController().signal },
        })
        .then(({ status, type, body }) => {
          response.writeHead(status, { 'Content-Type': type }).end([...body].join(''));
        });
    }).listen(0, '127.0.0.1');
    await once(page, 'listening');
    const address = `http://127.0.0.1:${(page.address() as AddressInfo).port}/metrics`;
    servers = {
      scraping: await TimeSeriesServer.make('prometheus', address),
      'written to': await TimeSeriesServer.make('prometheus'),
    };
    history = new History({
      folder,
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
      commitMs: 10,
      forwards: [
        {
          ...{ name: 'a', url: `${servers['written to'].url}/api/v1/write`, authorization: '' },
          ...{ verify: true, ca: '', labels: {} },
        },
      ],
      clock: systemClock,
    });
    await history.write(readings());
    await Promise.all(Object.values(servers).map((server) => server.start()));
  });

  after(async () => {
    await history?.close();
    page?.close();
    for (const server of Object.values(servers ?? {})) await server.remove();
    await endPrograms();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('asks for something', () => {
    assert.ok(expressions.length > 20);
    assert.deepEqual(
      dashboard.templating.list.map(({ name }) => name),
      ['datasource', 'device'],
    );
  });

  for (const how of ['scraping', 'written to'] as const) {
    it(`shows something in each panel, asking a Prometheus that is ${how}`, async () => {
      const server = servers[how];
      const ask = (expression: string) => server.query(expression, Date.now());
      while ((await ask('device_up')).length === 0) await wait(100);
      const empty: string[] = [];
      for (const { title, expression } of expressions) {
        if ((await ask(expression)).length === 0) empty.push(`${title}: ${expression}`);
      }
      assert.deepEqual(empty, []);
      const devices = await ask('group by (device) (device_up)');
      assert.deepEqual(devices.map(({ metric }) => metric.device).sort(), ['core-1', 'edge "2"']);
    });
  }

  /** One of each metric that Netmon's nodes send, of two devices. */
  function readings(): Reading[] {
    const time = Date.now();
    const names = [...Object.entries(metrics), ['alert_state', '1'] as const];
    return ['core-1', 'edge "2"'].flatMap((device) =>
      names.map(([metric, unit]): Reading => ({
        ...{ metric, unit, time, value: 1 },
        labels: { device, interface: 'eth0' },
      })),
    );
  }
});
