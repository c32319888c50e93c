import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { type IfColumn, ifMib } from '../../../nodes/protocols/if-mib/if-mib.ts';
import { SnapshotRates } from '../../../nodes/shared/rates/snapshot-rates.ts';
import { freePort } from '../../support/free-port.ts';
import { endPrograms, needs, start } from '../../support/program.ts';
import { inOrder } from '../../support/snmp-mib.ts';

type Columns = Partial<Record<IfColumn, string>>;

/** A record of snmpsim: `OID|tag|value` a line, in the order of OIDs. */
function record(rows: Record<number, Columns>, scalars: Record<string, string> = {}): string {
  const lines = Object.entries(rows).flatMap(([index, columns]) =>
    Object.entries(columns).map(([name, value]): [string, string] => [
      `${ifMib[name as IfColumn]}.${index}`,
      value,
    ]),
  );
  return inOrder([['1.3.6.1.2.1.1.3.0', '67|123456'], ...Object.entries(scalars), ...lines])
    .map(([oid, value]) => `${oid}|${value}\n`)
    .join('');
}

const speed: Columns = { ifSpeed: '66|100000000', ifHighSpeed: '66|100' };
const records = {
  // Wraps within seconds: it starts 2.5 MB before its end and grows by 1 MB/s.
  wrapping: record({
    1: {
      ...speed,
      ifDescr: '4|wraps',
      ifInOctets: '65:numeric|rate=1000000,offset=4292467295,wrap=1,max=4294967295',
      ifHCOutOctets: '70:numeric|rate=1000000,offset=18446744073709000000',
    },
  }),
  // Its counter is anywhere at each poll.
  jumping: record({
    1: {
      ...speed,
      ifDescr: '4|jumps',
      ifInOctets: '65:numeric|rate=0,offset=2000000000,deviation=1900000000',
    },
    2: { ...speed, ifDescr: '4|good', ifInOctets: '65|77' },
  }),
  holes: record({
    1: { ifDescr: '4|a', ifInOctets: '65|1', ifHCInOctets: '70|18446744073709551615' },
    2: { ifOutOctets: '65|2', ifName: '4x|00076574680a32', ifInErrors: '65|3' },
    3: { ifDescr: '4|c' },
    7: { ifInOctets: '65|5', ifOperStatus: '2|2', ifAdminStatus: '2|2' },
  }),
  slow: record({ 1: { ifDescr: '4|slow', ifInOctets: '65:delay|value=7,wait=400' } }),
};

describe('Access over SNMP to snmpsim', function () {
  this.timeout(60_000);
  const never = new AbortController().signal;
  const opened: Access[] = [];
  let folder: string;
  let port: number;

  before(async function () {
    needs(this, 'snmpsimd');
    folder = await mkdtemp(join(tmpdir(), 'netmon-snmpsim-'));
    // It gives up being root.
    await chmod(folder, 0o777);
    port = await freePort();
    for (const [name, text] of Object.entries(records)) {
      await writeFile(join(folder, `${name}.snmprec`), text);
    }
    start('snmpsimd', [
      `--data-dir=${folder}`,
      `--cache-dir=${folder}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      '--logging-method=null',
      ...(process.getuid?.() === 0 ? ['--process-user=nobody', '--process-group=nogroup'] : []),
    ]);
    for (let left = 100; left > 0; left--) {
      if (await poll('holes', { timeout: 0.3 }).catch(() => undefined)) return;
      await wait(100);
    }
    throw new Error('snmpsimd does not answer');
  });
  afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
  after(async () => {
    await endPrograms();
    if (folder) await rm(folder, { recursive: true });
  });

  function access(community: string, config: Partial<AccessConfig> = {}) {
    const all = { ...defaults, protocol: 'snmp', timeout: 5, retries: 0, ...config } as const;
    const made = new Access(all, { secret: community });
    opened.push(made);
    return made;
  }

  async function read(from: Access) {
    const answer = await from.poll(`127.0.0.1:${port}`, never);
    assert.ok('snapshot' in answer);
    return answer.snapshot;
  }
  const poll = (community: string, config?: Partial<AccessConfig>) =>
    read(access(community, config));

  /** The rates of several polls, 1 s apart. */
  async function rates(community: string, polls: number, metric: string) {
    const from = access(community);
    const device = new SnapshotRates();
    const found: number[] = [];
    let gaps = 0;
    for (let i = 0; i < polls; i++) {
      if (i > 0) await wait(1000);
      const result = device.readings('sim', {}, await read(from));
      gaps += result.gaps;
      found.push(...result.readings.filter((r) => r.metric === metric).map((r) => r.value));
    }
    return { found, gaps };
  }

  it('follows a counter over its wrap', async () => {
    const { found, gaps } = await rates('wrapping', 5, 'in_rate');
    assert.equal(gaps, 0);
    assert.equal(found.length, 4);
    for (const value of found) assert.ok(Math.abs(value / 8e6 - 1) < 0.2, String(value));
  });

  it('gives no rate of a counter that jumps', async () => {
    const { found, gaps } = await rates('jumping', 4, 'in_rate');
    // Of the good interface, which stands still.
    assert.deepEqual(
      found.filter((value) => value > 100e6),
      [],
    );
    assert.ok(found.filter((value) => value === 0).length >= 3);
    assert.ok(gaps >= 1);
  });

  it('reads a table that is full of holes', async () => {
    const { interfaces } = await poll('holes');
    assert.deepEqual(
      interfaces?.map(({ name, inOctets, outOctets, inErrors, up, adminUp }) =>
        JSON.stringify([name, String(inOctets), outOctets, inErrors, up, adminUp]),
      ),
      [
        ['a', '18446744073709551615', undefined, undefined, undefined, undefined],
        ['eth 2', 'undefined', 2, 3, undefined, undefined],
        ['7', '5', undefined, undefined, false, false],
      ].map((row) => JSON.stringify(row)),
    );
  });

  it('waits for a slow agent, but no longer than its timeout', async () => {
    assert.equal((await poll('slow', { timeout: 20 })).interfaces?.[0]?.inOctets, 7);
    await assert.rejects(poll('slow', { timeout: 0.3 }), { key: 'snmpSlow' });
  });
});
