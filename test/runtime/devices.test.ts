import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import { defaults as pollDefaults } from '../../nodes/device-poll/config.ts';
import { ifMib } from '../../nodes/protocols/if-mib/if-mib.ts';
import { type FlowNode, readExample } from '../../scripts/example-flows.ts';
import { freePort } from '../support/free-port.ts';
import { endPrograms, needs, start } from '../support/program.ts';
import { Red, root } from '../support/red.ts';
import { closeAgents, listen } from '../support/snmp-agent.ts';
import type { Mib } from '../support/snmp-mib.ts';

const at = { x: 0, y: 0 };

/** One port of a switch, with what its counter and its two statuses are now. */
const port = (octets: bigint, status: number, admin = 1): Mib => ({
  [`${ifMib.ifName}.1`]: 'Gi0/1',
  [`${ifMib.ifHighSpeed}.1`]: 1000,
  [`${ifMib.ifAdminStatus}.1`]: admin,
  [`${ifMib.ifOperStatus}.1`]: status,
  [`${ifMib.ifHCInOctets}.1`]: octets,
});

const toLog = {
  type: 'debug',
  ...at,
  active: true,
  tosidebar: false,
  console: true,
  complete: 'payload.state & ": " & payload.summary',
  targetType: 'jsonata',
  wires: [],
};

const button = (id: string, wires: string[]) => ({
  ...{ id, type: 'inject', ...at, props: [], wires: [wires] },
});

describe('devices of several kinds in Node-RED', function () {
  this.timeout(90_000);
  let red: Red;

  before(async () => {
    red = await Red.start();
  });
  afterEach(() => assert.doesNotMatch(red.process.log, /uncaught|Error stopping node|unhandled/i));
  after(async () => {
    closeAgents();
    await Promise.all([red?.stop(), endPrograms()]);
  });

  /** A button, a poll of one device, and the alerts of a check in the log. */
  function flow(address: string, access: object, rules: object[]): object[] {
    const devices = [{ name: 'core-1', address, labels: {} }];
    return [
      button('go', ['poll']),
      {
        ...{ ...pollDefaults, id: 'poll', type: 'netmon-device-poll', ...at },
        ...{ devices, access: 'access', interval: 0, wires: [['check', 'polled']] },
      },
      {
        ...{ id: 'check', type: 'netmon-threshold-check', ...at },
        ...{ rules, sendPending: false, wires: [['alerts'], []] },
      },
      { ...toLog, id: 'alerts' },
      { ...toLog, id: 'polled', complete: 'topic' },
      { ...accessDefaults, id: 'access', type: 'netmon-device-access', ...access },
    ];
  }

  const press = async (id: string, logged: RegExp) => {
    const from = red.process.log.length;
    await red.inject(id);
    await red.process.logged(logged, { from });
  };
  const alert = (text: string) => new RegExp(`\\[debug:alerts\\] ${text}`);

  it('tells of the traffic and the links of a switch over SNMP', async () => {
    const agent = await listen(port(2n ** 60n, 1));
    const community = { protocol: 'snmp', credentials: { secret: 'public' } };
    await red.deploy(
      flow(agent.address, community, [
        { metric: 'in_rate', comparison: '>', threshold: 100, name: 'Busy', summary: 'busy' },
        {
          ...{ metric: 'interface_up', comparison: '<', threshold: 1, name: 'Link down' },
          ...{ noData: 'resolve', noDataAfter: 1, summary: '{{labels.interface}} is down' },
        },
      ]),
    );
    await press('go', /\[debug:polled\]/);
    agent.device.mib = port(2n ** 60n + 10_000n, 1);
    await press('go', alert('firing: busy'));
    agent.device.mib = port(2n ** 60n + 10_000n, 2);
    await press('go', alert('firing: Gi0/1 is down'));
    // Its operator switches the port off: a second without its status later all is well.
    agent.device.mib = port(2n ** 60n + 10_000n, 2, 2);
    await press('go', alert('resolved: .*interface up'));
  });

  it('reads a server by its node_exporter', async function () {
    needs(this, 'prometheus-node-exporter');
    const address = `127.0.0.1:${await freePort()}`;
    start('prometheus-node-exporter', [`--web.listen-address=${address}`]);
    await answers(address);
    const any = (metric: string) => ({ name: metric, metric, comparison: '>=', threshold: 0 });
    await red.deploy(
      flow(address, { protocol: 'prometheus', url: 'http://{address}/metrics' }, [
        any('memory_usage'),
        any('cpu_usage'),
      ]),
    );
    await press('go', alert('firing: memory on core-1 is '));
    await press('go', alert('firing: CPU on core-1 is '));
  });

  it('says by the example "Is it up" what is down, and when it is up again', async function () {
    needs(this, 'ping');
    const free = await freePort();
    const targets: Record<string, string> = { ping: '127.0.0.1', TCP: `127.0.0.1:${free}` };
    const nodes = await readExample(join(root, 'examples'), 'Is it up');
    const example = nodes.map((node): FlowNode => {
      const name = String(node.name);
      if (name === 'change of state') return { ...node, ...toLog, id: node.id, z: node.z };
      if (node.type !== 'netmon-device-poll') return node;
      const [device] = node.devices as [object];
      const address = targets[name];
      const devices = address === undefined ? [] : [{ ...device, address }];
      return { ...node, devices, interval: 0 };
    });
    const polls = nodes
      .filter(({ type, name }) => type === 'netmon-device-poll' && String(name) in targets)
      .map(({ id }) => id);
    await red.deploy([...example, button('go', polls)]);
    const told = (text: string) => new RegExp(`\\[debug:change of state\\] ${text}`);

    await press('go', told('firing: web site is down \\(TCP\\): .*connection'));
    const server = createServer().listen(free, '127.0.0.1');
    await once(server, 'listening');
    await press('go', told('resolved: '));
    server.close();
    assert.doesNotMatch(red.process.log, told('firing: this machine'));
  });
});

async function answers(address: string): Promise<void> {
  for (let left = 100; left > 0; left--) {
    if (await fetch(`http://${address}/`).then(() => true, () => false)) return; // prettier-ignore
    await pause(50);
  }
  throw new Error(`nothing answers at ${address}`);
}
