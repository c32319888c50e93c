import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import fc from 'fast-check';
import snmp from 'net-snmp';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { ifMib } from '../../../nodes/protocols/if-mib/if-mib.ts';
import type { Secrets } from '../../../nodes/protocols/protocol.ts';
import { SnmpClient } from '../../../nodes/protocols/snmp/network/client.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { freePort } from '../../support/free-port.ts';
import { type Answerer, closeAgents, listen } from '../../support/snmp-agent.ts';
import { encode } from '../../support/snmp-ber.ts';
import { type Mib, tag } from '../../support/snmp-mib.ts';

const mib: Mib = {
  '1.3.6.1.2.1.1.1.0': 'a switch',
  '1.3.6.1.2.1.1.3.0': [tag.ticks, 12_345],
  '1.3.6.1.2.1.1.5.0': 'sw-1\r\n<script>',
  [`${ifMib.ifName}.1`]: Buffer.from('eth0\u0007'),
  [`${ifMib.ifName}.2`]: Uint8Array.from([0x70, 0xfc, 0x31]),
  [`${ifMib.ifHCInOctets}.1`]: 2n ** 63n,
  [`${ifMib.ifHCInOctets}.2`]: 5n,
  [`${ifMib.ifOperStatus}.1`]: [tag.integer, 1],
  [`${ifMib.ifOperStatus}.2`]: [tag.integer, 2],
};

