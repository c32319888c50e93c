import { isProblem, type ProblemKey } from '../shared/problem.ts';

/** the problem of a host key that is another one than before */
export const hostKeyProblem = 'hostKeyChanged' satisfies ProblemKey;

/** What stays as it is until somebody mends it; also what devices lock out for, where it is tried often. */
const lasting: ReadonlySet<string> = new Set<ProblemKey>([
  ...([hostKeyProblem, 'loginRefused', 'shellLogin', 'enableRefused', 'newPassword'] as const),
  ...(['keyLocked', 'keyBad', 'sshOld', 'tlsOld', 'certificate'] as const),
  ...(['unauthorized', 'wantsDigest', 'wantsBasic', 'forbidden', 'redirectLogin'] as const),
  ...(['configurationRefused', 'configurationBinary', 'field'] as const),
]);

/** The keys of a problem and of all that it comes of. */
export function keysOf(error: unknown): Set<string> {
  const keys = new Set<string>();
  for (let one = error; isProblem(one); one = one.cause) keys.add(one.key);
  return keys;
}

/** Whether trying again soon may help. */
export function mayPass(problem: unknown): boolean {
  return [...keysOf(problem)].every((key) => !lasting.has(key));
}

/** Whether it is about where configurations are kept, and so no fault of the device. */
export function isOfStore(problem: unknown): boolean {
  return [...keysOf(problem)].some((key) => storeKeys.has(key));
}

const storeKeys: ReadonlySet<string> = new Set<ProblemKey>([
  ...(['configurationsNode', 'configurationsInUse', 'configurationsNewer'] as const),
  ...(['configurationsForeign', 'configurationsFull', 'configurationsReadOnly'] as const),
  ...(['configurationsFailed', 'configurationsEnded', 'configurationsDamaged'] as const),
  ...(['configurationsServer', 'historyClosed', 'badHistory'] as const),
]);
