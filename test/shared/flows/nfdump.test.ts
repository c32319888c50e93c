import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Decoder } from '../../../nodes/shared/flows/decoder.ts';
import { Exporter } from '../../../nodes/shared/flows/exporter.ts';
import { freePort } from '../../support/free-port.ts';
import { capture, frame, type Packet } from '../../support/packet-capture.ts';
import { endPrograms, needs, pathOf, start } from '../../support/program.ts';
import { flowSample, rawHeader, sflow } from '../../support/sflow-datagrams.ts';

/** flows, packets and octets by protocol */
type Sums = Record<number, [flows: number, packets: number, octets: number]>;

/** Waits until a program listens at a port. Returns how many octets wait there (Linux). */
async function socketState(port: number): Promise<number> {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  for (;;) {
    const sockets = (await readFile('/proc/net/udp', 'latin1')).split('\n');
    const socket = sockets.find((line) => line.slice(0, 25).includes(local));
    if (socket) return Number.parseInt(socket.split(':')[4]!, 16);
    await pause(20);
  }
}

/** Packets of many conversations: TCP, UDP and ICMP over IPv4 and IPv6. */
function packets(): Packet[] {
  const began = Date.now() - 60_000;
  return Array.from({ length: 3000 }, (_, i) => {
    const isV6 = i % 5 === 0;
    return {
      time: began + i * 10,
      source: isV6 ? `fd00::${(i % 7) + 1}` : `10.0.${i % 3}.${i % 7}`,
      destination: isV6 ? '2001:db8::5' : `192.0.2.${i % 11}`,
      protocol: (['tcp', 'udp', 'icmp'] as const)[i % 3]!,
      sourcePort: 40_000 + (i % 97),
      destinationPort: [443, 53, 80][i % 3]!,
      size: 40 + ((i * 7) % 1300),
    };
  });
}

describe('The decoder beside nfdump', function () {
  this.timeout(120_000);
  let folder: string;
  let listener: Socket;

  before(function () {
    needs(this, 'softflowd', 'nfcapd', 'nfdump');
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netmon-flows-'));
    listener = createSocket('udp4').bind(0, '127.0.0.1');
    await once(listener, 'listening');
  });

  afterEach(async () => {
    listener.close();
    await endPrograms();
    await rm(folder, { recursive: true, force: true });
  });

  /** The datagrams that softflowd makes of a capture. */
  async function exported(version: string): Promise<Buffer[]> {
    const file = join(folder, 'packets.pcap');
    await writeFile(file, capture(packets()));
    const datagrams: Buffer[] = [];
    listener.on('message', (data) => datagrams.push(data));
    const target = `127.0.0.1:${listener.address().port}`;
    const program = start('softflowd', [
      ...['-a', '-6', '-d', '-r', file, '-n', target, '-v', version],
      ...['-p', join(folder, 'pid'), '-c', 'none'],
    ]);
    await once(program, 'exit');
    // What it sent is on its way: loopback keeps the order.
    const end = createSocket('udp4');
    const last = Buffer.from('end');
    while (datagrams.at(-1)?.equals(last) !== true) {
      end.send(last, listener.address().port, '127.0.0.1');
      await pause(20);
    }
    end.close();
    return datagrams.filter((data) => !data.equals(last));
  }

  /** What nfcapd and nfdump make of datagrams. */
  async function byNfdump(datagrams: readonly Buffer[], collector = 'nfcapd'): Promise<Sums> {
    const port = await freePort();
    const kept = join(folder, 'nfcapd');
    spawnSync('mkdir', [kept]);
    const program = start(collector, [
      '-b',
      '127.0.0.1',
      '-p',
      String(port),
      '-w',
      kept,
      '-t',
      '3600',
    ]);
    const sender = createSocket('udp4');
    await socketState(port);
    for (const [i, data] of datagrams.entries()) {
      await new Promise((sent) => sender.send(data, port, '127.0.0.1', sent));
      // Its buffer is small; and what it has read it keeps when it is ended.
      if (i % 10 < 9 && i < datagrams.length - 1) continue;
      while ((await socketState(port)) > 0) await pause(5);
    }
    sender.close();
    program.kill('SIGTERM');
    await once(program, 'exit');
    const csv = spawnSync(pathOf('nfdump')!, [
      '-R',
      kept,
      '-s',
      'proto',
      '-n',
      '0',
      '-N',
      '-o',
      'csv',
    ]);
    const sums: Sums = {};
    for (const line of csv.stdout.toString().split('\n')) {
      const cells = line.split(',').map((cell) => cell.trim());
      if (!/^\d{4}-/.test(line) || cells.length < 14) continue;
      sums[Number(cells[3])] = [Number(cells[5]), Number(cells[7]), Number(cells[9])];
    }
    return sums;
  }

  function byNetmon(datagrams: readonly Buffer[]): { sums: Sums; exporter: Exporter } {
    const exporter = new Exporter('127.0.0.1');
    const decoder = new Decoder();
    const sums: Sums = {};
    const sink = {
      flow({ protocol, octets, packets: count, factor }: Parameters<typeof add>[0]) {
        add({ protocol, octets, packets: count, factor });
      },
      counters() {},
    };
    function add(flow: { protocol: number; octets: number; packets: number; factor: number }) {
      const sum = (sums[flow.protocol] ??= [0, 0, 0]);
      sum[0]++;
      sum[1] += flow.packets * flow.factor;
      sum[2] += flow.octets * flow.factor;
    }
    for (const data of datagrams) decoder.take(data, exporter, 0, sink);
    return { sums, exporter };
  }

  for (const [version, name] of [
    ['5', 'NetFlow v5'],
    ['9', 'NetFlow v9'],
    ['10', 'IPFIX'],
  ] as const) {
    it(`counts the same flows, packets and octets of each protocol in ${name}`, async () => {
      const datagrams = await exported(version);
      const expected = await byNfdump(datagrams);
      const { sums, exporter } = byNetmon(datagrams);
      assert.deepEqual(sums, expected);
      assert.deepEqual([...exporter.formats], [name]);
      assert.deepEqual([exporter.tally.malformed, exporter.lost], [0, 0]);
      // NetFlow v5 has no IPv6.
      const all = packets().filter(({ source }) => version !== '5' || !source.includes(':'));
      assert.equal(
        Object.values(sums).reduce((sum, [, count]) => sum + count, 0),
        all.length,
      );
    });
  }

  it('counts the same flows, packets and octets of each protocol in sFlow', async function () {
    needs(this, 'sfcapd');
    const samples = packets().map((packet, i) => {
      const tags = [{}, { vlans: [7] }, { vlans: [100, 7] }, { labels: [16] }][i % 4]!;
      const factor = [1, 256, 1000][i % 3]!;
      return flowSample([rawHeader(frame({ ...packet, ...tags }))], {
        ...{ factor, input: 1, output: 2, source: 1, isExpanded: i % 2 === 0 },
      });
    });
    const datagrams: Buffer[] = [];
    for (let i = 0; i < samples.length; i += 6) {
      datagrams.push(sflow(samples.slice(i, i + 6), { sequence: datagrams.length + 1 }));
    }
    const { sums, exporter } = byNetmon(datagrams);
    assert.deepEqual(sums, await byNfdump(datagrams, 'sfcapd'));
    assert.deepEqual([exporter.tally.malformed, exporter.lost], [0, 0]);
  });
});
