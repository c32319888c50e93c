import { compare, type Rule } from './rule.ts';

/** Where one rule stands on one series. All times are ms since the Unix epoch. */
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

/** The last sign of a series. */
export interface Seen {
  /** of the last reading */
  time: number;
  /** since when readings could have been received at all */
  watchedSince: number;
}

export const ok: Phase = { state: 'ok' };

/** ms for which a reading says how things are, as in Prometheus. */
const stale = 5 * 60_000;

/** The phase after a reading; the same object where nothing changes. */
export function afterReading(rule: Rule, phase: Phase, value: number, time: number): Phase {
  switch (phase.state) {
    case 'ok':
      if (!compare(rule.comparison, value, rule.threshold)) return phase;
      return rule.for === 0 ? { state: 'firing', since: time } : { state: 'pending', since: time };
    case 'pending':
      if (!compare(rule.comparison, value, rule.threshold)) return ok;
      if (time - phase.since < rule.for * 1000) return phase;
      return { state: 'firing', since: phase.since };
    case 'firing': {
      const limit = phase.missing ? rule.threshold : (rule.clearThreshold ?? rule.threshold);
      if (compare(rule.comparison, value, limit)) {
        if (phase.clearSince === undefined && !phase.missing) return phase;
        return { state: 'firing', since: phase.since };
      }
      const clearSince = phase.clearSince ?? time;
      if (time - clearSince >= rule.clearAfter * 1000) return ok;
      return phase.clearSince === undefined ? { ...phase, clearSince } : phase;
    }
  }
}

/** What comes by time alone: `phase`, from `at`, unless it is later than `until` by then. */
export interface Elapse {
  at: number;
  until: number;
  phase: Phase;
}

/** What comes if no further reading does. A stale reading proves nothing but that data are missing. */
export function elapses(rule: Rule, phase: Phase, seen: Seen): Elapse[] {
  const result: Elapse[] = [];
  const until = seen.time + stale;
  if (phase.state === 'pending') {
    const at = phase.since + rule.for * 1000;
    result.push({ at, until, phase: { state: 'firing', since: phase.since } });
  }
  if (phase.state === 'firing' && phase.clearSince !== undefined) {
    result.push({ at: phase.clearSince + rule.clearAfter * 1000, until, phase: ok });
  }
  const silent = Math.max(seen.time, seen.watchedSince) + rule.noDataAfter * 1000;
  if (rule.noData === 'resolve' && phase.state !== 'ok') {
    result.push({ at: silent, until: Infinity, phase: ok });
  }
  if (rule.noData === 'fire' && phase.state !== 'firing') {
    const missing: Phase = { state: 'firing', since: silent, missing: true };
    result.push({ at: silent, until: Infinity, phase: missing });
  }
  return result.sort((a, b) => a.at - b.at);
}

/** The phase on a clock that was set by `by` ms, so that nothing seems to have lasted longer. */
export function shifted(phase: Phase, by: number): Phase {
  if (phase.state === 'ok') return phase;
  const since = phase.since + by;
  if (phase.state === 'pending' || phase.clearSince === undefined) return { ...phase, since };
  return { ...phase, since, clearSince: phase.clearSince + by };
}
