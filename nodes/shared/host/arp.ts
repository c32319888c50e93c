import { readFile } from 'node:fs/promises';

/** The hardware addresses that this machine knows, such as `02:00:5e:00:53:01`, with the IPv4 addresses of each. */
export type ArpTable = ReadonlyMap<string, readonly string[]>;

/** Those of this machine; none where it is not Linux, or does not tell. */
export async function readArpTable(): Promise<ArpTable> {
  return arpTableOf(await readFile('/proc/net/arp', 'utf8').catch(() => ''));
}

/** the flag of an entry that was answered (ATF_COM of Linux' if_arp.h) */
const complete = 0x02;

/** The same from the content of Linux' /proc/net/arp. */
export function arpTableOf(content: string): ArpTable {
  const table = new Map<string, string[]>();
  for (const line of content.split('\n').slice(1)) {
    const [address = '', , flags = '', hardware = ''] = line.trim().split(/\s+/);
    const known = hardware.toLowerCase();
    if (!/^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(known) || !(Number(flags) & complete)) continue;
    const addresses = table.get(known) ?? [];
    table.set(known, addresses);
    if (!addresses.includes(address)) addresses.push(address);
  }
  return table;
}
