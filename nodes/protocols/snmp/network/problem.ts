import type { ErrorStatus } from 'net-snmp';
import { Problem } from '../../../shared/problem.ts';
import { oneLine } from '../../../shared/text.ts';
import type { SnmpOptions } from '../transport.ts';

// net-snmp tells a report of the security model (RFC 3414, 3.2) by these texts only.
const reports: Record<string, (user: { user: string; level: string }) => Problem> = {
  'Unsupported Security Level': (user) => new Problem('snmpLevel', user),
  'Unknown User Name': (user) => new Problem('snmpUser', user),
  'Wrong Digest (incorrect password, community or key)': () => new Problem('snmpPassphrase'),
  'Decryption Error': () => new Problem('snmpPrivacy'),
  'Not In Time Window': () => new Problem('snmpClock'),
  'Unknown Engine ID': () => new Problem('snmpClock'),
};

// Codes of net-snmp's ResponseInvalidError.
const couldNotDecrypt = 4;
const wrongDigest = 5;
const notInTimeWindow = 14;

/** net-snmp's codes of an agent's error status (RFC 3416, 3). */
export const status = {
  tooBig: 1,
  noSuchName: 2,
  authorizationError: 16,
} as const satisfies Record<string, ErrorStatus>;

/** An error of net-snmp: what it is about stands in different places. */
export type SnmpError = Omit<Error, 'message'> & {
  /** a number where the agent's error status is one that nobody knows */
  message: string | number;
  status?: number;
  code?: number | string;
};

/** What went wrong with a request, in words. A `Problem` stays what it is. */
export function snmpProblem(error: SnmpError, options: SnmpOptions): Problem {
  if (error instanceof Problem) return error;
  const reason = oneLine(String(error.message), 200);
  const report = reports[error.message];
  if (report && options.version === '3') return report(options);
  if (error.name === 'RequestFailedError') {
    if (error.status === status.tooBig) return new Problem('snmpTooBig');
    if (error.status === status.authorizationError) return new Problem('snmpDenied');
    return new Problem('snmpStatus', { reason }, { cause: error });
  }
  if (error.code === couldNotDecrypt) return new Problem('snmpPrivacy');
  if (error.code === wrongDigest) return new Problem('snmpPassphrase');
  if (error.code === notInTimeWindow) return new Problem('snmpClock');
  if (typeof error.code === 'string') return new Problem('unreachable', { reason: error.code });
  return new Problem('snmpGarbled', { reason });
}

/** Whether what is known of a device's engine is out of date: it may be another, or have restarted. */
export function isOutOfDate(error: SnmpError): boolean {
  return (
    error.code === notInTimeWindow ||
    error.message === 'Not In Time Window' ||
    error.message === 'Unknown Engine ID'
  );
}
