import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../../nodes/contract/reading.ts';
import { flowSettings } from '../../nodes/flow-collector/config.ts';
import type { HeardAnswer } from '../../nodes/flow-collector/heard.ts';
import register from '../../nodes/flow-collector/runtime.ts';
import type { CollectorNode } from '../../nodes/flow-collector/runtime-heard.ts';
import { load, unload } from '../support/flow.ts';
import { ip, set, template, u, v5, v9 } from '../support/flow-datagrams.ts';

describe('The flow collector, in a flow', function () {
  this.timeout(60_000);
  let sender: Socket;
  let port: number;
  let userDir: string;

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-flow-collector-'));
    helper.settings({ userDir });
    const probe = createSocket('udp4').bind(0, '127.0.0.1');
    await once(probe, 'listening');
    port = probe.address().port;
    probe.close();
    sender = createSocket('udp4');
  });

  afterEach(async () => {
    sender.close();
    await unload();
    helper.settings({});
    await rm(userDir, { recursive: true, force: true });
  });

  function nodes(settings: object) {
    const collector = {
      ...flowSettings.defaults,
      ...{
        id: 'c',
        type: 'netmon-flow-collector',
        listenPorts: String(port),
        listenOn: '127.0.0.1',
      },
      ...{ interval: 5, activeTimeout: 0, wires: [['readings'], ['events']], ...settings },
    };
    return [collector, { id: 'readings', type: 'helper' }, { id: 'events', type: 'helper' }];
  }

  // The socket is open a moment after the flow runs: what is sent before is lost, as UDP is.
  function sendUntil(data: Buffer, end: Promise<unknown>): void {
    const timer = setInterval(() => sender.send(data, port, '127.0.0.1'), 200);
    void end.finally(() => clearInterval(timer));
  }

  const flow = { source: '10.0.0.7', destination: '192.0.2.1', packets: 10, octets: 5000 };

  it('sends readings of an exporter that is in its list', async () => {
    const exporters = [{ address: '127.0.0.1', name: 'edge' }];
    const flows = await load(register, nodes({ exporters }));
    const message = flows.received('readings');
    sendUntil(v5([flow]), message);
    const { topic, payload } = (await message) as { topic: string; payload: Reading[] };
    assert.equal(topic, 'edge');
    const [total] = payload;
    assert.equal(total!.metric, 'flow_rate');
    assert.deepEqual(total!.labels, { device: 'edge', interface: '1' });
    const of = (label: string) =>
      payload.find(({ metric, labels }) => metric === 'flow_rate' && label in labels)!;
    assert.equal(of('talker').labels.talker, '10.0.0.7');
    assert.equal(of('application').labels.application, 'https');
    assert.equal(of('protocol').value, total!.value);
    assert.deepEqual(of('source').labels, {
      ...{ device: 'edge', interface: '1', source: '10.0.0.7', destination: '192.0.2.1' },
    });
    const peers = payload.find(({ metric }) => metric === 'flow_peers')!;
    assert.deepEqual([peers.value, peers.labels], [1, { device: 'edge', talker: '10.0.0.7' }]);
  });

  it('tells of one that is not, and does not count it', async () => {
    const flows = await load(register, nodes({}));
    const message = flows.received('events');
    sendUntil(v5([flow]), message);
    const { topic, payload } = await message;
    assert.equal(topic, '127.0.0.1');
    const { event, state, address } = payload as Record<string, unknown>;
    assert.deepEqual([event, state, address], ['unknown', 'on', '127.0.0.1']);
    const heard = flows.node<CollectorNode>('c').heard!() satisfies HeardAnswer;
    assert.equal(heard.unknown[0]!.address, '127.0.0.1');
    assert.deepEqual(heard.exporters, []);
  });

  it('reads records by the templates of before, after a restart', async () => {
    const exporters = [{ address: '127.0.0.1', name: 'edge' }];
    const own = template(256, [8, 4], [12, 4], [1, 4], [2, 4]);
    const record = Buffer.concat([ip('10.0.0.7'), ip('192.0.2.1'), u(5000, 4), u(10, 4)]);
    const before = (await load(register, nodes({ exporters }))).received('readings');
    sendUntil(v9([set(0, own), set(256, record)]), before);
    await before;
    await unload();
    const after = (await load(register, nodes({ exporters }))).received('readings');
    sendUntil(v9([set(256, record)]), after);
    const [total] = (await after).payload as Reading[];
    assert.deepEqual(total!.labels, { device: 'edge', interface: '0' });
  });

  it("gives addresses the names of a DHCP server's leases, and tells once what is wrong with them", async () => {
    const leases = [
      '0 52:54:00:12:34:56 10.0.0.7 laptop *',
      '0 52:54:00:12:34:57 192.0.2.1 other *',
      '',
    ];
    await writeFile(join(userDir, 'leases'), leases.join('\n'));
    const exporters = [{ address: '127.0.0.1', name: 'edge' }];
    const flows = await load(register, nodes({ exporters, leasesFile: 'leases' }));
    const message = flows.received('readings');
    sendUntil(v5([flow]), message);
    const payload = (await message).payload as Reading[];
    const source = payload.find(({ labels }) => 'source' in labels)!;
    // What is left over is called other.
    assert.deepEqual([source.labels.source, source.labels.destination], ['laptop', '192.0.2.1']);
    await unload();
    const missing = await load(register, nodes({ exporters, leasesFile: 'nowhere' }));
    const [status] = (await once(missing.node('c'), 'call:error')) as [{ firstArg: string }];
    assert.match(status.firstArg, /flowLeases/);
    // Flows are counted all the same.
    const next = missing.received('readings');
    sendUntil(v5([flow]), next);
    assert.equal(((await next).payload as Reading[])[0]!.metric, 'flow_rate');
  });

  it('tells that its port is taken', async () => {
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    try {
      const flows = await load(register, nodes({}));
      const [status] = (await once(flows.node('c'), 'call:error')) as [{ firstArg: string }];
      assert.match(status.firstArg, /flowPortUsed/);
    } finally {
      other.close();
    }
  });
});
