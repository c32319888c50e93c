import assert from 'node:assert/strict';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { PolledDevice } from '../../../nodes/device-poll/poll.ts';
import { type IfColumn, ifMib } from '../../../nodes/protocols/if-mib/if-mib.ts';
import { PolledAgent } from '../../../nodes/protocols/snmp/device.ts';
import { SnmpClient } from '../../../nodes/protocols/snmp/network/client.ts';
import { toAddress } from '../../../nodes/shared/address.ts';
import {
  interfaceDefaults,
  interfaceFilter,
} from '../../../nodes/shared/match/interface-filter.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type Script, ScriptedAgent } from '../../support/scripted-agent.ts';
import { closeAgents } from '../../support/snmp-agent.ts';
import { type LiveMib, type MibValue, tag } from '../../support/snmp-mib.ts';

/** bit/s that each line carries, in and out */
const carried = 8e6;

/** Lines of 1 Gbit/s that carry 8 Mbit/s each way, evenly. */
function lines(count: number): LiveMib {
  const octets = (ms: number) => BigInt(Math.floor((ms * carried) / 8000));
  const mib: LiveMib = {
    '1.3.6.1.2.1.1.3.0': (ms) => [tag.ticks, Math.floor(ms / 10)],
    [ifMib.ifNumber]: [tag.integer, count],
    [ifMib.ifTableLastChange]: [tag.ticks, 0],
  };
  for (let i = 1; i <= count; i++) {
    const row: Partial<Record<IfColumn, MibValue | ((ms: number) => MibValue)>> = {
      ifName: `port ${i}`,
      ifType: [tag.integer, 6],
      ifAdminStatus: [tag.integer, 1],
      ifOperStatus: [tag.integer, 1],
      ifHighSpeed: 1000,
      ifHCInOctets: octets,
      ifHCOutOctets: octets,
      ifInErrors: [tag.counter, 0],
    };
    for (const [column, value] of Object.entries(row)) {
      mib[`${ifMib[column as IfColumn]}.${i}`] = value;
    }
  }
  return mib;
}

