import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { foreignText } from '../../shared/text.ts';
import { nameInAnswer, reverseName, reverseQuestion } from './mdns.ts';

/** ms for an answer */
const patience = 1000;
const mdnsPort = 5353;

/** The name of an IP address: see `LookNetwork.nameOf`. */
export async function nameOf(ip: string, signal: AbortSignal): Promise<string | undefined> {
  const [plain] = ip.split('%', 1) as [string];
  // RFC 6761, 6.3: whatever it is called, it is this machine.
  if (plain.startsWith('127.') || plain === '::1') return undefined;
  const [dns, mdns] = await Promise.all([byDns(plain), byMdns(ip, plain, signal)]);
  signal.throwIfAborted();
  return dns ?? mdns;
}

async function byDns(ip: string): Promise<string | undefined> {
  const resolver = new Resolver({ timeout: patience, tries: 1 });
  const [name = ''] = await resolver.reverse(ip).catch((): string[] => []);
  return foreignText(name, 100) || undefined;
}

/** Asks the device itself, which needs no multicast (RFC 6762, 5.5). */
function byMdns(ip: string, plain: string, signal: AbortSignal): Promise<string | undefined> {
  const name = reverseName(plain);
  if (name === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const id = Math.floor(Math.random() * 65536);
    const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4');
    let isOver = false;
    const end = (found?: string) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners('message').close();
      resolve(found);
    };
    const abort = () => end();
    const timer = setTimeout(abort, patience);
    signal.addEventListener('abort', abort, { once: true });
    socket
      .on('error', () => {})
      .on('message', (data, from) => {
        const found = from.address === ip ? nameInAnswer(id, data) : undefined;
        if (found !== undefined) end(found);
      })
      .send(reverseQuestion(id, name), mdnsPort, ip, (error) => {
        if (error) end();
      });
  });
}
