import assert from 'node:assert/strict';
import type { InterfaceState } from '../../../nodes/contract/snapshot.ts';
import { type IfColumn, ifMib } from '../../../nodes/protocols/if-mib/if-mib.ts';
import { Agent } from '../../../nodes/protocols/snmp/agent.ts';
import { Interfaces } from '../../../nodes/protocols/snmp/profiles/interfaces.ts';
import {
  interfaceDefaults,
  type InterfaceFields,
  interfaceFilter,
} from '../../../nodes/shared/match/interface-filter.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryDevice, type Mib, tag } from '../../support/snmp-mib.ts';
import { turnsOf } from '../../support/turns.ts';

type Row = Partial<Record<IfColumn, Mib[string]>>;

const mibOf = (rows: Record<number, Row>): Mib =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([index, row]) =>
      Object.entries(row).map(([name, value]) => [`${ifMib[name as IfColumn]}.${index}`, value]),
    ),
  );

const gigabit: Row = {
  ifName: 'Gi0/1',
  ifDescr: 'GigabitEthernet0/1',
  ifAlias: 'uplink',
  ifType: 6,
  ifSpeed: 1e9,
  ifHighSpeed: 1000,
  ifAdminStatus: 1,
  ifOperStatus: 1,
  ifInErrors: 5,
  ifHCInOctets: 2n ** 60n,
  ifInOctets: 7,
  ifHCOutOctets: 2n,
  dot3StatsDuplexStatus: 3,
  ifCounterDiscontinuityTime: [tag.ticks, 100],
};

/** Two polls of one device: the first with `before`, the second with `after`. */
class Polls {
  readonly device: MemoryDevice;
  readonly interfaces: Interfaces;
  readonly clock = new FakeClock();

  constructor(rows: Record<number, Row>, filter: Partial<InterfaceFields> = {}) {
    this.device = new MemoryDevice(mibOf(rows));
    this.interfaces = new Interfaces(
      new Agent(this.device, 25, new FakeClock()),
      interfaceFilter({ ...interfaceDefaults, ...filter }),
      this.clock,
    );
  }

  async poll(rows?: Record<number, Row>, { restarted = false } = {}): Promise<InterfaceState[]> {
    if (rows) this.device.mib = mibOf(rows);
    this.device.asked.length = 0;
    await this.interfaces.begin(restarted, []);
    return this.interfaces.read();
  }

  /** Whether the last poll asked for names. */
  get looked(): boolean {
    return this.device.asked.some(({ oids }) =>
      oids.some((oid) => `${oid}.`.startsWith(`${ifMib.ifName}.`)),
    );
  }
}

