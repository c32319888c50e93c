import { metrics } from '../../contract/metrics.ts';
import { format } from '../../contract/units.ts';
import { Problem } from '../../shared/problem.ts';
import type { NtpLimits } from './fields.ts';
import type { NtpAnswer } from './packet.ts';

/** The kiss codes of a server that gives no time to this client (RFC 5905, 7.4; RFC 8915). */
const refusals = ['AUTH', 'CRYP', 'DENY', 'DROP', 'NKEY', 'NTSN', 'RSTR'];

/** Why a server refuses to tell the time, if it does. */
export function refusal({ stratum, reference }: NtpAnswer): Problem | undefined {
  if (stratum !== 16) return undefined;
  if (reference === 'RATE') return new Problem('ntpRate');
  return refusals.includes(reference) ? new Problem('ntpRefused', { code: reference }) : undefined;
}

/**
 * Why a time server is degraded: a text for each reason, an empty one where a limit is kept.
 * @param offset ms
 */
export function judge(answer: NtpAnswer, offset: number, limits: NtpLimits): string[] {
  const { leap, stratum, reference } = answer;
  const show = (ms: number) => format(ms, metrics.ntp_offset);
  const { maxOffset, maxStratum } = limits;
  const synchronized = leap !== 3 && stratum < 16;
  const code = stratum === 16 && reference !== '' ? `, ${reference}` : '';
  return [
    synchronized ? '' : `not synchronized (leap indicator ${leap}, stratum ${stratum}${code})`,
    maxOffset > 0 && Math.abs(offset) > maxOffset
      ? `ntp_offset ${show(offset)} beyond ±${show(maxOffset)}`
      : '',
    synchronized && maxStratum > 0 && stratum > maxStratum
      ? `ntp_stratum ${stratum} > ${maxStratum}`
      : '',
  ];
}
