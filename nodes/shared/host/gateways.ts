import { readFile } from 'node:fs/promises';
import os from 'node:os';

/** A router that this machine sends all else to. */
export interface Gateway {
  interface: string;
  address: string;
}

/** Those of this machine; none where it is not Linux, or does not tell. */
export async function readGateways(): Promise<Gateway[]> {
  const route = await readFile('/proc/net/route', 'utf8').catch(() => '');
  return gatewaysOf(route, os.endianness());
}

/** The same from the content of Linux' /proc/net/route. @param endian `os.endianness()` */
export function gatewaysOf(route: string, endian: 'BE' | 'LE'): Gateway[] {
  return route.split('\n').flatMap((line) => {
    const [name = '', destination, hex = ''] = line.split(/\s+/);
    if (destination !== '00000000' || !/^[\dA-F]{8}$/i.test(hex) || hex === '00000000') return [];
    const bytes = (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    return { interface: name, address: (endian === 'LE' ? bytes.reverse() : bytes).join('.') };
  });
}
