import assert from 'node:assert/strict';
import type { Sample } from '../../../nodes/contract/snapshot.ts';
import { Agent } from '../../../nodes/protocols/snmp/agent.ts';
import { Growth } from '../../../nodes/protocols/snmp/growth.ts';
import { readHost } from '../../../nodes/protocols/snmp/profiles/host.ts';
import { readNeighbors } from '../../../nodes/protocols/snmp/profiles/neighbors.ts';
import {
  checkOwnOids,
  type OwnOidRow,
  readOwnOids,
} from '../../../nodes/protocols/snmp/profiles/own-oids.ts';
import { readProtocols } from '../../../nodes/protocols/snmp/profiles/protocols.ts';
import { readSystem, readUptime } from '../../../nodes/protocols/snmp/profiles/system.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryDevice, type Mib, tag, varbinds } from '../../support/snmp-mib.ts';
import { turnsOf } from '../../support/turns.ts';

const agentOf = (mib: Mib) => new Agent(new MemoryDevice(mib), 25, new FakeClock());

/** `metric{label}` to value. */
const values = (samples: Sample[]) =>
  Object.fromEntries(
    samples.map(({ metric, value, labels = {} }) => [
      [metric, ...Object.values(labels)].join(' '),
      typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
    ]),
  );

describe('the system profile', () => {
  const days = (count: number): [number, number] => [tag.ticks, count * 8_640_000];
  const uptime = (management: unknown, engine?: unknown, host?: unknown) =>
    readUptime(
      [management, engine, host].map((value) =>
        value === undefined ? undefined : varbinds({ '1.1': value as never })[0],
      ),
    );
  const day = 86_400;

  for (const [name, told, longest] of [
    ['sysUpTime alone', [days(1)], day],
    ['an engine time that is the time of day', [days(1), [tag.integer, 1_795_560_000]], day],
    ['an engine time in ticks', [days(1), [tag.integer, 8_640_000]], day],
    ['a host that claims more', [days(1), undefined, [tag.ticks, 691_375_435]], day],
    ['an engine time below 0', [days(1), [tag.integer, -5]], day],
    [
      'an engine time over the wraps of sysUpTime',
      [
        [tag.ticks, 100_00],
        [tag.integer, Math.round(2 * (2 ** 32 / 100) + 110)],
      ],
      Math.round(2 * (2 ** 32 / 100) + 110),
    ],
    ['a host that started a little before', [days(1), undefined, [tag.ticks, 8_640_900]], 86_409],
    ['the host alone', [undefined, undefined, days(2)], 2 * day],
    [
      'what is least where there is no sysUpTime',
      [undefined, [tag.integer, 1e9], days(2)],
      2 * day,
    ],
  ] as const) {
    it(`takes ${name} for what it is`, () => {
      assert.equal(uptime(...(told as [unknown])).longest, longest);
    });
  }

  it('gives the uptime, with name, description and location', () => {
    const [text] = varbinds({ '1.3': 'core\u00071' });
    assert.deepEqual(readSystem({ counting: 500, longest: 600 }, [undefined, text, undefined]), [
      { metric: 'uptime', value: 600, unit: 's', info: { system: 'core 1' } },
    ]);
  });

  it('gives how long ago the configuration changed, by the clock of sysUpTime', () => {
    const ticks = (value: number) => varbinds({ '1.1': [tag.ticks, value] })[0];
    const age = (management: number | undefined, ...changed: (number | undefined)[]) =>
      readSystem({ counting: 1, longest: 1, ...(management !== undefined && { management }) }, [
        ...[undefined, undefined, undefined],
        ...changed.map((value) => (value === undefined ? undefined : ticks(value))),
      ]).slice(1);
    const aged = (value: number, source: string) => [
      { metric: 'configuration_age', value, unit: 's', info: { source } },
    ];
    assert.deepEqual(age(1000, 40_025, 5), aged(599.75, 'ccmHistoryRunningLastChanged'));
    assert.deepEqual(age(1000, undefined, 5), aged(999.95, 'sysORLastChange'));
    // sysUpTime has started again since.
    assert.deepEqual(age(10, 2 ** 32 - 500), aged(15, 'ccmHistoryRunningLastChanged'));
    assert.deepEqual(age(1000), []);
    assert.deepEqual(age(undefined, 5), []);
    const engine = readUptime([ticks(100_00)]);
    assert.equal(engine.management, 100);
  });

  it('gives nothing where the device tells nothing', () => {
    assert.deepEqual(readSystem(readUptime([]), []), []);
  });
});

