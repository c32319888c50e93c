import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import type { Secrets } from '../../../nodes/protocols/protocol.ts';
import { freePort } from '../../support/free-port.ts';
import { endPrograms, needs, start } from '../../support/program.ts';

const secrets = { secret: 'signing passphrase', privacySecret: 'hiding passphrase' };

// How snmpd calls the algorithms, and how Netmon does.
const signs = {
  md5: 'MD5',
  sha: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
} as const;
const hides = { des: 'DES', aes: 'AES', aes256b: 'AES-256', aes256r: 'AES-256-C' } as const;

const pairs = (Object.keys(signs) as (keyof typeof signs)[]).flatMap((sign) =>
  (Object.keys(hides) as (keyof typeof hides)[]).map((hide) => [sign, hide] as const),
);

describe('Access over SNMP to snmpd', function () {
  this.timeout(30_000);
  const never = new AbortController().signal;
  const opened: Access[] = [];
  let folder: string;
  let port: number;

  before(async function () {
    needs(this, 'snmpd');
    folder = await mkdtemp(join(tmpdir(), 'netmon-snmpd-'));
    port = await freePort();
    await writeFile(
      join(folder, 'agent.conf'),
      [
        `agentaddress udp:127.0.0.1:${port}`,
        'rocommunity public 127.0.0.1',
        'includeAllDisks 1%',
        'view narrow included .1.3.6.1.2.1.1',
        'rocommunity narrow 127.0.0.1 -V narrow',
        ...pairs.flatMap(([sign, hide]) => [
          `createUser ${sign}-${hide} ${signs[sign]} "${secrets.secret}" ${hides[hide]} "${secrets.privacySecret}"`,
          `rouser ${sign}-${hide} noauth`,
        ]),
        '',
      ].join('\n'),
    );
    await startAgent();
  });

  async function startAgent() {
    const conf = join(folder, 'agent.conf');
    start('snmpd', ['-f', '-C', '-c', conf], { SNMP_PERSISTENT_DIR: folder, MIBS: '' });
    const probe = access({ timeout: 0.3 }, { secret: 'public' });
    for (let left = 50; left > 0; left--) {
      if (await read(probe).catch(() => undefined)) return;
      await wait(100);
    }
    throw new Error('snmpd does not answer');
  }

  function access(config: Partial<AccessConfig>, given: Secrets) {
    const all = { ...defaults, protocol: 'snmp', timeout: 3, retries: 0, ...config } as const;
    const made = new Access(all, given);
    opened.push(made);
    return made;
  }

  async function read(from: Access) {
    const answer = await from.poll(`127.0.0.1:${port}`, never);
    assert.ok('snapshot' in answer);
    return answer;
  }

  const asUser = (user: string, config: Partial<AccessConfig> = {}, given = secrets) =>
    access({ snmpVersion: '3', ...config }, { user, ...given });

  afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
  after(async () => {
    await endPrograms();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const snmpVersion of ['1', '2c'] as const) {
    it(`reads all profiles over version ${snmpVersion}`, async () => {
      const config = { snmpVersion, snmpHost: true, snmpProtocols: true };
      const { snapshot, problems } = await read(access(config, { secret: 'public' }));
      assert.deepEqual(problems, []);
      const lo = snapshot.interfaces?.find(({ name }) => name === 'lo');
      assert.equal(lo?.type, 'loopback');
      assert.ok(Number(lo.inOctets) >= 0 && Number(lo.outPackets) >= 0);
      const metrics = new Set(snapshot.readings?.map(({ metric }) => metric));
      for (const metric of [
        'uptime',
        'memory_usage',
        'disk_usage',
        'inode_usage',
        'load_average',
      ]) {
        assert.ok(metrics.has(metric), metric);
      }
      assert.ok(metrics.has('ip_in_packets') && metrics.has('tcp_connections'));
    });
  }

  it('tells of a view without interfaces', async () => {
    const { problems } = await read(access({}, { secret: 'narrow' }));
    assert.match(String(problems[0]), /shows no interfaces/);
  });

  for (const [sign, hide] of pairs) {
    it(`reads as a user with ${sign} and ${hide}`, async () => {
      const config = { snmpAuthentication: sign, snmpPrivacy: hide };
      const { snapshot } = await read(asUser(`${sign}-${hide}`, config));
      assert.ok(snapshot.interfaces!.length > 0);
    });
  }

  for (const snmpLevel of ['noAuthNoPriv', 'authNoPriv'] as const) {
    it(`reads as a user with ${snmpLevel}`, async () => {
      const { snapshot } = await read(asUser('sha-aes', { snmpLevel }));
      assert.ok(snapshot.interfaces!.length > 0);
    });
  }

  describe('refuses', () => {
    for (const [what, user, change, text] of [
      ['an unknown user', 'nobody', {}, 'does not know the user nobody'],
      [
        'a wrong passphrase',
        'sha-aes',
        { secret: 'another passphrase' },
        'the authentication passphrase or algorithm is wrong',
      ],
      [
        'a wrong way to sign',
        'sha256-aes',
        {},
        'the authentication passphrase or algorithm is wrong',
      ],
      [
        'a wrong privacy passphrase',
        'sha-aes',
        { privacySecret: 'something' },
        'the privacy passphrase or algorithm',
      ],
      ['a wrong way to hide', 'sha-des', {}, 'the privacy passphrase or algorithm'],
    ] as const) {
      it(`${what}, and says so`, async () => {
        const one = asUser(user, { timeout: 1 }, { ...secrets, ...change });
        await assert.rejects(read(one), (error: Error) => error.message.includes(text));
      });
    }

    it('an unknown context, and says so', async () => {
      await assert.rejects(read(asUser('sha-aes', { snmpContext: 'vlan-7', timeout: 1 })));
    });
  });

  it('goes on after the agent restarted', async () => {
    const user = asUser('sha-aes');
    const before = await read(user);
    await endPrograms();
    await startAgent();
    const after = await read(user);
    assert.ok(after.snapshot.uptime! <= before.snapshot.uptime! + 60);
    assert.equal(after.snapshot.interfaces!.length, before.snapshot.interfaces!.length);
  });
});
