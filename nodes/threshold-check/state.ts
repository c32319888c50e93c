import * as check from '../shared/check.ts';
import { toReading } from '../shared/messages/read-readings.ts';
import { FieldProblem } from '../shared/problem.ts';
import { interrupted, ok, type Phase } from './phase.ts';
import { checkRules, type Rule } from './rule.ts';
import type { ThresholdCheck } from './threshold-check.ts';
import type { KeptSeries, Watch } from './watch.ts';

const minute = 60_000;
/** After an outage of up to this long what had lasted before still counts, as in Prometheus. */
const outageTolerance = 30 * minute;
/** A shorter one, such as a deploy, goes by unnoticed. */
const noOutage = 5 * minute;
/** After an outage nothing fires before this, so that what is over already can show. */
const grace = 10 * minute;

/** A time in one run of the process. */
export interface Moment {
  /** ms on the monotonic clock of that run */
  now: number;
  /** ms since the Unix epoch */
  date: number;
  /** differs for each start of the process; a deploy is within one */
  run: string;
}

/**
 * What a restart must not lose, as it stands in the state file. Its times are on the monotonic clock of
 * the run that kept it, and mean something only beside `now`.
 */
export interface State {
  version: 2;
  /** when it was kept, on that clock and in ms since the Unix epoch */
  now: number;
  date: number;
  /** in which run of the process, see {@link Moment} */
  run: string;
  /** the rules of the dialog when this was kept */
  table: readonly Rule[];
  /** the rules in force: the table, or those of a message */
  rules: readonly Rule[];
  series: KeptWhole[];
}

type KeptWhole = KeptSeries & { watches: KeptWatch[] };

type KeptOfWatch = 'phase' | 'critical' | 'base' | 'told' | 'startsAt' | 'wasOk';

interface KeptWatch extends Pick<Watch, KeptOfWatch> {
  /** index in `rules` */
  rule: number;
}

/** What is to be kept of a check, as it is `at` now. */
export function encode(thresholds: ThresholdCheck, table: readonly Rule[], at: Moment): State {
  const index = new Map(thresholds.rules.map((rule, i) => [rule, i]));
  return {
    version: 2,
    ...at,
    table,
    rules: thresholds.rules,
    series: Array.from(thresholds.kept(), ({ watches, sibling, ...series }) => ({
      ...series,
      ...(sibling?.steady && { steady: true }),
      watches: watches.map(({ rule, phase, critical, base, told, startsAt, wasOk }) => ({
        ...{ rule: index.get(rule)!, phase, critical, base, told, startsAt, wasOk },
      })),
    })),
  };
}

/**
 * Takes a state file's content; what is damaged in a single series costs only that one. Throws a
 * FieldProblem where the rules cannot be read.
 * @param problems takes what was left out
 */
export function decode(value: unknown, problems: Error[] = []): State {
  const raw = check.object('state', value);
  // The first version had times of day: where one clock was set, they were wrong.
  if (raw.version !== 1 && raw.version !== 2) {
    throw new FieldProblem('version', 'oneOf', raw.version, { words: '1, 2' });
  }
  const rules = checkRules('rules', raw.rules);
  const series = check.array('series', raw.series);
  const latest = (items: unknown[]) =>
    Math.max(0, ...items.map((item) => Number((item as { time?: unknown } | null)?.time) || 0));
  const now = raw.version === 1 ? latest(series) : check.number('now', raw.now);
  return {
    version: 2,
    now,
    date: raw.version === 1 ? now : check.number('date', raw.date),
    run: typeof raw.run === 'string' ? raw.run : '',
    table: checkRules('table', raw.table),
    rules,
    series: series.flatMap((item, i) => {
      try {
        return [toSeries(`series[${i}]`, item, rules.length, raw.version === 1)];
      } catch (error) {
        problems.push(error as Error);
        return [];
      }
    }),
  };
}