describe('Interfaces over SNMP', () => {
  it('are read with all that a row has', async () => {
    const [state] = await new Polls({ 7: gigabit }).poll();
    assert.deepEqual(state, {
      name: 'Gi0/1',
      index: 7,
      alias: 'uplink',
      type: 'ethernet',
      speed: 1e9,
      duplex: 'full',
      up: true,
      adminUp: true,
      inOctets: 2n ** 60n,
      outOctets: 2,
      inErrors: 5,
      bits: { inOctets: 64, outOctets: 64, inErrors: 32 },
      discontinuity: 100,
      countedAt: 0,
    });
  });

  it('decide for each row and count which counter is the best', async () => {
    const packets: Row = { ifInUcastPkts: 10, ifInNUcastPkts: 20, ifHCOutUcastPkts: 3n };
    const all: Row = { ifHCInUcastPkts: 1n, ifHCInMulticastPkts: 2n, ifHCInBroadcastPkts: 4n };
    const [old, mixed, modern] = await new Polls({
      1: { ifDescr: 'old', ifInOctets: 1, ifInUcastPkts: 9 },
      2: { ifDescr: 'mixed', ifHCInOctets: 8n, ifInOctets: 8, ...packets },
      3: { ifDescr: 'modern', ...packets, ...all },
    }).poll();
    assert.deepEqual([old!.inOctets, old!.inPackets], [1, 9]);
    assert.deepEqual(old!.bits, { inOctets: 32, inPackets: 32 });
    assert.deepEqual([mixed!.inOctets, mixed!.inPackets, mixed!.outPackets], [8, 30, 3]);
    assert.deepEqual(mixed!.bits, { inOctets: 64, inPackets: 32, outPackets: 64 });
    assert.deepEqual([modern!.inPackets, modern!.bits!.inPackets], [7, 64]);
  });

  it('do without 64-bit counters that count nothing', async () => {
    const [state] = await new Polls({ 1: { ifName: 'a', ifHCInOctets: 0n, ifInOctets: 5 } }).poll();
    assert.deepEqual([state!.inOctets, state!.bits], [5, { inOctets: 32 }]);
  });

  it('do without 64-bit counters that turn out to count nothing', async () => {
    const row = (dead: bigint, octets: number): Record<number, Row> => ({
      1: { ifName: 'a', ifOperStatus: 1, ifHCInOctets: dead, ifInOctets: octets },
    });
    const dead = new Polls(row(0n, 0));
    await dead.poll();
    assert.equal((await dead.poll(row(0n, 0)))[0]!.inOctets, 0);
    assert.equal((await dead.poll(row(0n, 125_000)))[0]!.inOctets, 125_000);
    const [later] = await dead.poll(row(0n, 250_000));
    assert.deepEqual([later!.inOctets, later!.bits], [250_000, { inOctets: 32 }]);
    const alive = new Polls(row(0n, 0));
    await alive.poll();
    const [state] = await alive.poll(row(125_000n, 125_000));
    assert.deepEqual([state!.inOctets, state!.bits], [125_000, { inOctets: 64 }]);
    await alive.poll();
    const asked = alive.device.asked.flatMap(({ oids }) => oids);
    assert.ok(!asked.includes(ifMib.ifInOctets));
  });

  it('are as wide as their type says, whatever the column', async () => {
    const [state] = await new Polls({
      1: { ifName: 'a', ifInOctets: 979579618818531n, ifHCOutOctets: [tag.counter, 5] },
    }).poll();
    assert.deepEqual([state!.inOctets, state!.outOctets], [979579618818531, 5]);
    assert.deepEqual(state!.bits, { inOctets: 64, outOctets: 32 });
  });

  it('cut a sum of 32-bit counters to 32 bits, so that it wraps as one', async () => {
    const big = 2 ** 32 - 1;
    const [state] = await new Polls({
      1: { ifName: 'a', ifInUcastPkts: big, ifInMulticastPkts: big, ifInBroadcastPkts: 5 },
    }).poll();
    assert.equal(state!.inPackets, 3);
  });

  it('leave out a sum that lacks a part', async () => {
    const whole: Row = { ifName: 'a', ifHCInUcastPkts: 1n, ifHCInMulticastPkts: 2n };
    const polls = new Polls({ 1: { ...whole, ifHCInBroadcastPkts: 3n } });
    assert.equal((await polls.poll())[0]!.inPackets, 6);
    assert.equal((await polls.poll({ 1: whole }))[0]!.inPackets, undefined);
  });

  it('tell no speed of a loopback or a tunnel', async () => {
    const states = await new Polls({
      1: { ...gigabit, ifType: 24 },
      2: { ...gigabit, ifType: 131 },
    }).poll();
    assert.deepEqual(
      states.map(({ speed }) => speed),
      [undefined, undefined],
    );
  });

  it('tell no speed of an ethernet that is in another unit than bit/s', async () => {
    const row: Row = { ifName: 'a', ifType: 117, ifSpeed: 10_000, ifInOctets: 1 };
    const [slow, line] = await new Polls({ 1: row, 2: { ...row, ifType: 22 } }).poll();
    assert.deepEqual([slow!.speed, line!.speed], [undefined, 10_000]);
  });

  for (const [oper, admin, up, adminUp] of [
    [1, 1, true, true],
    [2, 1, false, true],
    [7, 2, false, false],
    [4, 1, undefined, true],
  ] as const) {
    it(`read the states ${oper} and ${admin}`, async () => {
      const row: Row = { ifName: 'a', ifOperStatus: oper, ifAdminStatus: admin, ifInOctets: 1 };
      const [state] = await new Polls({ 1: row }).poll();
      assert.deepEqual([state!.up, state!.adminUp], [up, adminUp]);
    });
  }

  it('are called by ifDescr, or their index, where they have no name', async () => {
    const states = await new Polls({
      1: { ifName: '', ifDescr: 'port 1', ifInOctets: 1 },
      2: { ifName: '\0', ifInOctets: 1 },
    }).poll();
    assert.deepEqual(
      states.map(({ name }) => name),
      ['port 1', '2'],
    );
  });

  describe('names and speeds', () => {
    const second: Row = { ...gigabit, ifName: 'Gi0/2' };

    it('are read once while nothing changes', async () => {
      const polls = new Polls({ 1: gigabit });
      await polls.poll();
      assert.ok(polls.looked);
      await polls.poll();
      assert.ok(!polls.looked);
      assert.equal(polls.device.asked.length, 1);
    });

    it('are read anew after a while', async () => {
      const polls = new Polls({ 1: gigabit });
      await polls.poll();
      polls.clock.skip(15 * 60_000);
      const [state] = await polls.poll({ 1: { ...gigabit, ifAlias: 'new' } });
      assert.equal(state!.alias, 'new');
    });

    it('are read anew after a restart, when indexes may have changed', async () => {
      const polls = new Polls({ 1: gigabit, 2: second });
      await polls.poll();
      const states = await polls.poll({ 1: second, 2: gigabit }, { restarted: true });
      assert.deepEqual(
        states.map(({ name }) => name),
        ['Gi0/2', 'Gi0/1'],
      );
    });

    it('are read anew when a row comes or goes', async () => {
      const polls = new Polls({ 1: gigabit });
      await polls.poll();
      assert.deepEqual(
        (await polls.poll({ 1: gigabit, 2: second })).map(({ name }) => name),
        ['Gi0/1', 'Gi0/2'],
      );
      assert.ok(polls.looked);
      assert.deepEqual(
        (await polls.poll({ 2: gigabit })).map(({ name }) => name),
        ['Gi0/1'],
      );
      assert.ok(polls.looked);
      await polls.poll();
      assert.ok(!polls.looked);
    });

    it('are read anew in the same poll when a count fell without a restart', async () => {
      const other: Row = { ...second, ifHCInOctets: 7n, ifInOctets: 9 };
      const polls = new Polls({ 1: gigabit, 2: other });
      await polls.poll();
      const states = await polls.poll({ 1: other, 2: gigabit });
      assert.deepEqual(
        states.map(({ name, inOctets }) => [name, inOctets]),
        [
          ['Gi0/2', 7],
          ['Gi0/1', 2n ** 60n],
        ],
      );
    });

    it('are not read anew because a count of 32 bits wrapped', async () => {
      const row = (octets: number): Record<number, Row> => ({
        1: { ifName: 'a', ifInOctets: [tag.counter, octets] },
      });
      const polls = new Polls(row(2 ** 32 - 5));
      await polls.poll();
      await polls.poll(row(5));
      assert.ok(!polls.looked);
    });

    it('go on to be read where a timeout interrupted that', async () => {
      const rows = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i + 1, gigabit]));
      const polls = new Polls(rows);
      const next = polls.device.next.bind(polls.device);
      let left = 3;
      polls.device.next = (...asked) =>
        left-- > 0 ? next(...asked) : Promise.reject(new Problem('snmpSlow'));
      await assert.rejects(polls.poll(), { key: 'snmpSlow' });
      left = Infinity;
      const states = await polls.poll();
      assert.equal(states.length, 200);
      assert.notEqual(polls.device.asked[0]!.oids[0], ifMib.ifName);
    });

    it('are read anew after a link came up', async () => {
      const polls = new Polls({ 1: { ...gigabit, ifOperStatus: 2 } });
      await polls.poll();
      await polls.poll({ 1: { ...gigabit, ifHighSpeed: 100, ifSpeed: 100e6 } });
      assert.equal((await polls.poll())[0]!.speed, 100e6);
      await polls.poll();
      assert.ok(!polls.looked);
    });

    it('are read anew when the device says that its table changed', async () => {
      const polls = new Polls({ 1: gigabit });
      const mark = (ticks: number) => [{ oid: '', type: tag.ticks, value: ticks }];
      await polls.interfaces.begin(false, mark(5));
      polls.device.asked.length = 0;
      await polls.interfaces.begin(false, mark(5));
      assert.ok(!polls.looked);
      await polls.interfaces.begin(false, mark(6));
      assert.ok(polls.looked);
    });
  });

  it('are chosen, and their speeds corrected, by the operator', async () => {
    const states = await new Polls(
      { 1: gigabit, 2: { ...gigabit, ifName: 'Gi0/2' }, 3: { ...gigabit, ifName: 'Vl1' } },
      { interfaceNames: 'Gi*', interfaceSpeeds: [{ names: '*/2', megabits: 0.064 }] },
    ).poll();
    assert.deepEqual(
      states.map(({ name, speed }) => [name, speed]),
      [
        ['Gi0/1', 1e9],
        ['Gi0/2', 64_000],
      ],
    );
  });

  it('let others have their turn while many are put together', async () => {
    const rows = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [i + 1, gigabit]));
    const clock = new FakeClock({ perLook: 0.1 });
    const interfaces = new Interfaces(
      new Agent(new MemoryDevice(mibOf(rows)), 25, clock),
      interfaceFilter(interfaceDefaults),
      clock,
    );
    // A step takes 0.1 ms by this clock, of which a turn has 2; the device's answers take no turn.
    const names = await turnsOf(() => interfaces.begin(false, []));
    assert.ok(names >= 400 / 25, `${names} turns`);
    const first = await turnsOf(() => interfaces.read());
    assert.ok(first >= 400 / 25, `${first} turns`);
    await interfaces.begin(false, []);
    // Put together, compared with those before, and filtered.
    const later = await turnsOf(() => interfaces.read());
    assert.ok(later >= (3 * 400) / 25, `${later} turns`);
  });
});