describe('Access over SNMP', () => {
  const opened: Access[] = [];
  const never = new AbortController().signal;

  function access(config: Partial<AccessConfig> = {}, secrets: Secrets = { secret: 'public' }) {
    const all = { ...defaults, protocol: 'snmp', timeout: 0.5, retries: 0, ...config } as const;
    const made = new Access(all, secrets);
    opened.push(made);
    return made;
  }

  async function poll(address: string, config: Partial<AccessConfig> = {}, secrets?: Secrets) {
    const answer = await access(config, secrets).poll(address, never);
    assert.ok('snapshot' in answer);
    return answer;
  }

  const names = async (address: string, config?: Partial<AccessConfig>) =>
    (await poll(address, config)).snapshot.interfaces?.map(({ name }) => name);

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    closeAgents();
  });

  for (const snmpVersion of ['1', '2c'] as const) {
    it(`reads a device over version ${snmpVersion}`, async () => {
      const { address } = await listen(mib);
      const { snapshot, problems } = await poll(address, { snmpVersion });
      assert.deepEqual(problems, []);
      assert.equal(snapshot.uptime, 123.45);
      assert.equal(snapshot.hostname, 'sw-1 <script>');
      assert.deepEqual(snapshot.readings, [
        {
          metric: 'uptime',
          value: 123.45,
          unit: 's',
          info: { system: 'sw-1 <script>', description: 'a switch' },
        },
      ]);
      assert.deepEqual(
        snapshot.interfaces?.map(({ name, up, inOctets }) => [name, up, inOctets]),
        [
          ['eth0', true, 2n ** 63n],
          ['pü1', false, 5],
        ],
      );
    });
  }

  it('reads a device over IPv6', async () => {
    const { address } = await listen(mib, undefined, { host: '::1' });
    assert.deepEqual(await names(address), ['eth0', 'pü1']);
  });

  it('finds the address of a name', async () => {
    const { address } = await listen(mib);
    assert.deepEqual(await names(address.replace('127.0.0.1', 'localhost')), ['eth0', 'pü1']);
  });

  it('asks the next address of a name where one does not answer, and stays with it', async () => {
    const { address } = await listen(mib);
    const port = Number(address.split(':')[1]);
    const found = ['127.0.0.3', '127.0.0.1'].map((ip) => ({ address: ip, family: 4 as const }));
    const client = new SnmpClient(
      { version: '2c', community: 'public' },
      { resolve: () => Promise.resolve(found), forget: () => {} },
    );
    const device = client.device({ host: 'switch', port });
    const first = device.get(['1.3.6.1.2.1.1.1.0']);
    device.cancel(new Problem('timeout', { seconds: 1 }));
    await assert.rejects(first);
    for (let i = 0; i < 2; i++) assert.ok((await device.get(['1.3.6.1.2.1.1.1.0']))[0]);
    device.close();
    await client.close();
  });

  it('asks many devices through one socket', async () => {
    const ports = new Set<number>();
    const agents = await Promise.all(Array.from({ length: 20 }, () => listen(mib)));
    for (const { socket } of agents) socket.on('message', (_, { port }) => ports.add(port));
    const one = access({ timeout: 10 });
    await Promise.all(agents.map(({ address }) => one.poll(address, never)));
    assert.equal(ports.size, 1);
  });

  it('polls a device once at a time', async () => {
    const { address } = await listen(mib);
    const one = access();
    const answers = await Promise.all([1, 2, 3].map(() => one.poll(address, never)));
    for (const answer of answers) {
      assert.equal('snapshot' in answer && answer.snapshot.interfaces?.length, 2);
    }
  });

  it('lists all interfaces, whatever the filter', async () => {
    const { address } = await listen(mib);
    const config = { interfaceNames: 'eth*' };
    assert.deepEqual(await names(address, config), ['eth0']);
    const all = await access(config).interfaces(address, never);
    assert.deepEqual(
      all.map(({ name }) => name),
      ['eth0', 'pü1'],
    );
  });

  it('tells of a device without interfaces, and gives what else it has', async () => {
    const { address } = await listen({ '1.3.6.1.2.1.1.3.0': [tag.ticks, 100] });
    const { snapshot, problems } = await poll(address);
    assert.deepEqual(
      problems.map((problem) => (problem as { key?: string }).key),
      ['noInterfaces'],
    );
    assert.equal(snapshot.uptime, 1);
  });

  it('asks again where an answer or a request was lost', async () => {
    let first = true;
    const { address } = await listen(mib, async (_, right) => {
      if (!first) return [await right()];
      first = false;
      return [];
    });
    assert.deepEqual(await names(address, { timeout: 5 }), ['eth0', 'pü1']);
  });

  describe('bad input', () => {
    const fails = async (answer: Answerer, key: string, config: Partial<AccessConfig> = {}) => {
      const { address } = await listen(mib, answer);
      await assert.rejects(poll(address, config), { key });
    };
    const others = '127.0.0.1';

    it('ends with the timeout where nobody answers', async () => {
      const socket = createSocket('udp4').bind(0, others);
      await new Promise((listening) => socket.once('listening', listening));
      await assert.rejects(poll(`${others}:${socket.address().port}`), { key: 'snmpSilent' });
      await assert.rejects(poll(`${others}:${await freePort()}`), { key: 'snmpSilent' });
      socket.close();
    });

    it('tells that a wrong community is not answered', async () => {
      const { address } = await listen(mib);
      await assert.rejects(poll(address, {}, { secret: 'wrong' }), {
        message: /^no answer within 0.5 s; .* wrong community/,
      });
    });

    it('does not take an answer that comes too late for the next', async () => {
      const late: Buffer[] = [];
      let held = true;
      const { address, device } = await listen(mib, async (_, right) => {
        const answer = await right();
        if (!held) return [...late.splice(0), answer];
        late.push(answer);
        return [];
      });
      const one = access();
      await assert.rejects(one.poll(address, never), { key: 'snmpSilent' });
      held = false;
      device.mib = { ...mib, '1.3.6.1.2.1.1.3.0': [tag.ticks, 99_900] };
      const answer = await one.poll(address, never);
      assert.equal('snapshot' in answer && answer.snapshot.uptime, 999);
    });

    it('takes an answer from another address only where that is allowed', async () => {
      const { address } = await listen(mib, undefined, { from: '127.0.0.2' });
      await assert.rejects(poll(address), {
        key: 'snmpElsewhere',
        params: { address: '127.0.0.2' },
      });
      assert.deepEqual(await names(address, { snmpAnyAddress: true }), ['eth0', 'pü1']);
    });

    it('asks for less where an answer is too big', async () => {
      const { address, device } = await listen(mib);
      device.limit = 3;
      assert.deepEqual(await names(address), ['eth0', 'pü1']);
      device.limit = 0;
      await assert.rejects(poll(address), { key: 'snmpTooBig' });
    });

    it('takes answers that are cut short', async () => {
      const { address, device } = await listen(mib);
      Object.assign(device, { limit: 8, cuts: true });
      assert.deepEqual(await names(address), ['eth0', 'pü1']);
    });

    it('asks for less after an answer of many values did not come', async () => {
      const { address } = await listen(mib, async (request, right) =>
        request.oids.length * request.repetitions > 30 ? [] : [await right()],
      );
      assert.deepEqual(await names(address, { retries: 2 }), ['eth0', 'pü1']);
    });

    it('says how often a device answered that did not get through in time', async () => {
      let answers = 0;
      const { address } = await listen(mib, async (_, right) =>
        ++answers > 2 ? [] : [await right()],
      );
      await assert.rejects(poll(address), {
        key: 'snmpSlow',
        params: { seconds: '0.5', count: '2' },
      });
    });

    it('cuts an endless walk', () =>
      fails(async ({ id, version, community, oids, pdu }, right) => {
        if (pdu !== 0xa5) return [await right()];
        const varbinds = oids.map((oid) => ({
          oid: oid.endsWith('.7') ? oid : `${oid}.7`,
          type: 66,
          value: 1,
        }));
        return [encode({ id, version, community, varbinds })];
      }, 'snmpEndless'));

    it('tells of an error status', () =>
      fails(
        ({ id, version, community }) =>
          Promise.resolve([encode({ id, version, community, status: 5, varbinds: [] })]),
        'snmpStatus',
      ));

    it('tells of an error status that does not exist', () =>
      fails(
        ({ id, version, community }) =>
          Promise.resolve([encode({ id, version, community, status: 80, varbinds: [] })]),
        'snmpStatus',
      ));

    it('tells of an answer with too few values', () =>
      fails(
        ({ id, version, community }) =>
          Promise.resolve([encode({ id, version, community, varbinds: [] })]),
        'snmpGarbled',
      ));

    it('tells of an answer of another version', () =>
      fails(
        ({ id, community }) =>
          Promise.resolve([encode({ id, version: 0, community, varbinds: [] })]),
        'snmpGarbled',
      ));

    it('tells of truncated answers', () =>
      fails(async (_, right) => [(await right()).subarray(0, 30)], 'snmpGarbled'));

    it('takes the right answer behind a truncated one', async () => {
      for (const snmpVersion of ['1', '2c'] as const) {
        const { address } = await listen(mib, async (_, right) => {
          const answer = await right();
          return [answer.subarray(0, -3), answer];
        });
        assert.deepEqual(await names(address, { snmpVersion, timeout: 5 }), ['eth0', 'pü1']);
      }
    });

    it('tells of anything else that is no SNMP', () =>
      fails(() => Promise.resolve([Buffer.from('HTTP/1.1 400 Bad Request')]), 'snmpGarbled'));

    it('outlives any bytes, truncated, changed or random', async function () {
      this.timeout(20_000);
      let answers: (right: Buffer) => Buffer[] = () => [];
      const { address } = await listen(mib, async (_, right) => answers(await right()));
      const healthy = await listen(mib);
      const one = access({ timeout: 0.1 });
      // The good one must not fail because the machine is busy.
      const patient = access({ timeout: 10 });
      const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(changes, fc.uint8Array(), fc.nat(), async (bytes, random, length) => {
          answers = (right) => {
            const changed = Buffer.from(right);
            for (const [at, byte] of bytes) changed[at % changed.length] = byte;
            return [Buffer.from(random), right.subarray(0, length % right.length), changed];
          };
          const [bad, good] = await Promise.allSettled([
            one.poll(address, never),
            patient.poll(healthy.address, never),
          ]);
          assert.equal(good.status, 'fulfilled');
          if (bad.status === 'rejected') assert.equal((bad.reason as Error).name, 'Problem');
        }),
        { numRuns: 60 },
      );
    });
  });

  describe('settings', () => {
    for (const [config, secrets, expected] of [
      [{}, {}, { key: 'snmpCommunity' }],
      [{ snmpVersion: '4' as never }, undefined, { field: 'snmpVersion' }],
      [{ snmpPort: 0 }, undefined, { field: 'snmpPort' }],
      [{ snmpInterfaces: false, snmpSystem: false }, undefined, { key: 'snmpNothing' }],
      [{ snmpVersion: '3' }, {}, { field: 'user' }],
      [{ snmpVersion: '3' }, { user: 'u', secret: 'short' }, { params: { field: 'secret' } }],
      [{ snmpVersion: '3' }, { user: 'u', secret: 'long enough' }, { key: 'snmpShort' }],
    ] as const) {
      it(`are refused as ${JSON.stringify(config)} with ${JSON.stringify(secrets)}`, () => {
        assert.throws(() => access(config, secrets), expected);
      });
    }
  });
});

