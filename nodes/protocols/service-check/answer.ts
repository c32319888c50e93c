import type { Sample } from '../../contract/snapshot.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Answer } from '../protocol.ts';
import { degradation, type Limits } from './limits.ts';

/**
 * What a service check found out: its samples, and whether the device is degraded by them.
 * @param time ms since the Unix epoch
 * @param down why the device counts as down all the same
 * @param judged what the protocol itself judges: why the device is degraded, or empty texts
 */
export function checked(
  time: number,
  samples: readonly Sample[],
  limits: Partial<Limits>,
  down?: Problem,
  judged: readonly string[] = [],
): Answer {
  const snapshot = { time, readings: [...samples, ...degradation(limits, samples, judged)] };
  return { snapshot, problems: [], ...(down && { down }) };
}