describe('the host profile', () => {
  const ucd = '1.3.6.1.4.1.2021';
  const storage = (index: number, type: number, name: string, size: number, used: number): Mib => ({
    [`1.3.6.1.2.1.25.2.3.1.3.${index}`]: name,
    [`1.3.6.1.2.1.25.2.3.1.4.${index}`]: [tag.integer, 1024],
    [`1.3.6.1.2.1.25.2.3.1.5.${index}`]: [tag.integer, size],
    [`1.3.6.1.2.1.25.2.3.1.6.${index}`]: [tag.integer, used],
    [`1.3.6.1.2.1.25.2.3.1.2.${index}`]: [tag.oid, `1.3.6.1.2.1.25.2.1.${type}` as never],
  });

  it('knows the cache where the UCD-SNMP-MIB tells it', async () => {
    const growth = new Growth();
    const mib = (user: number, idle: number): Mib => ({
      [`${ucd}.11.50.0`]: user,
      [`${ucd}.11.53.0`]: idle,
      [`${ucd}.4.5.0`]: 1000,
      [`${ucd}.4.6.0`]: 100,
      [`${ucd}.4.14.0`]: 50,
      [`${ucd}.4.15.0`]: 400,
      [`${ucd}.4.13.0`]: 150,
      [`${ucd}.4.3.0`]: 200,
      [`${ucd}.4.4.0`]: 150,
      [`${ucd}.10.1.5.1`]: [tag.integer, 125],
      ...storage(1, 2, 'Physical memory', 100, 99),
      ...storage(2, 4, '/', 100, 25),
    });
    const rest = {
      memory_usage: 60,
      swap_usage: 25,
      'disk_usage /': 25,
      'disk_read_only /': 0,
      'load_average 1m': 1.25,
    };
    growth.begin(false);
    assert.deepEqual(values(await readHost(agentOf(mib(2 ** 32 - 10, 50)), growth)), rest);
    growth.begin(false);
    // The first counter wrapped.
    assert.deepEqual(values(await readHost(agentOf(mib(20, 120)), growth)), {
      cpu_usage: 30,
      ...rest,
    });
    growth.begin(true);
    assert.deepEqual(values(await readHost(agentOf(mib(30, 130)), growth)), rest);
  });

  it('takes the HOST-RESOURCES-MIB where there is nothing better', async () => {
    const mib: Mib = {
      '1.3.6.1.2.1.25.3.3.1.2.1': [tag.integer, 10],
      '1.3.6.1.2.1.25.3.3.1.2.9': [tag.integer, 30],
      ...storage(1, 2, 'Physical Memory', 200, 50),
      ...storage(2, 3, 'Virtual Memory', 200, 50),
      ...storage(3, 3, 'Swap space', 200, 20),
      ...storage(4, 4, 'C:\\ Label:System  Serial Number 1234', 1000, 10),
      ...storage(5, 7, 'D:\\', 1000, 1000),
      ...storage(6, 4, 'E:\\', 0, 0),
      ...storage(8, 4, '/more-than-all', 100, -1),
      // 12 TB in units of 4096 B are more than 31 bits.
      ...storage(7, 4, '/big', -1_294_967_296, 1_500_000_000),
    };
    assert.deepEqual(values(await readHost(agentOf(mib), new Growth())), {
      cpu_usage: 20,
      memory_usage: 25,
      swap_usage: 10,
      'disk_usage C:\\': 1,
      'disk_read_only C:\\': 0,
      'disk_usage /big': 50,
      'disk_read_only /big': 0,
    });
  });

  it('does not count what waits for a disk as busy', async () => {
    const growth = new Growth();
    const mib = (user: number, idle: number, wait: number): Mib => ({
      [`${ucd}.11.50.0`]: user,
      [`${ucd}.11.53.0`]: idle,
      [`${ucd}.11.54.0`]: wait,
    });
    growth.begin(false);
    await readHost(agentOf(mib(0, 0, 0)), growth);
    growth.begin(false);
    assert.deepEqual(values(await readHost(agentOf(mib(10, 30, 60)), growth)), { cpu_usage: 10 });
  });

  const memory = async (...rows: [type: number, name: string, size: number, used: number][]) => {
    const mib = Object.assign(
      {},
      ...rows.map(([type, name, size, used], i) => storage(i + 1, type, name, size, used)),
    ) as Mib;
    return values(await readHost(agentOf(mib), new Growth())).memory_usage;
  };

  it('counts no cache as used where rows of the HOST-RESOURCES-MIB tell it', async () => {
    // Arista's EOS, ArubaOS-CX, net-snmp and a newer net-snmp.
    assert.equal(
      await memory(
        [2, 'RAM', 3_963_672, 3_866_596],
        [2, 'RAM (Buffers)', 3_963_672, 215_080],
        [2, 'RAM (Cache)', 3_963_672, 2_291_752],
      ),
      34.306,
    );
    assert.equal(
      await memory(
        [1, 'Physical memory', 15_454_024, 3_236_444],
        [1, 'Memory buffers', 15_454_024, 91_548],
        [1, 'Cached memory', 15_454_024, 2_636_980],
      ),
      3.287,
    );
    assert.equal(
      await memory(
        [2, 'Physical memory', 1000, 950],
        [1, 'Memory buffers', 1000, 50],
        [1, 'Cached memory', 700, 700],
        [1, 'Shared memory', 20, 20],
      ),
      22,
    );
    assert.equal(
      await memory([2, 'Physical memory', 1000, 950], [1, 'Available memory', 600, 0]),
      40,
    );
  });

  it('takes no other row of memory for the whole', async () => {
    assert.equal(
      await memory(
        [2, 're0:devtmpfs, mounted on /dev', 4_033_531, 0],
        [2, 're0 memory', 1000, 170],
      ),
      17,
    );
    assert.equal(await memory([2, 're0:tmpfs: mounted on /tmp', 1000, 0]), undefined);
  });

  it('takes what overflowed in the UCD-SNMP-MIB for not told', async () => {
    const mib: Mib = {
      [`${ucd}.4.5.0`]: 1000,
      [`${ucd}.4.6.0`]: [tag.integer, -4_012_904],
      [`${ucd}.4.3.0`]: 1_362_278_828,
      [`${ucd}.4.4.0`]: [tag.integer, -62_828_448],
      ...storage(1, 2, 'Physical memory', 100, 83),
      ...storage(2, 3, 'Swap space', 0, 0),
    };
    assert.deepEqual(values(await readHost(agentOf(mib), new Growth())), { memory_usage: 83 });
  });

  it('takes the HOST-RESOURCES-MIB where a part of the UCD-SNMP-MIB overflowed', async () => {
    const mib: Mib = {
      [`${ucd}.4.5.0`]: 1000,
      [`${ucd}.4.6.0`]: 20,
      [`${ucd}.4.14.0`]: [tag.integer, -4_012_904],
      ...storage(1, 2, 'Physical memory', 100, 83),
    };
    assert.deepEqual(values(await readHost(agentOf(mib), new Growth())), { memory_usage: 83 });
  });

  const disks = async (names: string[], access: Record<number, number> = {}) => {
    const mib = Object.assign(
      {},
      ...names.map((name, i) => storage(i + 1, 4, name, 100, i === 0 ? 50 : 100)),
      ...Object.entries(access).map(([index, value]) => ({
        [`1.3.6.1.2.1.25.3.8.1.7.${index}`]: [tag.integer, Number(index)],
        [`1.3.6.1.2.1.25.3.8.1.5.${index}`]: [tag.integer, value],
      })),
    ) as Mib;
    return values(await readHost(agentOf(mib), new Growth()));
  };

  it('has only disks that can fill up', async () => {
    assert.deepEqual(
      await disks([
        '/data',
        '/snap/core20/2015',
        '/mnt/cdrom',
        '/rom',
        '/dev',
        '/run/lock',
        '/var/lib/docker/overlay2/abc/merged',
        '/dev/md0.uzip, mounted on: /',
        'devfs: dev file system, mounted on: /dev',
        '/packages/mnt/junos',
      ]),
      { 'disk_usage /data': 50, 'disk_read_only /data': 0 },
    );
  });

  it('has each of several file systems at one place once', async () => {
    assert.deepEqual(await disks(['/boot', '/boot']), {
      'disk_usage /boot#1': 50,
      'disk_read_only /boot#1': 0,
      'disk_usage /boot#2': 100,
      'disk_read_only /boot#2': 0,
    });
  });

  it('leaves out full read-only file systems, and tells of others that they are', async () => {
    assert.deepEqual(await disks(['/data', '/image'], { 1: 2, 2: 2 }), {
      'disk_read_only /data': 1,
    });
  });

  it('tells of the inodes of the disks that the UCD-SNMP-MIB has too', async () => {
    const inodes = (index: number, path: string, share: number): Mib => ({
      [`${ucd}.9.1.2.${index}`]: path,
      [`${ucd}.9.1.10.${index}`]: [tag.integer, share],
    });
    const readOnly = (index: number): Mib => ({
      [`1.3.6.1.2.1.25.3.8.1.7.${index}`]: [tag.integer, index],
      [`1.3.6.1.2.1.25.3.8.1.5.${index}`]: [tag.integer, 2],
    });
    const mib: Mib = {
      ...storage(31, 4, '/', 100, 25),
      ...storage(32, 4, '/data', 100, 25),
      ...storage(33, 4, '/image', 100, 25),
      ...storage(34, 4, '/boot', 100, 25),
      ...storage(35, 4, '/boot', 100, 25),
      ...storage(36, 4, '/odd', 100, 25),
      ...readOnly(33),
      ...inodes(1, '/data', 91),
      ...inodes(2, '/image', 92),
      ...inodes(3, '/run', 93),
      ...inodes(4, '/', 25),
      ...inodes(5, '/boot', 94),
      ...inodes(6, '/odd', -1),
    };
    const inodeUsage = async (more: Mib) => {
      const samples = await readHost(agentOf({ ...mib, ...more }), new Growth());
      return samples.filter(({ metric }) => metric === 'inode_usage');
    };
    assert.deepEqual(await inodeUsage({ [`${ucd}.4.5.0`]: 1000 }), [
      { metric: 'inode_usage', value: 25, unit: '%', labels: { disk: '/' } },
      { metric: 'inode_usage', value: 91, unit: '%', labels: { disk: '/data' } },
    ]);
    assert.deepEqual(await inodeUsage({}), []);
  });

  it('gives nothing where the device has none of it', async () => {
    assert.deepEqual(await readHost(agentOf({}), new Growth()), []);
  });
});

