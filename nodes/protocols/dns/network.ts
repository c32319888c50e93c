import { promises } from 'node:dns';
import { isIP } from 'node:net';
import { Problem } from '../../shared/problem.ts';
import { networkProblem } from '../network/network-problem.ts';
import type { DnsNetwork, DnsQuestion, DnsReply } from './transport.ts';

/** DNS of this machine. */
export const dnsNetwork: DnsNetwork = { now: Date.now, dns };

/** Asks a DNS server, and no other. */
async function dns(question: DnsQuestion, signal: AbortSignal): Promise<DnsReply> {
  const { server, port, name, type } = question;
  signal.throwIfAborted();
  // The library drops the zone, and would ask who knows whom.
  if (server.includes('%')) throw new Problem('dnsLinkLocal');
  const addresses = isIP(server) === 0 ? await lookUp(server) : [server];
  signal.throwIfAborted();
  const resolver = new promises.Resolver();
  // One that does not answer, or refuses the connection, is followed by the next.
  resolver.setServers(
    addresses.map((address) => `${address.includes(':') ? `[${address}]` : address}:${port}`),
  );
  const abort = () => resolver.cancel();
  signal.addEventListener('abort', abort, { once: true });
  const began = performance.now();
  try {
    const answer: unknown =
      type === 'PTR' && isIP(name) > 0
        ? await resolver.reverse(name)
        : await resolver.resolve(name, type);
    return { records: toTexts(answer), duration: performance.now() - began };
  } catch (error) {
    signal.throwIfAborted();
    throw refusal(error as NodeJS.ErrnoException, question);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function lookUp(host: string): Promise<string[]> {
  try {
    return (await promises.lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw networkProblem(error, host);
  }
}

function refusal({ code = '' }: NodeJS.ErrnoException, { name, type }: DnsQuestion): Problem {
  if (code === 'ENOTFOUND' || code === 'ENODATA') return new Problem('dnsName', { name, type });
  if (code === 'EREFUSED') return new Problem('dnsRefused');
  if (code === 'ECONNREFUSED') return new Problem('connectionRefused');
  return new Problem('dnsFailed', { reason: code });
}

// The shapes differ by type: texts, lists of a text's pieces, objects in the order of RFC 1035.
function toTexts(answer: unknown): string[] {
  const records = Array.isArray(answer) ? (answer as unknown[]) : [answer];
  return records.map((record) => {
    if (Array.isArray(record)) return record.join('');
    if (typeof record === 'object' && record !== null) return fieldsOf(record);
    return String(record);
  });
}

const order = [
  ...['priority', 'weight', 'port', 'exchange', 'name'],
  ...['nsname', 'hostmaster', 'serial', 'refresh', 'retry', 'expire', 'minttl'],
];

function fieldsOf(record: object): string {
  const fields = record as Record<string, string | number | undefined>;
  return order.flatMap((name) => fields[name] ?? []).join(' ');
}
