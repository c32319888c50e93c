import type { Sample } from '../../contract/snapshot.ts';
import { Problem } from '../../shared/problem.ts';
import type { Protocol } from '../protocol.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import { type NtpFields, ntpFields } from './fields.ts';
import { FineClock } from './fine-clock.ts';
import { type NtpAnswer, question, readAnswer } from './packet.ts';
import { clockOffset, toTime } from './timestamp.ts';
import type { NtpNetwork } from './transport.ts';
import { judge, refusal } from './verdict.ts';

const { checks } = ntpFields;

/** Whether a time server tells the time over NTP, how far its clock is from this machine's, and its stratum. */
export const ntp: Protocol<NtpFields, NtpFields, NtpNetwork> = {
  settings: (fields) => ({
    port: checks.port(fields.port),
    maxLatency: checks.maxLatency(fields.maxLatency),
    maxOffset: checks.maxOffset(fields.maxOffset),
    maxStratum: checks.maxStratum(fields.maxStratum),
  }),
  open({ port, ...limits }, _, network) {
    const clock = new FineClock(network.clock);
    // Some servers of version 3 drop a later one without a word: they are tried the other way next.
    const asksOldWay = new Set<string>();
    return {
      async poll(address, signal) {
        const target = { host: address.host, port: portOf(address, port, ntpFields.usualPort) };
        const key = `${target.host} ${target.port}`;
        const nonce = network.nonce();
        const packet = question(asksOldWay.has(key) ? 3 : 4, nonce);
        const read = (bytes: Uint8Array) => readAnswer(bytes, nonce);
        clock.ahead();
        const { answer, sent, received } = await network
          .exchange(target, packet, read, signal)
          .catch((error: unknown) => {
            if (!asksOldWay.delete(key) && signal.aborted) asksOldWay.add(key);
            throw error;
          });
        const refused = refusal(answer);
        if (refused) throw refused;
        // Both times are of the clock as it is now, though it was set in between.
        const ahead = clock.ahead();
        const offset = offsetOf(answer, sent + ahead, received + ahead);
        return checked(
          network.clock.date(),
          samplesOf(answer, received - sent, offset),
          limits,
          undefined,
          judge(answer, offset, limits),
        );
      },
      asks: () => ({ check: 'NTP' }),
      close: () => Promise.resolve(),
    };
  },
};

function offsetOf({ receive, transmit }: NtpAnswer, sent: number, received: number): number {
  if (receive === 0n || transmit === 0n) throw new Problem('ntpGarbled', { reason: 'no time' });
  return clockOffset(sent, toTime(receive, received), toTime(transmit, received), received);
}

function samplesOf(answer: NtpAnswer, latency: number, offset: number): Sample[] {
  const { stratum, reference, rootDelay, rootDispersion } = answer;
  return [
    sample('latency', latency),
    sample('ntp_offset', offset),
    // Above stratum 1 it is an address, or what is left of one.
    sample(
      'ntp_stratum',
      stratum,
      stratum === 1 && reference !== '' ? { info: { reference } } : {},
    ),
    ...(rootDelay === undefined ? [] : [sample('ntp_root_delay', rootDelay)]),
    sample('ntp_root_dispersion', rootDispersion),
  ];
}