describe('Readings over SNMP of an agent', () => {
  const clients: SnmpClient[] = [];
  const { signal } = new AbortController();

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    closeAgents();
  });

  /** Polls a scripted agent through a real socket, by a fake clock. */
  class Polls {
    readonly clock = new FakeClock({ steady: 1e6 });
    agent!: ScriptedAgent;
    #device!: PolledDevice;
    #polled: PolledAgent | undefined;
    #due = 0;

    static async of(script: Partial<Script> = {}, anyAddress = false): Promise<Polls> {
      const polls = new Polls();
      const { clock } = polls;
      polls.agent = await ScriptedAgent.start(clock, { mib: lines(1), ...script });
      // Up for a while.
      clock.skip(3600_000);
      const client = new SnmpClient({ version: '2c', community: 'public', anyAddress });
      clients.push(client);
      const { address } = polls.agent;
      const target = client.device({ port: 161, ...toAddress('address', address) });
      polls.#polled = new PolledAgent(
        target,
        {
          profiles: new Set(['interfaces', 'system'] as const),
          ownOids: [],
          filter: interfaceFilter(interfaceDefaults),
          repetitions: 50,
        },
        clock,
      );
      const access = { poll: (_: string, limit: AbortSignal) => polls.#polled!.poll(limit) };
      polls.#device = new PolledDevice({ name: 'a', address, labels: {} }, { access, clock });
      return polls;
    }

    /** One poll, at the next whole interval. */
    async next(interval: number): Promise<Reading[]> {
      this.#due = Math.max(this.#due + interval, this.clock.steady());
      this.clock.skip(this.#due - this.clock.steady());
      const { up, problem, readings } = await this.#device.poll(signal);
      if (!up) throw problem!.cause as Error;
      return readings;
    }

    /** What one metric was at each of several polls; undefined where it had no reading. */
    async values(metric: string, count: number, interval: number): Promise<(number | undefined)[]> {
      const all: (number | undefined)[] = [];
      for (let i = 0; i < count; i++) {
        const readings = await this.next(interval);
        all.push(readings.find((reading) => reading.metric === metric)?.value);
      }
      return all;
    }
  }

  const near = (values: (number | undefined)[], share = 0.01) => {
    const bad = values.filter((v) => v === undefined || Math.abs(v / carried - 1) > share);
    assert.deepEqual(bad, [], `of ${values.join(' ')}`);
  };

  /** Numbers from 0 to 1 that look random, the same in each run. */
  function randoms(): () => number {
    let seed = 42;
    return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  }

  for (const interval of [1, 2, 3, 4, 5]) {
    it(`whose counts come up to 0.9 s late, every ${interval} s`, async () => {
      const random = randoms();
      const polls = await Polls.of({ back: ({ pdu }) => (pdu === 0xa5 ? 900 * random() : 5) });
      const [first, ...rates] = await polls.values('in_rate', 30, interval * 1000);
      assert.equal(first, undefined);
      near(rates);
    });
  }

  it('that hears of each request up to 0.9 s late, every 5 s', async () => {
    const random = randoms();
    const polls = await Polls.of({ there: () => 900 * random(), back: 5 });
    const [, ...rates] = await polls.values('in_rate', 30, 5000);
    near(rates);
  });

  it('that sends no more than a frame', async () => {
    const polls = await Polls.of({ mib: lines(200), frame: 1472 });
    await polls.next(10_000);
    const readings = await polls.next(10_000);
    const rates = readings.filter(({ metric }) => metric === 'in_rate');
    assert.equal(rates.length, 200);
    near(rates.map(({ value }) => value));
  });

  for (const [refresh, interval] of [
    [15, 5],
    [30, 10],
    [30, 7],
    [60, 10],
  ] as const) {
    it(`that refreshes its counts every ${refresh} s, polled every ${interval} s`, async () => {
      const polls = await Polls.of({ refresh: refresh * 1000 });
      const rates = await polls.values('in_rate', 40, interval * 1000);
      const told = rates.filter((rate) => rate !== undefined);
      // Until its counts first move, nothing tells it from an idle one.
      const [first = 0, ...others] = told.slice(told.findIndex((rate) => rate > 0));
      assert.ok(first > 0 && first <= 1.01 * carried, `${first}`);
      assert.ok(others.length >= 4);
      near(others);
    });
  }

  for (const [name, down] of [
    ['for a moment', 1],
    ['for so long that it has counted more since than before', 50],
  ] as const) {
    it(`that restarted ${name}`, async () => {
      const polls = await Polls.of();
      if (down > 1) polls.agent.restart();
      near((await polls.values('in_rate', 3, 10_000)).slice(1));
      polls.clock.skip(3000);
      polls.agent.restart();
      polls.clock.skip(down * 1000);
      const [gap, ...rates] = await polls.values('in_rate', 3, 10_000);
      assert.equal(gap, undefined);
      near(rates);
    });
  }

  for (const from of ['127.0.0.1', '127.0.0.2']) {
    it(`that answers from another port of ${from}`, async () => {
      const polls = await Polls.of({ from }, true);
      near((await polls.values('in_rate', 3, 10_000)).slice(1));
    });
  }

  it('that sends nonsense before each answer', async () => {
    const polls = await Polls.of({
      nonsense: (right) => [
        Buffer.from('HTTP/1.1 400 Bad Request'),
        Buffer.alloc(0),
        right.subarray(0, 15),
        Buffer.concat([right.subarray(0, 2), Buffer.alloc(right.length - 2, 255)]),
      ],
    });
    near((await polls.values('in_rate', 3, 10_000)).slice(1));
  });

  it('to whose requests another answers first, with their numbers', async () => {
    const changed = (right: Buffer, at: number, byte: number) => {
      const wrong = Buffer.from(right);
      wrong[at] = byte;
      return wrong;
    };
    const polls = await Polls.of({
      nonsense: (right) => {
        const community = right.indexOf('public');
        const inner = right.indexOf(Buffer.from([0x2b, 6, 1, 2, 1]));
        return [
          changed(right, community - 3, 0),
          changed(right, community, 'P'.charCodeAt(0)),
          changed(right, community + 6, 0xa0),
          ...(inner < 0 ? [] : [changed(right, inner + 3, 4)]),
        ];
      },
    });
    near((await polls.values('in_rate', 3, 10_000)).slice(1));
  });

  it('of which one line has nonsense for its values', async () => {
    const mib = lines(2);
    for (const column of [
      'ifHCInOctets',
      'ifHCOutOctets',
      'ifOperStatus',
      'ifHighSpeed',
    ] as const) {
      mib[`${ifMib[column]}.1`] = 'n/a';
    }
    const polls = await Polls.of({ mib });
    await polls.next(10_000);
    const readings = await polls.next(10_000);
    const told = (name: string) =>
      readings
        .filter(({ labels }) => labels.interface === name)
        .map(({ metric, value }) => [metric, Math.round(value)]);
    assert.deepEqual(told('port 1'), [['interface_admin_up', 1]]);
    assert.deepEqual(told('port 2').slice(0, 2), [
      ['in_rate', carried],
      ['out_rate', carried],
    ]);
  });
});
