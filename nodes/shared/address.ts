import { FieldProblem } from './problem.ts';

/** Where a device is: a host name or an IP address, and a port if told. */
export interface Address {
  /** IPv6 without brackets; a link-local address with its zone (RFC 4007), as in `fe80::1%eth0` */
  host: string;
  port?: number;
}

/**
 * Reads a device's address: `core-1`, `10.0.0.1:8443`, `[fd00::1]:443`, `fd00::1` or
 * `fe80::1%eth0`. Nothing else may stand in it: it becomes part of a URL.
 * @param field its name in error texts
 */
export function toAddress(field: string, value: unknown): Address {
  const match =
    typeof value === 'string' && value.length <= 260
      ? (/^\[(?<v6>[\da-f:.]+)(?:%(?<zone>[\w.-]{1,32}))?\](?::(?<port>\d{1,5}))?$/i.exec(value) ??
        /^(?<v6>[\da-f]*:[\da-f:.]*:[\da-f:.]*)(?:%(?<zone>[\w.-]{1,32}))?$/i.exec(value) ??
        /^(?<name>[\p{L}\p{N}_][\p{L}\p{N}_.-]*)(?::(?<port>\d{1,5}))?$/u.exec(value))
      : null;
  const { v6, zone, name, port } = match?.groups ?? {};
  const host = v6 ?? name;
  const good =
    host !== undefined &&
    isHost(v6 === undefined ? host : `[${host}]`) &&
    (zone === undefined || isLinkLocal(host)) &&
    (port === undefined || (Number(port) >= 1 && Number(port) <= 65535));
  if (!good) throw new FieldProblem(field, 'address', value);
  const zoned = zone === undefined ? host : `${host}%${zone}`;
  return port === undefined ? { host: zoned } : { host: zoned, port: Number(port) };
}

/** An address as it stands in a URL: with IPv6 in brackets, and without the zone, which no URL can have. */
export function urlHost({ host, port }: Address): string {
  const [ip] = host.split('%', 1) as [string];
  return (ip.includes(':') ? `[${ip}]` : ip) + (port === undefined ? '' : `:${port}`);
}

// RFC 4291, 2.5.6: fe80::/10.
function isLinkLocal(host: string): boolean {
  return /^fe[89ab][\da-f]:/i.test(host);
}

// The URL standard reads "10.1" and "0x7f.1" as IP addresses: what looks like a number must be a
// whole dotted quad.
function isHost(host: string): boolean {
  const url = URL.parse(`http://${host}/`);
  if (!url) return false;
  return !/^\d+(\.\d+){3}$/.test(url.hostname) || url.hostname === host;
}
