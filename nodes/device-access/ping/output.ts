import { Problem } from '../../shared/problem.ts';
import type { PingOutput } from '../protocols/protocol.ts';

/** What ping found out. */
export interface PingResult {
  sent: number;
  received: number;
  /** round-trip times in ms, in the order of the requests */
  times: number[];
}

// "5 packets transmitted, 4 received, ..." (iputils), "..., 4 packets received, ..." (BusyBox, macOS)
const totals = /^(\d{1,6}) packets transmitted, (\d{1,6}) (?:packets )?received/m;
// "    Packets: Sent = 5, Received = 4, Lost = 1 (20% loss)," in any language
const windowsTotals =
  /= (\d{1,6}),[^=\n]{1,40}= (\d{1,6}),[^=\n]{1,40}= \d{1,6}\s{1,8}\(\d{1,3} ?%/;
// "64 bytes from ::1: icmp_seq=1 ttl=64 time=0.055 ms", "Antwort von 1.2.3.4: Bytes=32 Zeit<1ms TTL=64"
const roundTrip = /[=<] ?(\d{1,9}(?:[.,]\d{1,6})?) ?ms/g;
const sequence = /\b(?:icmp_)?seq=(\d{1,6})\b/;

/**
 * Reads what ping wrote: that of Linux (iputils and BusyBox), macOS and, in any language, Windows.
 * Throws a Problem where it wrote no totals: it could not do its work.
 */
export function readPing({ out, errors }: PingOutput, host: string): PingResult {
  const counts = totals.exec(out) ?? windowsTotals.exec(out);
  if (!counts) throw failure(errors.trim() === '' ? out : errors, host);
  const times = new Map<number, number>();
  for (const line of out.split('\n')) {
    const found = [...line.matchAll(roundTrip)];
    // The line of Windows' totals has three.
    if (found.length !== 1) continue;
    // A reply that comes twice counts once.
    const number = Number(sequence.exec(line)?.[1] ?? times.size);
    if (!times.has(number)) times.set(number, Number(found[0]![1]!.replace(',', '.')));
  }
  const sent = Number(counts[1]);
  const inOrder = [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
  return { sent, received: Math.min(Number(counts[2]), sent), times: inOrder };
}

// Such as "ping: core-1: Name or service not known".
function failure(output: string, host: string): Problem {
  const line = output.trim().split(/\r?\n/, 1)[0]!.slice(0, 200);
  if (/name or service not known|unknown host|bad address|could not find host/i.test(line))
    return new Problem('nameNotFound', { host });
  if (/temporary failure in name resolution/i.test(line))
    return new Problem('unreachable', { reason: 'EAI_AGAIN' });
  const unreachable = /network is unreachable|no route to host/i.exec(line)?.[0];
  if (unreachable) return new Problem('unreachable', { reason: unreachable });
  return new Problem('pingFailed', { reason: line === '' ? 'no output' : line });
}