describe('the protocols profile', () => {
  const mib = (out: number, again: number): Mib => ({
    '1.3.6.1.2.1.4.3.0': [tag.counter, 4711],
    '1.3.6.1.2.1.6.9.0': 12,
    '1.3.6.1.2.1.6.11.0': [tag.counter, out],
    '1.3.6.1.2.1.6.12.0': [tag.counter, again],
  });

  it('gives counters for their rates, and the share of what TCP sent again', async () => {
    const growth = new Growth();
    growth.begin(false);
    assert.deepEqual(await readProtocols(agentOf(mib(1000, 10)), growth), [
      { metric: 'ip_in_packets', value: 4711, unit: '1/s', counter: true, bits: 32 },
      { metric: 'tcp_connections', value: 12, unit: '1' },
    ]);
    growth.begin(false);
    const later = await readProtocols(agentOf(mib(1095, 15)), growth);
    assert.equal(values(later).tcp_retransmit_share, 5);
  });
});

describe('the neighbors profile', () => {
  const remote = (column: number, index: string) => `1.0.8802.1.1.2.1.4.1.1.${column}.${index}`;
  const local = (column: number, port: number) => `1.0.8802.1.1.2.1.3.7.1.${column}.${port}`;
  const address = Uint8Array.of(0, 0x1b, 0x21, 0xab, 0xcd, 0xef);
  const interfaces = [
    { name: 'Gi1/0/1', index: 10101 },
    { name: 'Gi1/0/2', index: 10102 },
    { name: 'uplink', index: 3 },
  ];

  it('has each neighbor once a port, with the name of the port here', async () => {
    const mib: Mib = {
      // By its name here, where the number of LLDP is another than the interface's.
      [local(2, 1)]: 5,
      [local(3, 1)]: 'Gi1/0/1',
      [remote(4, '0.1.1')]: 4,
      [remote(5, '0.1.1')]: address,
      [remote(6, '0.1.1')]: 3,
      [remote(7, '0.1.1')]: address,
      [remote(9, '0.1.1')]: 'access-3',
      // The same again, as it was heard before.
      [remote(9, '900.1.2')]: 'access-3',
      // By its description; its neighbor has no name.
      [local(2, 2)]: 7,
      [local(3, 2)]: 'local 2',
      [local(4, 2)]: 'Gi1/0/2',
      [remote(4, '0.2.1')]: 4,
      [remote(5, '0.2.1')]: address,
      [remote(6, '0.2.1')]: 5,
      [remote(7, '0.2.1')]: 'eth0',
      // By its number, and one that is known by no name.
      [remote(9, '0.3.1')]: 'core-1\u0000\n',
      [remote(9, '0.9.1')]: 'lost',
      // Neither name nor address.
      [remote(6, '0.4.1')]: 5,
    };
    assert.deepEqual(
      (await readNeighbors(agentOf(mib), interfaces)).map(({ labels, info }) => [
        ...Object.values(labels!),
        info,
      ]),
      [
        ['Gi1/0/1', 'access-3', { chassis: '00:1b:21:ab:cd:ef', port: '00:1b:21:ab:cd:ef' }],
        ['Gi1/0/2', '00:1b:21:ab:cd:ef', { chassis: '00:1b:21:ab:cd:ef', port: 'eth0' }],
        ['uplink', 'core-1', {}],
        ['9', 'lost', {}],
      ],
    );
  });

  it('has none where the device does not speak LLDP', async () => {
    assert.deepEqual(await readNeighbors(agentOf({ '1.3.6.1.2.1.1.3.0': 1 }), interfaces), []);
  });
});

