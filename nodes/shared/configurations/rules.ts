import { severities, type Severity } from '../../contract/alert.ts';
import * as check from '../check.ts';
import type { LabelFilter, Labels } from '../match/label-filter.ts';
import { compileLinePattern } from '../match/line-pattern.ts';
import { toLabelFilter } from '../match/parse-filter.ts';
import type { Matcher } from '../match/pattern.ts';
import { FieldProblem } from '../problem.ts';

const kinds = ['mustHave', 'mustNotHave'] as const;
/** lines of a finding that are told, and characters of one */
const told = 5;
const longestLine = 500;

/** What configurations must have, or must not, as typed or sent. */
export interface RuleInput {
  name: string;
  kind: (typeof kinds)[number];
  /** a regular expression that fits anywhere in a line */
  pattern: string;
  /** label matchers of the devices that it is for, `device` among their labels; empty for all */
  devices?: string;
  /** warning unless told */
  severity?: Severity;
}

/** A rule that was checked. */
export interface ConfigurationRule {
  name: string;
  kind: RuleInput['kind'];
  pattern: string;
  devices: LabelFilter;
  severity: Severity;
  fits: Matcher;
}

/** A rule that a configuration breaks. */
export interface Finding {
  rule: string;
  kind: RuleInput['kind'];
  pattern: string;
  severity: Severity;
  /** of lines that must not be: the first few, and of all how many; none where one is missing */
  lines: { number: number; text: string }[];
  count: number;
}

const ruleFields = [
  ...(['name', 'kind', 'pattern', 'devices', 'severity'] as const),
] satisfies (keyof RuleInput)[];

/** Checks one rule, and that none of `names` is its own; then adds it to them. Throws a FieldProblem. */
export function checkUniqueRule(
  where: string,
  value: unknown,
  names: Set<string>,
): ConfigurationRule {
  const raw = check.object(where, value, ruleFields);
  const at = (name: keyof RuleInput) => check.join(where, name);
  const pattern = check.text(at('pattern'), raw.pattern);
  const rule: ConfigurationRule = {
    name: check.text(at('name'), raw.name, { max: 200 }).trim(),
    kind: check.oneOf(at('kind'), raw.kind, kinds),
    pattern,
    devices: toLabelFilter(at('devices'), raw.devices),
    severity: check.oneOf(at('severity'), raw.severity ?? 'warning', severities),
    fits: fitting(at('pattern'), pattern),
  };
  if (names.has(rule.name)) throw new FieldProblem(at('name'), 'unique', rule.name);
  names.add(rule.name);
  return rule;
}

/**
 * The rules that a configuration breaks.
 * @param labels of its device, with its name as `device`
 */
export function findingsOf(
  rules: readonly ConfigurationRule[],
  labels: Labels,
  lines: readonly string[],
): Finding[] {
  return rules.flatMap(({ name, kind, pattern, devices, severity, fits }) => {
    if (!devices.takes(labels)) return [];
    const finding = { ...{ rule: name, kind, pattern, severity } };
    if (kind === 'mustHave') {
      return lines.some(fits) ? [] : [{ ...finding, lines: [], count: 0 }];
    }
    const found: Finding['lines'] = [];
    let count = 0;
    for (const [i, text] of lines.entries()) {
      if (fits(text) && ++count <= told) {
        found.push({ number: i + 1, text: text.slice(0, longestLine) });
      }
    }
    return count === 0 ? [] : [{ ...finding, lines: found, count }];
  });
}

function fitting(field: string, pattern: string): Matcher {
  try {
    return compileLinePattern(pattern);
  } catch {
    throw new FieldProblem(field, 'pattern', pattern);
  }
}
