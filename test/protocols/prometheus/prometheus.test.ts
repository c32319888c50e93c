import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { bind } from '../../../nodes/protocols/bound-protocol.ts';
import { fieldSets } from '../../../nodes/protocols/fields.ts';
import { ExpositionReader } from '../../../nodes/protocols/prometheus/exposition.ts';
import { readNodeExporter } from '../../../nodes/protocols/prometheus/node-exporter.ts';
import { prometheus } from '../../../nodes/protocols/prometheus/protocol.ts';
import { selected } from '../../../nodes/protocols/prometheus/selection.ts';
import { Series } from '../../../nodes/protocols/prometheus/series.ts';
import { webNetwork } from '../../../nodes/protocols/web/network.ts';
import { parseSeries } from '../../../nodes/shared/match/parse-filter.ts';
import { SnapshotRates } from '../../../nodes/shared/rates/snapshot-rates.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { closeAll, listen } from '../peer.ts';

const never = new AbortController().signal;
const opened: Access[] = [];

function access(config: Partial<AccessConfig> = {}) {
  const made = new Access(
    {
      ...defaults,
      ...fieldSets.prometheus.defaults,
      protocol: 'prometheus',
      retries: 0,
      ...config,
    },
    {},
    bind(prometheus, { ...webNetwork, now: () => 5000 }),
  );
  opened.push(made);
  return made;
}

async function poll(address: string, config: Partial<AccessConfig> = {}) {
  return await access(config).poll(address, never);
}