/**
 * Puts a state's rules in force, with the series as they stood: no time passes for them while nobody
 * watched, which in another run is until the first reading: when the one before ended, nobody knows. After
 * an outage what is pending or clearing begins anew, or at least waits a while.
 */
export function restore(thresholds: ThresholdCheck, state: State, at: Moment): void {
  const { rules, series } = state;
  const { now } = at;
  const outage = at.date - state.date;
  const shift = now - state.now;
  thresholds.setRules(rules, now);
  for (const { watches, ...kept } of series) {
    thresholds.restore(
      { ...kept, time: kept.time + shift, resumed: kept.resumed || at.run !== state.run },
      watches.map(({ rule, phase, critical, ...watch }) => ({
        ...watch,
        rule: rules[rule]!,
        phase: afterOutage(rules[rule]!, shifted(phase, shift), outage, now),
        critical: critical && afterOutage(rules[rule]!, shifted(critical, shift), outage, now),
      })),
    );
  }
}

// Source: Prometheus' restoration of `for` state (rules/group.go), with its default grace period.
function afterOutage(rule: Rule, phase: Phase, outage: number, now: number): Phase {
  if (outage <= noOutage) return phase;
  if (phase.state !== 'pending' || outage > outageTolerance) return interrupted(phase);
  const hold = rule.for * 1000;
  const latest = now + Math.min(grace, hold) - hold;
  return { state: 'pending', since: Math.max(phase.since, latest) };
}

/** The phase on a clock that is `by` ms ahead. */
function shifted(phase: Phase, by: number): Phase {
  if (phase.state === 'ok') return phase;
  const since = phase.since + by;
  if (phase.state === 'pending' || phase.clearSince === undefined) return { ...phase, since };
  return { ...phase, since, clearSince: phase.clearSince + by };
}

function toSeries(where: string, item: unknown, rules: number, first: boolean): KeptWhole {
  const { watches, rhythm, gap, time, resumed, steady } = check.object(where, item);
  const { metric, labels, unit, info, value } = toReading(
    where,
    { ...(item as object), time: 0 },
    0,
  );
  const optional = (name: string, number: unknown) =>
    number === undefined ? {} : { [name]: check.number(`${where}.${name}`, number, { min: 0 }) };
  return {
    ...{ metric, labels, unit, info, value },
    time: check.number(`${where}.time`, time),
    ...optional('rhythm', rhythm),
    ...optional('gap', gap),
    ...(resumed === true && { resumed }),
    ...(steady === true && { steady }),
    watches: check
      .array(`${where}.watches`, watches)
      .map((watch, j) => toWatch(`${where}.watches[${j}]`, watch, rules, first)),
  };
}

function toWatch(where: string, value: unknown, rules: number, first: boolean): KeptWatch {
  const raw = check.object(where, value);
  const phase = toPhase(`${where}.phase`, raw.phase);
  const startsAt = first && phase.state !== 'ok' ? phase.since : raw.startsAt;
  return {
    rule: check.number(`${where}.rule`, raw.rule, { min: 0, max: rules - 1, integer: true }),
    phase,
    told: check.boolean(`${where}.told`, raw.told),
    ...(phase.state !== 'ok' && { startsAt: check.number(`${where}.startsAt`, startsAt) }),
    ...(raw.critical !== undefined && { critical: toPhase(`${where}.critical`, raw.critical) }),
    ...(raw.base !== undefined && { base: check.number(`${where}.base`, raw.base) }),
    ...(raw.wasOk === true && { wasOk: true }),
  };
}

function toPhase(where: string, value: unknown): Phase {
  const raw = check.object(where, value);
  const state = check.oneOf(`${where}.state`, raw.state, ['ok', 'pending', 'firing'] as const);
  if (state === 'ok') return ok;
  const since = check.number(`${where}.since`, raw.since);
  if (state === 'pending') return { state, since };
  return {
    state,
    since,
    ...(raw.missing === true && { missing: true }),
    ...(raw.clearSince !== undefined && {
      clearSince: check.number(`${where}.clearSince`, raw.clearSince),
    }),
  };
}
