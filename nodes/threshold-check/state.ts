import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import { toReading } from '../shared/reading.ts';
import { ok, type Phase } from './phase.ts';
import { checkRules, type Rule } from './rule.ts';
import type { ThresholdCheck } from './threshold-check.ts';
import type { Series, Watch } from './watch.ts';

/** What a restart must not lose, as it stands in the state file. */
export interface State {
  version: 1;
  /** the rules of the dialog when this was kept */
  table: readonly Rule[];
  /** the rules in force: the table, or those of a message */
  rules: readonly Rule[];
  series: (Omit<Series, 'watches'> & { watches: KeptWatch[] })[];
}

interface KeptWatch extends Pick<Watch, 'phase' | 'told'> {
  /** index in `rules` */
  rule: number;
}

export function encode(thresholds: ThresholdCheck, table: readonly Rule[]): State {
  const index = new Map(thresholds.rules.map((rule, i) => [rule, i]));
  return {
    version: 1,
    table,
    rules: thresholds.rules,
    series: Array.from(thresholds.kept(), ({ watches, ...series }) => ({
      ...series,
      watches: watches.map(({ rule, phase, told }) => ({ rule: index.get(rule)!, phase, told })),
    })),
  };
}

/** Takes a state file's content. Throws a FieldProblem where it is damaged. */
export function decode(value: unknown): State {
  const raw = check.object('state', value);
  if (raw.version !== 1) throw new FieldProblem('version', 'oneOf', raw.version, { words: '1' });
  const rules = checkRules('rules', raw.rules);
  return {
    version: 1,
    table: checkRules('table', raw.table),
    rules,
    series: check.array('series', raw.series).map((item, i) => {
      const where = `series[${i}]`;
      const { watches } = check.object(where, item);
      return {
        ...toReading(where, item, 0),
        watches: check
          .array(`${where}.watches`, watches)
          .map((watch, j) => toWatch(`${where}.watches[${j}]`, watch, rules.length)),
      };
    }),
  };
}

/** Puts a state's rules in force, with the series as they stood. */
export function restore(thresholds: ThresholdCheck, { rules, series }: State, now: number): void {
  thresholds.setRules(rules, now);
  for (const { watches, ...kept } of series) {
    thresholds.restore(
      kept,
      watches.map(({ rule, phase, told }) => ({ rule: rules[rule]!, phase, told })),
    );
  }
}

function toWatch(where: string, value: unknown, rules: number): KeptWatch {
  const raw = check.object(where, value);
  return {
    rule: check.number(`${where}.rule`, raw.rule, { min: 0, max: rules - 1, integer: true }),
    phase: toPhase(`${where}.phase`, raw.phase),
    told: check.boolean(`${where}.told`, raw.told),
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