describe('Prometheus over HTTP', () => {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((a) => a.close()));
    closeAll();
  });

  const serve = (body: string, type = 'text/plain; version=0.0.4') =>
    listen((_, response) => response.writeHead(200, { 'content-type': type }).end(body));

  it("asks at the address's own port where it has one", async () => {
    let asked: unknown;
    const { address } = await listen((request, response) => {
      asked = [request.url, request.headers.accept];
      response.end('node_load1 1');
    });
    const { snapshot, problems } = await poll(address);
    assert.deepEqual(asked, [
      '/metrics',
      'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.9,*/*;q=0.1',
    ]);
    assert.deepEqual(problems, []);
    const { countedAt, ...rest } = snapshot;
    assert.ok(countedAt! <= performance.now());
    assert.deepEqual(rest, {
      time: 5000,
      readings: [{ metric: 'load_average', value: 1, unit: '1', labels: { period: '1m' } }],
    });
  });

  it('gives the selected series under their own names, and what is broken as problems', async () => {
    const { address } = await serve('a_total{x="1"} 5\na_total{x="2"} six\nb 1\nnode_load1 2');
    const { snapshot, problems } = await poll(address, { metrics: 'a_*' });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['line 2: value: expected a number, but got "six"'],
    );
    assert.deepEqual(
      snapshot.readings!.map(({ metric, value }) => [metric, value]),
      [
        ['load_average', 2],
        ['a_total', 5],
      ],
    );
  });

  it('chooses interfaces, and lists them all', async () => {
    const { address } = await serve(
      ['eth0', 'eth1', 'lo'].map((n) => `node_network_up{device="${n}"} 1`).join('\n'),
    );
    const config = {
      interfaceNames: 'eth*, !eth1',
      interfaceSpeeds: [{ names: 'eth0', megabits: 100 }],
    };
    const { snapshot } = await poll(address, config);
    assert.deepEqual(snapshot.interfaces, [{ name: 'eth0', up: true, speed: 1e8 }]);
    const all = await access(config).interfaces(address, never);
    assert.deepEqual(
      all.map(({ name }) => name),
      ['eth0', 'eth1', 'lo'],
    );
  });

  for (const [name, body, type, message] of [
    [
      'a web page',
      '<html>',
      'text/html',
      "expected metrics in Prometheus' text format, but the answer is text/html",
    ],
    ['nothing', '', 'text/plain', 'the answer has no metric that is wanted'],
    [
      'nothing that is wanted',
      'a 1\nb 2\n',
      'text/plain',
      'the answer has no metric that is wanted',
    ],
    [
      'no metrics at all',
      '{"a":1}',
      'text/plain',
      'line 1: metric: expected a metric name of letters, digits, _ and :, but got "{\\"a\\":1}"',
    ],
  ] as const) {
    it(`tells of ${name}`, async () => {
      const { address } = await serve(body, type);
      await assert.rejects(poll(address), { name: 'Problem', message });
    });
  }

  it('takes an incomplete OpenMetrics answer with a warning', async () => {
    const { address } = await serve('node_load1 1\n', 'application/openmetrics-text');
    const { problems } = await poll(address);
    assert.equal(problems[0]?.message, 'the answer ends without # EOF: it may be incomplete');
  });

  it('lets others run while it reads a large answer', async () => {
    const line = (i: number) => `node_disk_io_now{device="sd${i}",path="${'x'.repeat(60)}"} ${i}\n`;
    const { address } = await serve(Array.from({ length: 50_000 }, (_, i) => line(i)).join(''));
    let turns = 0;
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const { snapshot } = await poll(address, { metrics: 'node_disk_io_now', maxSize: 10 });
    clearImmediate(next);
    assert.equal(snapshot.readings!.length, 50_000);
    // Fewer than one in a thousand lines would mean that it held up the others.
    assert.ok(turns > 50, `${turns}`);
  });

  it('refuses more series than can be read, and says how many there are', async () => {
    const line = (i: number) => `a{b="${i}"} 1\n`;
    const { address } = await serve(Array.from({ length: 100_003 }, (_, i) => line(i)).join(''));
    await assert.rejects(poll(address, { metrics: 'a' }), {
      name: 'Problem',
      message:
        'the answer has 100003 wanted series; at most 100000 are read: choose fewer under “Metrics”, or have the exporter tell fewer',
    });
    const { snapshot } = await poll(address, { metrics: 'a{b=~"[1-3]"}' });
    assert.equal(snapshot.readings!.length, 3);
  });

  it('lets others run while it maps a large answer', async () => {
    const line = (i: number) =>
      `node_filesystem_size_bytes{device="/dev/sd${i}",fstype="ext4",mountpoint="/mnt/${i}"} 9\n` +
      `node_hwmon_temp_celsius{chip="c",sensor="temp${i}"} 40\n`;
    const reader = new ExpositionReader(false, () => true);
    for (let i = 0; i < 10_000; i++) for (const l of line(i).split('\n')) reader.line(l);
    const { samples } = reader.end();
    const turns = (work: Generator<unknown, unknown>) => [...work].length;
    const series = atOnce(Series.of(samples));
    // A turn at least for each hundred series.
    assert.ok(turns(Series.of(samples)) > 200);
    assert.ok(turns(readNodeExporter(series, 0)) > 400);
    assert.ok(turns(selected(parseSeries('metrics', '*'), samples)) > 200);
  });

  describe('of a real node_exporter', function () {
    let exporter: ChildProcess | undefined;
    let address = '';

    before(async function () {
      exporter = spawn('prometheus-node-exporter', ['--web.listen-address=127.0.0.1:0'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const failed = once(exporter, 'error').then(() => '');
      const listening = (async () => {
        for await (const line of createInterface(exporter.stderr!)) {
          const port = /address=\S*?:(\d+)\s*$/.exec(line)?.[1];
          if (port !== undefined && port !== '0') return `127.0.0.1:${port}`;
        }
        return '';
      })();
      address = await Promise.race([failed, listening]);
      if (address === '') this.skip();
    });
    after(() => exporter?.kill());

    it('reads host and interfaces', async () => {
      const device = access();
      const rates = new SnapshotRates();
      const readings = async (time: number) => {
        const { snapshot, problems } = await device.poll(address, never);
        assert.deepEqual(problems, []);
        return rates.readings('host', {}, { ...snapshot, time }).readings;
      };
      await readings(1000);
      const found = await readings(2000);
      const metrics = new Set(found.map(({ metric }) => metric));
      for (const metric of [
        ...['uptime', 'cpu_usage', 'memory_usage', 'disk_usage', 'load_average'],
        ...['in_rate', 'out_rate', 'in_packets', 'error_rate'],
      ] as const) {
        assert.ok(metrics.has(metric), metric);
      }
      assert.ok(found.every(({ labels }) => labels.device === 'host'));
    });
  });
});
