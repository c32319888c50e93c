import type { LiveMib } from '../test/support/snmp-mib.ts';
import { tag } from '../test/support/snmp-mib.ts';

const named: Record<number, string> = { 7: 'hyper-2', 8: 'PLC 7', 24: 'AP lobby', 49: 'uplink' };
const unplugged = new Set([10, 23, 31, 32, 41, 45, 47]);

/**
 * A switch for the pictures of the documentation: 48 ports of 1 Gbit/s and two of 10 Gbit/s, by the IF-MIB
 * (RFC 2863).
 */
export function pictureSwitch(): LiveMib {
  const mib: LiveMib = {
    '1.3.6.1.2.1.1.1.0':
      'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E',
    '1.3.6.1.2.1.1.3.0': (ms) => [tag.ticks, 864_000_000 + Math.floor(ms / 10)],
    '1.3.6.1.2.1.1.5.0': 'sw-access-3',
    '1.3.6.1.2.1.2.1.0': [tag.integer, 50],
    '1.3.6.1.2.1.47.1.1.1.1.13.1001': 'WS-C2960X-48TS-L',
  };
  for (let port = 1; port <= 50; port++) {
    const isFast = port > 48;
    const mbps = isFast ? 2_000 : 5 + ((port * 37) % 90);
    const octets = (share: number) => (ms: number) =>
      BigInt(Math.floor((ms + 1e9) * mbps * 125 * share));
    const [table, more] = ['1.3.6.1.2.1.2.2.1', '1.3.6.1.2.1.31.1.1.1'];
    const entry: LiveMib = {
      [`${table}.3`]: [tag.integer, 6],
      [`${table}.7`]: [tag.integer, 1],
      [`${table}.8`]: [tag.integer, unplugged.has(port) ? 2 : 1],
      [`${more}.1`]: isFast ? `Te1/0/${port - 48}` : `Gi1/0/${port}`,
      [`${more}.6`]: octets(1),
      [`${more}.10`]: octets(0.3),
      [`${more}.15`]: isFast ? 10_000 : 1_000,
      [`${more}.18`]: named[port] ?? '',
    };
    for (const [column, value] of Object.entries(entry)) mib[`${column}.${port}`] = value;
  }
  return mib;
}
