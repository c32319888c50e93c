import { networkProblem } from '../protocols/network/network-problem.ts';
import { networkFailure } from '../shared/network-failure.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { foreignText } from '../shared/text.ts';

/** An error of ssh2. */
interface SshError extends Error {
  /** the part of it that failed, such as `client-authentication` */
  level?: string;
  code?: string;
}

/** What went wrong with a connection by SSH, in words. A `Problem` stays what it is. */
export function sshProblem(
  thrown: unknown,
  { host, oldCiphers }: { host: string; oldCiphers: boolean },
): Problem {
  if (isProblem(thrown)) return thrown;
  const { level, code = '', message } = thrown as SshError;
  if (networkFailure(code) !== undefined) return networkProblem(thrown, host);
  if (level === 'client-authentication') return new Problem('loginRefused');
  const reason = foreignText(message, 200);
  if (/no matching/i.test(message) && !oldCiphers) return new Problem('sshOld', { reason });
  if (/connection lost|ended unexpectedly|socket closed|not connected/i.test(message)) {
    return new Problem('connectionLost');
  }
  return new Problem('sshFailed', { reason });
}

/** Why a private key is of no use. ssh2 says so before it connects. */
export function keyProblem(thrown: unknown): Problem {
  const { message } = thrown as Error;
  return new Problem(/passphrase|decrypt|integrity/i.test(message) ? 'keyLocked' : 'keyBad');
}
