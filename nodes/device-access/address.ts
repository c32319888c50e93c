import { FieldProblem } from '../shared/problem.ts';

/** Where a device is: a host name or an IP address (IPv6 without brackets), and a port if told. */
export interface Address {
  host: string;
  port?: number;
}

/**
 * Reads a device's address: `core-1`, `10.0.0.1:8443`, `[fd00::1]:443` or `fd00::1`. Nothing else may
 * stand in it: it becomes part of a URL.
 * @param field its name in error texts
 */
export function toAddress(field: string, value: unknown): Address {
  const match =
    typeof value === 'string' && value.length <= 260
      ? (/^\[(?<v6>[\da-f:.]+)\](?::(?<port>\d{1,5}))?$/i.exec(value) ??
        /^(?<v6>[\da-f]*:[\da-f:.]*:[\da-f:.]*)$/i.exec(value) ??
        /^(?<name>[\p{L}\p{N}_][\p{L}\p{N}_.-]*)(?::(?<port>\d{1,5}))?$/u.exec(value))
      : null;
  const { v6, name, port } = match?.groups ?? {};
  const host = v6 ?? name;
  const good =
    host !== undefined &&
    isHost(v6 === undefined ? host : `[${host}]`) &&
    (port === undefined || (Number(port) >= 1 && Number(port) <= 65535));
  if (!good) throw new FieldProblem(field, 'address', value);
  return port === undefined ? { host } : { host, port: Number(port) };
}

/** An address as it stands in a URL: with IPv6 in brackets. */
export function urlHost({ host, port }: Address): string {
  return (host.includes(':') ? `[${host}]` : host) + (port === undefined ? '' : `:${port}`);
}

// The URL standard reads "10.1" and "0x7f.1" as IP addresses: what looks like a number must be a
// whole dotted quad.
function isHost(host: string): boolean {
  const url = URL.parse(`http://${host}/`);
  if (!url) return false;
  return !/^\d+(\.\d+){3}$/.test(url.hostname) || url.hostname === host;
}
