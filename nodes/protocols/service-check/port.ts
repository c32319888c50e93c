import type { Address } from '../../shared/address.ts';
import * as check from '../../shared/check.ts';
import { Problem } from '../../shared/problem.ts';

/** The field of a port: empty for the usual one. */
export type PortField = number | '';

export function checkPort(value: unknown): PortField {
  if (value === '' || value === undefined) return '';
  return check.number('port', value, { min: 1, max: 65535, integer: true });
}

/** The port to ask: that of the address, else the one that is set, else the usual one. */
export function portOf(address: Address, field: PortField, usual?: number): number {
  const port = address.port ?? (field === '' ? usual : field);
  if (port === undefined) throw new Problem('noPort');
  return port;
}