/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   net-snmp's types do not know its agent. */
describe("Access over SNMP to net-snmp's agent", () => {
  const never = new AbortController().signal;
  let agent: ReturnType<typeof snmp.createAgent>;
  let address: string;

  before(async () => {
    const port = await freePort();
    address = `127.0.0.1:${port}`;
    agent = snmp.createAgent({ address: '127.0.0.1', port, transport: 'udp4' }, () => {});
    const authorizer = agent.getAuthorizer();
    authorizer.addCommunity('public');
    authorizer.addUser({
      name: 'desy',
      level: snmp.SecurityLevel.authPriv,
      authProtocol: snmp.AuthProtocols.sha512,
      authKey: 'signing passphrase',
      privProtocol: snmp.PrivProtocols.des,
      privKey: 'hiding passphrase',
    });
    agent.getMib().registerProvider({
      name: 'sysUpTime',
      type: snmp.MibProviderType.Scalar,
      oid: '1.3.6.1.2.1.1.3',
      scalarType: snmp.ObjectType.TimeTicks,
      maxAccess: snmp.MaxAccess['read-only'],
    });
    agent.getMib().setScalarValue('sysUpTime', 4200);
  });
  after(() => agent.close());

  const uptime = async (config: Partial<AccessConfig>, secrets: Secrets) => {
    const all = { ...defaults, protocol: 'snmp', timeout: 2, retries: 0, ...config } as const;
    const made = new Access({ ...all, snmpInterfaces: false }, secrets);
    const answer = await made.poll(address, never).finally(() => made.close());
    return 'snapshot' in answer ? answer.snapshot.uptime : undefined;
  };

  it('reads with a community', async () => {
    assert.equal(await uptime({}, { secret: 'public' }), 42);
    assert.equal(await uptime({ snmpVersion: '1' }, { secret: 'public' }), 42);
  });

  it('reads as a user with DES', async () => {
    const secrets = {
      user: 'desy',
      secret: 'signing passphrase',
      privacySecret: 'hiding passphrase',
    };
    const config = { snmpVersion: '3', snmpAuthentication: 'sha512', snmpPrivacy: 'des' } as const;
    assert.equal(await uptime(config, secrets), 42);
    await assert.rejects(uptime(config, { ...secrets, user: 'nobody' }), { key: 'snmpUser' });
  });
});
