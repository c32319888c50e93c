import { severities, type Severity } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { LabelFilter } from '../shared/match/label-filter.ts';
import { parseLabels } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { checkTemplate } from '../shared/template.ts';
import { isBlank } from '../shared/text.ts';
import { parseSeriesChoice, type SeriesChoice } from './series-choice.ts';

export const comparisons = ['>', '>=', '<', '<=', '==', '!='] as const;
export type Comparison = (typeof comparisons)[number];

/** What happens when readings of a series stop: the state stays, an alert fires, or it resolves. */
export const noDataActions = ['keep', 'fire', 'resolve'] as const;
export type NoDataAction = (typeof noDataActions)[number];

/** When readings raise an alert. */
export interface Rule {
  /** unique among the rules of a node */
  name: string;
  metric: string;
  filter: LabelFilter;
  comparison: Comparison;
  threshold: number;
  /** a firing alert ends on the other side of this one; the threshold itself where left out */
  clearThreshold?: number;
  /** beyond this one the alert is critical */
  criticalThreshold?: number;
  /** another series; the thresholds are multiples of its value */
  relativeTo?: SeriesChoice;
  /** s that the comparison must hold before the rule fires */
  for: number;
  /** s that it must no longer hold before the alert is resolved */
  clearAfter: number;
  severity: Severity;
  /** fires only on a series that had a good value before: not for a port that never had a link */
  onlyAfterOk: boolean;
  noData: NoDataAction;
  /** s without a reading until `noData` applies */
  noDataAfter: number;
  /** template of the alert's sentence; the usual one where empty */
  summary: string;
}

/** A rule as typed or sent: what is left out has its default. */
export type RuleInput = Partial<Omit<Rule, 'filter' | 'relativeTo'>> &
  Pick<Rule, 'metric' | 'comparison' | 'threshold'> & {
    /** label matchers, see {@link parseLabels} */
    filter?: string;
    /** see {@link parseSeriesChoice} */
    relativeTo?: string;
  };

export const ruleDefaults = {
  filter: '',
  for: 0,
  clearAfter: 0,
  severity: 'warning',
  onlyAfterOk: false,
  noData: 'keep',
  noDataAfter: 300,
  summary: '',
} as const satisfies Partial<RuleInput>;

export const ruleFields = [
  'name',
  'metric',
  'filter',
  'comparison',
  'threshold',
  'clearThreshold',
  'criticalThreshold',
  'relativeTo',
  'for',
  'clearAfter',
  'severity',
  'onlyAfterOk',
  'noData',
  'noDataAfter',
  'summary',
] as const satisfies (keyof Rule)[];

const week = 7 * 86400;
const day = 86400;

/**
 * Checks one rule and fills in its defaults. Throws a FieldProblem.
 * @param where the rule's name in error texts, such as `rules[2]`
 */
export function checkRule(where: string, value: unknown): Rule {
  const input = { ...ruleDefaults, ...check.object(where, value, ruleFields) } as Record<
    keyof Rule,
    unknown
  >;
  const at = (name: keyof Rule) => check.join(where, name);
  const metric = check.metricName(at('metric'), input.metric);
  const filter =
    input.filter instanceof LabelFilter
      ? input.filter
      : parseLabels(at('filter'), String(input.filter));
  const comparison = check.oneOf(at('comparison'), input.comparison, comparisons);
  const threshold = check.number(at('threshold'), input.threshold);
  const relativeTo = isBlank(input.relativeTo)
    ? undefined
    : parseSeriesChoice(at('relativeTo'), input.relativeTo);
  const selector = filter.text === '' ? metric : `${metric}{${filter.text}}`;
  const limit = relativeTo ? `${threshold} * ${relativeTo.text}` : threshold;
  const rule: Rule = {
    name: isBlank(input.name)
      ? `${selector} ${comparison} ${limit}`
      : check.text(at('name'), input.name, { max: 200 }).trim(),
    metric,
    filter,
    comparison,
    threshold,
    for: check.number(at('for'), input.for, { min: 0, max: week }),
    clearAfter: check.number(at('clearAfter'), input.clearAfter, { min: 0, max: week }),
    severity: check.oneOf(at('severity'), input.severity, severities),
    onlyAfterOk: check.boolean(at('onlyAfterOk'), input.onlyAfterOk),
    noData: check.oneOf(at('noData'), input.noData, noDataActions),
    noDataAfter: check.number(at('noDataAfter'), input.noDataAfter, { min: 1, max: day }),
    summary: checkTemplate(at('summary'), input.summary).trim(),
    ...(relativeTo && { relativeTo }),
  };
  if (!isBlank(input.clearThreshold)) {
    rule.clearThreshold = checkClear(at('clearThreshold'), input.clearThreshold, rule);
  }
  if (!isBlank(input.criticalThreshold)) {
    rule.criticalThreshold = checkCritical(at('criticalThreshold'), input.criticalThreshold, rule);
  }
  return rule;
}

/** Checks a list of rules whose names differ. Throws the FieldProblem of the first bad one. */
export function checkRules(where: string, value: unknown): Rule[] {
  const list = check.array(where, value);
  if (list.length > 1000) throw new FieldProblem(where, 'fewer', list.length, { max: 1000 });
  const names = new Set<string>();
  return list.map((item, i) => checkUnique(check.join(where, i), item, names));
}

/** Checks one rule of a list, and that none of `names` is its own; then adds it to them. */
export function checkUnique(where: string, value: unknown, names: Set<string>): Rule {
  const rule = checkRule(where, value);
  if (names.has(rule.name)) {
    throw new FieldProblem(check.join(where, 'name'), 'unique', rule.name);
  }
  names.add(rule.name);
  return rule;
}

/** Whether a value is on the alarming side of a limit. */
export function compare(comparison: Comparison, value: number, limit: number): boolean {
  switch (comparison) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** What a rule decides by. Where it changes, the rule is another one and starts anew. */
export function ruleIdentity(rule: Rule): string {
  const { name, metric, filter, comparison, threshold, clearThreshold, criticalThreshold } = rule;
  const { relativeTo, severity, onlyAfterOk } = rule;
  return JSON.stringify([
    ...[name, metric, filter, comparison, threshold, clearThreshold, severity, onlyAfterOk],
    ...[criticalThreshold, relativeTo?.text],
  ]);
}

function checkClear(field: string, value: unknown, { comparison, threshold }: Rule): number {
  checkOrdered(field, value, comparison);
  const clear = check.number(field, value);
  const above = comparison.startsWith('>');
  if (above ? clear > threshold : clear < threshold) {
    throw new FieldProblem(field, above ? 'atMostThreshold' : 'atLeastThreshold', value, {
      threshold,
    });
  }
  return clear;
}

function checkCritical(field: string, value: unknown, rule: Rule): number {
  const { comparison, threshold, severity } = rule;
  checkOrdered(field, value, comparison);
  if (severity === 'critical') throw new FieldProblem(field, 'notCriticalAlready', value);
  const critical = check.number(field, value);
  const above = comparison.startsWith('>');
  if (above ? critical < threshold : critical > threshold) {
    throw new FieldProblem(field, above ? 'atLeastThreshold' : 'atMostThreshold', value, {
      threshold,
    });
  }
  return critical;
}

// A second limit means something only where values are more or less bad.
function checkOrdered(field: string, value: unknown, comparison: Comparison) {
  if (comparison === '==' || comparison === '!=') {
    throw new FieldProblem(field, 'noSecondThreshold', value, { comparison });
  }
}
