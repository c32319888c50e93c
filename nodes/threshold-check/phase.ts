import type { Cause } from './cause.ts';
import { compare, type Rule } from './rule.ts';

/** Where one rule stands on one series. All times are ms on a monotonic clock, as readings arrived. */
export type Phase =
  | { readonly state: 'ok' }
  | { readonly state: 'pending'; readonly since: number }
  | {
      readonly state: 'firing';
      /** when the comparison began to hold, or the data were missed */
      readonly since: number;
      /** since when it no longer holds, while that has to last */
      readonly clearSince?: number;
      /** fires because readings stopped */
      readonly missing?: true;
    };

/** The last signs of a series. */
export interface Seen {
  /** of the last reading */
  time: number;
  /** since when readings could have been received at all */
  watchedSince: number;
  /** ms between its readings, where there were some */
  rhythm?: number | undefined;
  /** whether the last reading is one from before a restart */
  resumed?: boolean | undefined;
}

export const ok: Phase = { state: 'ok' };

/** ms for which a reading says how things are, as in Prometheus. */
const stale = 5 * 60_000;

/** ms; what comes more rarely than twice in this time has no rhythm. */
const longest = 60 * 60_000;

/** ms for which the last reading of a series counts: longer where it comes more rarely. */
export function validFor(rhythm = 0): number {
  return Math.max(stale, Math.min(2 * rhythm, longest));
}

/**
 * The phase after a reading; the same object where nothing changes.
 * @param gap ms since the reading before, 0 where there is none: a poll comes a little early or late, so
 *   what has lasted to within a tenth of that is long enough
 */
export function afterReading(
  rule: Rule,
  phase: Phase,
  value: number,
  time: number,
  gap = 0,
): Phase {
  const lasted = (since: number, seconds: number) =>
    time - since >= seconds * 1000 - Math.min(gap, seconds * 1000) / 10;
  switch (phase.state) {
    case 'ok':
      if (!compare(rule.comparison, value, rule.threshold)) return phase;
      return rule.for === 0 ? { state: 'firing', since: time } : { state: 'pending', since: time };
    case 'pending':
      if (!compare(rule.comparison, value, rule.threshold)) return ok;
      if (!lasted(phase.since, rule.for)) return phase;
      return { state: 'firing', since: phase.since };
    case 'firing': {
      const limit = phase.missing ? rule.threshold : (rule.clearThreshold ?? rule.threshold);
      if (compare(rule.comparison, value, limit)) {
        if (phase.clearSince === undefined && !phase.missing) return phase;
        return { state: 'firing', since: phase.since };
      }
      const clearSince = phase.clearSince ?? time;
      if (lasted(clearSince, rule.clearAfter)) return ok;
      return phase.clearSince === undefined ? { ...phase, clearSince } : phase;
    }
  }
}

/** Whether something has to last for a while to change a phase. */
export function isWaiting(phase: Phase): boolean {
  return phase.state === 'pending' || (phase.state === 'firing' && phase.clearSince !== undefined);
}

/** The phase where `by` ms passed that do not count for what has to last. */
export function postponed(phase: Phase, by: number): Phase {
  if (phase.state === 'pending') return { ...phase, since: phase.since + by };
  if (phase.state === 'ok' || phase.clearSince === undefined) return phase;
  return { ...phase, clearSince: phase.clearSince + by };
}

/** The phase after a time in which nothing was known: what had to last begins anew. */
export function interrupted(phase: Phase): Phase {
  if (phase.state === 'pending') return ok;
  if (phase.state === 'ok' || phase.clearSince === undefined) return phase;
  const { since, missing } = phase;
  return { state: 'firing', since, ...(missing && { missing }) };
}

/** What comes by time alone: `phase`, from `at`, unless it is later than `until` by then. */
export interface Elapse {
  at: number;
  until: number;
  phase: Phase;
  cause: Cause;
}

/**
 * What comes if no further reading does, the first of it first.
 *
 * Nothing fires for having lasted: only a reading shows that it has. What is pending ends once its last
 * reading says nothing any more, as in Prometheus a pending alert does whose series is gone. What is
 * clearing ends by a last reading that still counts, as `keep_firing_for` there, but not while the next
 * one may still be due. Other than that, silence proves nothing but that data are missing.
 */
export function elapses(rule: Rule, phase: Phase, seen: Seen): Elapse[] {
  const result: Elapse[] = [];
  const valid = seen.time + validFor(seen.rhythm);
  if (phase.state === 'pending') {
    // A reading in the last moment still counts.
    result.push({ at: valid + 1, until: Infinity, phase: ok, cause: 'gone' });
  }
  if (phase.state === 'firing' && phase.clearSince !== undefined && !seen.resumed) {
    const pause = seen.rhythm ? 2.5 * seen.rhythm : 1500 * rule.clearAfter;
    const at = Math.max(phase.clearSince + rule.clearAfter * 1000, seen.time + pause);
    result.push({ at, until: valid, phase: ok, cause: 'reading' });
  }
  const silent = {
    at: Math.max(seen.time, seen.watchedSince) + rule.noDataAfter * 1000,
    until: Infinity,
    cause: 'silence',
  } as const;
  if (rule.noData === 'resolve' && phase.state !== 'ok') result.push({ ...silent, phase: ok });
  if (rule.noData === 'fire' && phase.state !== 'firing') {
    result.push({ ...silent, phase: { state: 'firing', since: silent.at, missing: true } });
  }
  return result.sort((a, b) => a.at - b.at);
}
