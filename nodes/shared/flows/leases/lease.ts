import { hasControl } from '../../check.ts';
import { type FlowAddress, parseFlowAddress } from '../address.ts';

/** What a line or block of a leases file tells of an address. */
export interface Lease {
  address: FlowAddress;
  /** undefined where it has none, or is in nobody's use */
  name: string | undefined;
  /** when it ends, ms since the Unix epoch; Infinity for never */
  until: number;
}

export type TakeLease = (lease: Lease) => void;

/** One form of leases files. */
export interface LeaseForm {
  /** Whether the first line that says anything is of this form. */
  isFirstLine: (line: string) => boolean;
  /** Makes what takes the lines of a file, from the first one on. */
  reader: (take: TakeLease) => (line: string) => void;
}

/** characters of a name (RFC 1035, 2.3.4) */
const longest = 253;

/**
 * The name that a lease holds. Devices choose it themselves: one that passes as an address, or cannot be
 * shown, is none.
 */
export function leaseName(text: string | undefined): string | undefined {
  const name = text?.trim().replace(/\.$/, '');
  if (name === undefined || name === '' || name === '*' || name.length > longest) return undefined;
  // Characters that turn the direction of writing could pass a name off as another.
  if (hasControl(name) || /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name)) return undefined;
  return parseFlowAddress(name) === undefined ? name : undefined;
}
