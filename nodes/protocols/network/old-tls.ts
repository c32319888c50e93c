import { Problem } from '../../shared/problem.ts';
import { networkProblem } from './network-problem.ts';

/** The options of a TLS connection to a device that knows no better than TLS 1.0 or 1.1, or a short key. */
export const oldTlsOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

// OpenSSL's words where a device is too old for what is taken today.
const oldTlsErrors =
  /alert protocol version|unsupported protocol|version too low|dh key too small|md too weak/i;

/**
 * As {@link networkProblem}; where only old TLS would do, the problem says how to allow it.
 * @param allowed whether it is allowed already
 */
export function oldTlsProblem(error: unknown, host: string, allowed: boolean): Problem {
  const problem = networkProblem(error, host);
  const isOld = problem.key === 'tls' && oldTlsErrors.test((error as Error).message);
  return isOld && !allowed ? new Problem('tlsOld') : problem;
}
