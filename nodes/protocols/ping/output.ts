import { isIP } from 'node:net';
import { Problem } from '../../shared/problem.ts';
import type { PingOutput } from './transport.ts';

/** What ping found out. */
export interface PingResult {
  sent: number;
  received: number;
  /** round-trip times in ms, in the order of the requests */
  times: number[];
}

// "5 packets transmitted, 4 received, ..." (iputils), "..., 4 packets received, ..." (the others)
const totals = /^(\d{1,6}) packets transmitted, (\d{1,6}) (?:packets )?received/m;
// "64 bytes from ::1: icmp_seq=1 ttl=64 time=0.055 ms"
const roundTrip = /\btime ?[=<] ?(\d{1,9}(?:[.,]\d{1,6})?) ?ms/;
const sequence = /\b(?:icmp_)?seq=(\d{1,6})\b/;

// Windows writes in its user's language and code page, so that only signs and digits are sure:
// "    Packets: Sent = 5, Received = 4, Lost = 1 (20% loss),", at times over two lines
const windowsTotals =
  /= ?(\d{1,6})[^=\d%]{1,60}= ?\d{1,6}[^=\d%]{1,60}= ?\d{1,6}\s{1,40}\([^()\d%]{0,40}(?:\d{1,3} ?%|% ?\d{1,3})/;
// "Pinging core-1 [10.0.0.1] with 32 bytes of data:"
const windowsHead = /(?<![\d.:=])\b32\b(?!.*TTL=)/;
// "Reply from 10.0.0.1: bytes=32 time<1ms TTL=64": the unit too is translated, and TTL is not
const windowsReply = /[=<] ?(\d{1,9}(?:[.,]\d{1,6})?)[^=<\d]{0,12}TTL=\d/;
// "Reply from fe80::1%4: time<1ms": IPv6 has no TTL
const windowsReply6 =
  /[\da-f]{0,4}:[\da-f]{0,4}:[\da-f:.]*(?:%\d+)?.{0,40}[=<] ?(\d{1,9})[^=<\d%]{1,12}$/i;

/**
 * Reads what ping wrote: that of Linux (iputils, BusyBox, inetutils), macOS, BSD and, in any language,
 * Windows. Only an answer with its time counts: a router that reports the device as unreachable does not
 * answer for it, although Windows counts that as received.
 * Throws a Problem where ping could not do its work.
 */
export function readPing({ out, errors }: PingOutput, host: string): PingResult {
  const counts = totals.exec(out);
  if (counts) return fromUnix(out, Number(counts[1]), Number(counts[2]));
  const lines = out.split(/\r*\n/).filter((line) => line.trim() !== '');
  const head = lines.slice(0, 2).findIndex((line) => windowsHead.test(line));
  if (head >= 0) return fromWindows(out, lines.slice(head + 1));
  throw failure(errors.trim() === '' ? out : errors, host);
}

function fromUnix(out: string, sent: number, received: number): PingResult {
  const times = new Map<number, number>();
  for (const line of out.split('\n')) {
    const time = roundTrip.exec(line)?.[1];
    if (time === undefined) continue;
    // A reply that comes twice counts once.
    const number = Number(sequence.exec(line)?.[1] ?? times.size);
    if (!times.has(number)) times.set(number, toNumber(time));
  }
  const inOrder = [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
  return { sent, received: Math.min(received, sent), times: inOrder };
}

// Where it was ended before it wrote totals, each line but the first tells of one packet.
function fromWindows(out: string, lines: readonly string[]): PingResult {
  const found = lines.map((line) => (windowsReply.exec(line) ?? windowsReply6.exec(line))?.[1]);
  const times = found.filter((time) => time !== undefined).map(toNumber);
  const sent = Number(windowsTotals.exec(out)?.[1] ?? Math.max(1, lines.length));
  return { sent, received: Math.min(times.length, sent), times: times.slice(0, sent) };
}

function toNumber(time: string): number {
  return Number(time.replace(',', '.'));
}

// Such as "ping: core-1: Name or service not known".
function failure(output: string, host: string): Problem {
  const line = output.trim().split(/\r?\n/, 1)[0]!.slice(0, 200);
  if (/name or service not known|unknown host|bad address|could not find host/i.test(line)) {
    return new Problem('nameNotFound', { host });
  }
  if (/temporary failure in name resolution/i.test(line)) {
    return new Problem('unreachable', { reason: 'EAI_AGAIN' });
  }
  const unreachable = /network is unreachable|no route to host/i.exec(line)?.[0];
  if (unreachable) return new Problem('unreachable', { reason: unreachable });
  // All that Windows has to say of a name without an address, in any language.
  if (isIP(host) === 0 && line.includes(host) && !/^ping\d?:/.test(line)) {
    return new Problem('nameNotFound', { host });
  }
  return new Problem('pingFailed', { reason: line === '' ? 'no output' : line });
}