describe('own OIDs', () => {
  const row = (change: Partial<OwnOidRow>): OwnOidRow => ({
    metric: 'ups_load',
    oid: '1.3.6.1.2.1.33.1.4.4.1.5',
    column: true,
    unit: '%',
    scale: 1,
    kind: 'gauge',
    labels: '',
    ...change,
  });
  const read = (mib: Mib, ...rows: Partial<OwnOidRow>[]) =>
    readOwnOids(agentOf(mib), checkOwnOids('own', rows.map(row)));

  it('are scalars or columns, with labels from other columns', async () => {
    const mib: Mib = {
      '1.3.1.0': [tag.integer, 235],
      '1.3.2.1.1': 'PDU A',
      '1.3.2.1.2': '',
      '1.3.2.3.1': [tag.counter, 5],
      '1.3.2.3.2': 7n,
      '1.3.2.3.3': 'broken',
    };
    assert.deepEqual(
      await read(
        mib,
        { metric: 'temperature', oid: '.1.3.1.0', column: false, unit: '°C', scale: 0.1 },
        { metric: 'energy', oid: '1.3.2.3', kind: 'counter', labels: 'pdu=1.3.2.1' },
        { metric: 'gone', oid: '1.3.9.0', column: false },
      ),
      [
        { metric: 'temperature', value: 235, unit: '°C', scale: 0.1 },
        {
          metric: 'energy',
          value: 5,
          unit: '%',
          scale: 1,
          counter: true,
          bits: 32,
          labels: { pdu: 'PDU A' },
        },
        { metric: 'energy', value: 7, unit: '%', scale: 1, counter: true, labels: { pdu: '2' } },
      ],
    );
  });

  it('are told apart by their index where no column is named', async () => {
    const samples = await read({ '1.3.5.1.7': 1, '1.3.5.1.8': 2 }, { oid: '1.3.5' });
    assert.deepEqual(
      samples.map(({ labels }) => labels),
      [{ index: '1.7' }, { index: '1.8' }],
    );
  });

  it('let others have their turn while a long column is put together', async () => {
    const mib = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`1.3.5.${i + 1}`, i]));
    // A step takes 0.1 ms by this clock, of which a turn has 2.
    const agent = new Agent(new MemoryDevice(mib), 25, new FakeClock({ perLook: 0.1 }));
    const list = checkOwnOids('own', [row({ oid: '1.3.5' })]);
    const turns = await turnsOf(() => readOwnOids(agent, list));
    assert.ok(turns >= 400 / 25, `${turns} turns`);
  });

  for (const [change, field] of [
    [{ oid: '1.3.6.x' }, 'own[0].oid'],
    [{ oid: '3.1.1' }, 'own[0].oid'],
    [{ oid: '1.3.4294967296' }, 'own[0].oid'],
    [{ oid: '1.3' }, 'own[0].oid'],
    [{ metric: 'two words' }, 'own[0].metric'],
    [{ labels: 'device=1.3.6' }, 'own[0].labels'],
    [{ labels: 'port' }, 'own[0].labels'],
    [{ unit: '' }, 'own[0].unit'],
    [{ kind: 'sum' as never }, 'own[0].kind'],
  ] as const) {
    it(`are refused with ${JSON.stringify(change)}`, () => {
      assert.throws(() => checkOwnOids('own', [row(change)]), { field });
    });
  }
});
