import assert from 'node:assert/strict';
import { rounded } from '../../../nodes/contract/round.ts';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { bind } from '../../../nodes/protocols/bound-protocol.ts';
import { ntpFields } from '../../../nodes/protocols/ntp/fields.ts';
import { ntp } from '../../../nodes/protocols/ntp/protocol.ts';
import type { NtpNetwork } from '../../../nodes/protocols/ntp/transport.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { answerTo, type Said } from './ntp-answer.ts';

const never = new AbortController().signal;
const now = Date.parse('2026-11-28T12:00:00Z');

/** A network with a server whose answer takes 10 ms each way. */
class FakeNetwork implements NtpNetwork {
  readonly clock = new FakeClock({ date: now });
  readonly asked: string[] = [];
  said: (time: number) => Said | undefined;
  #nonces = 0;

  constructor(said: FakeNetwork['said']) {
    this.said = said;
  }

  readonly nonce = () => new Uint8Array(8).fill(++this.#nonces);

  readonly exchange: NtpNetwork['exchange'] = ({ host, port }, packet, read, signal) => {
    this.asked.push(`${host} ${port} version ${packet[0]! >> 3}`);
    const sent = this.clock.steady();
    this.clock.advance(10);
    const said = this.said(this.clock.date());
    this.clock.advance(10);
    if (said) {
      const answer = read(answerTo(packet, said));
      return Promise.resolve({ answer, sent, received: this.clock.steady() });
    }
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };
}

async function check(
  network: FakeNetwork,
  config: Partial<AccessConfig> = {},
  address = 'time.example.org',
) {
  const made = new Access(
    { ...defaults, ...ntpFields.defaults, protocol: 'ntp', retries: 0, ...config },
    {},
    bind(ntp, network),
  );
  const answer = await made.poll(address, never);
  assert.ok('snapshot' in answer);
  const { readings = [], time } = answer.snapshot;
  return {
    time,
    down: answer.down,
    values: Object.fromEntries(
      readings.map(({ metric, value, unit }) => [metric, rounded(Number(value), unit)]),
    ),
    infos: readings.flatMap(({ info }) => (info ? [info] : [])),
  };
}

/** A server whose clock is ahead by so many ms. */
const ahead = (offset: number, more: Said = {}) =>
  new FakeNetwork((time) => ({ receive: time + offset, ...more }));

describe('A check of a time server', () => {
  it('measures the offset of its clock, its stratum and how far that is from the source', async () => {
    const network = ahead(0, { rootDelay: 15.625, rootDispersion: 31.25 });
    assert.deepEqual(await check(network), {
      time: now + 20,
      down: undefined,
      values: {
        latency: 20,
        // The time of day is told in whole ms: until more is known, it is half a ms later.
        ntp_offset: -0.5,
        ntp_stratum: 2,
        ntp_root_delay: 15.625,
        ntp_root_dispersion: 31.25,
        device_degraded: 0,
      },
      infos: [],
    });
    assert.deepEqual(network.asked, ['time.example.org 123 version 4']);
  });

  it('counts an offset above 0 where the server is ahead, below 0 where it is behind', async () => {
    assert.equal((await check(ahead(60))).values.ntp_offset, 59.5);
    assert.equal((await check(ahead(-60))).values.ntp_offset, -60.5);
  });

  it('asks at the port of the address, else at that of the access', async () => {
    const network = ahead(0);
    await check(network, { port: 1230 });
    await check(network, { port: 1230 }, '10.0.0.1:1231');
    assert.deepEqual(network.asked, ['time.example.org 1230 version 4', '10.0.0.1 1231 version 4']);
  });

  it('names the clock of stratum 1', async () => {
    const { infos } = await check(ahead(0, { stratum: 1, reference: 'GPS\0' }));
    assert.deepEqual(infos, [{ reference: 'GPS' }]);
  });

  it('does not take a clock that is set meanwhile for an offset', async () => {
    for (const step of [3_600_000, -3_600_000]) {
      const network: FakeNetwork = new FakeNetwork((time) => {
        network.clock.setDate(time + step);
        return { receive: time + step };
      });
      const { values } = await check(network);
      assert.equal(values.ntp_offset, -0.5);
      assert.equal(values.latency, 20);
    }
  });

  it('reads the time of a new era', async () => {
    const network = ahead(7);
    network.clock.setDate(Date.parse('2036-02-07T06:28:16Z') - 5);
    assert.equal((await check(network)).values.ntp_offset, 6.5);
  });

  it('refuses an answer without a time', async () => {
    await assert.rejects(check(new FakeNetwork(() => ({}))), {
      message: 'what answers does not speak NTP properly (no time)',
    });
  });

  for (const [what, said, limits, reason] of [
    ['an offset', { receive: 250 }, {}, 'ntp_offset 250 ms beyond ±100 ms'],
    ['an offset below 0', { receive: -250 }, {}, 'ntp_offset -251 ms beyond ±100 ms'],
    ['an offset within the limit', { receive: 250 }, { maxOffset: 300 }, undefined],
    ['an offset without a limit', { receive: 250 }, { maxOffset: 0 }, undefined],
    ['a stratum', { stratum: 4 }, { maxStratum: 3 }, 'ntp_stratum 4 > 3'],
    ['a stratum within the limit', { stratum: 3 }, { maxStratum: 3 }, undefined],
    ['a latency', {}, { maxLatency: 19 }, 'latency 20 ms > 19 ms'],
    [
      'a leap indicator of 3',
      { leap: 3, stratum: 3 },
      {},
      'not synchronized (leap indicator 3, stratum 3)',
    ],
    [
      'a stratum of 16',
      { stratum: 16 },
      {},
      'not synchronized (leap indicator 0, stratum 16, GPS)',
    ],
    [
      'a stratum of 0',
      { leap: 3, stratum: 0, reference: 'INIT' },
      { maxStratum: 3 },
      'not synchronized (leap indicator 3, stratum 16, INIT)',
    ],
    ['a leap second that is due', { leap: 1 }, {}, undefined],
  ] as [string, Said, Partial<AccessConfig>, string | undefined][]) {
    it(`judges ${what}`, async () => {
      const { receive = 0, ...others } = said;
      const { values, infos } = await check(ahead(receive, others), limits);
      assert.equal(values.device_degraded, reason === undefined ? 0 : 1);
      assert.deepEqual(infos, reason === undefined ? [] : [{ reason }]);
    });
  }

  for (const [code, message] of [
    ['DENY', 'the server refuses to tell this machine the time (DENY)'],
    ['RSTR', 'the server refuses to tell this machine the time (RSTR)'],
    ['RATE', 'the server is asked too often (RATE): choose a longer interval'],
  ] as const) {
    it(`tells of the kiss code ${code}, and does not ask again`, async () => {
      const network = new FakeNetwork(() => ({ leap: 3, stratum: 0, reference: code }));
      await assert.rejects(check(network, { retries: 2 }), { message });
      assert.equal(network.asked.length, 1);
    });
  }

  it('asks by version 3 after a silence, and by 4 again after another', async () => {
    const network = ahead(0);
    const connection = bind(ntp, network).open(ntpFields.defaults, {});
    const poll = (host: string) =>
      connection.poll({ host }, AbortSignal.abort(silence), { seconds: 5, answered: () => {} });
    const silence = new Problem('timeout', { seconds: 5 });
    const fail: NtpNetwork['exchange'] = (target, packet) => {
      network.asked.push(`${target.host} version ${packet[0]! >> 3}`);
      return Promise.reject(silence);
    };
    const real = network.exchange;
    Object.assign(network, { exchange: fail });
    await assert.rejects(poll('a'), silence);
    await assert.rejects(poll('a'), silence);
    await assert.rejects(poll('b'), silence);
    await assert.rejects(poll('a'), silence);
    Object.assign(network, { exchange: real });
    await poll('a');
    await poll('a');
    assert.deepEqual(network.asked, [
      ...['a version 4', 'a version 3', 'b version 4', 'a version 4'],
      ...['a 123 version 3', 'a 123 version 3'],
    ]);
  });
});

describe('A check of a time server with a bad field', () => {
  for (const [field, value, expected] of [
    ['port', 0, 'a number from 1 to 65535'],
    ['maxOffset', -1, 'a number from 0 to 86400000'],
    ['maxStratum', 16, 'a number from 0 to 15'],
    ['maxStratum', 1.5, 'a whole number'],
  ] as const) {
    it(`names ${field} (${value})`, () => {
      assert.throws(() => ntp.settings({ ...ntpFields.defaults, [field]: value }), {
        message: `${field}: expected ${expected}, but got ${value}`,
      });
    });
  }

  it('takes those of an access that was made before there were any', () => {
    const { maxOffset, maxStratum } = ntpFields.checks;
    assert.deepEqual([maxOffset(undefined), maxStratum(undefined)], [100, 0]);
  });
});
