// The filters as they were read before they had one language, to compare with: what flows hold must mean
// the same. Only what they take is told here, as a list of what fits, or undefined where they refuse it.

import { toMetricName, toMetricPart } from '../../../nodes/contract/metrics.ts';
import { hasControl } from '../../../nodes/shared/check.ts';
import {
  compilePattern,
  compileWildcard,
  type Matcher,
} from '../../../nodes/shared/match/pattern.ts';

type Labels = Readonly<Record<string, string>>;

/** `eth*, !eth9` */
export function earlierNames(value: string): Matcher | undefined {
  if (value.length > 5000 || hasControl(value)) return undefined;
  if (value.trim() === '') return () => true;
  const parts = value.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '' || part === '!')) return undefined;
  const excluded = parts.filter((p) => p.startsWith('!')).map((p) => p.slice(1));
  const included = parts.filter((p) => !p.startsWith('!'));
  const anyOf = (list: string[]): Matcher => {
    const fits = list.map((entry) =>
      entry.includes('*') ? compileWildcard(entry) : (name: string) => name === entry,
    );
    return (name) => fits.some((one) => one(name));
  };
  const [excludes, includes] = [anyOf(excluded), anyOf(included)];
  return (name) => !excludes(name) && (included.length === 0 || includes(name));
}

/** `in_rate, out_*`: the place of a metric among them, -1 where it is not */
export function earlierMetrics(value: string): ((metric: string) => number) | undefined {
  if (value.trim() === '' || hasControl(value) || value.length > 1000) return undefined;
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const filter = names.map((text) => {
    if (text.includes('*')) return compileWildcard(text.split('*').map(toMetricPart).join('*'));
    const name = toMetricName(text);
    return (metric: string) => metric === name;
  });
  return (metric) => filter.findIndex((fits) => fits(metric));
}

const operators = ['=~', '!~', '!=', '='] as const;

/** `device="core-1", interface=~"eth.*"` */
export function earlierLabels(text: string): ((labels: Labels) => boolean) | undefined {
  if (text.length > 1000) return undefined;
  const tests: { label: string; negated: boolean; fits: Matcher }[] = [];
  let rest = text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim();
  while (rest !== '') {
    const label = /^[a-zA-Z_]\w*/.exec(rest)?.[0];
    if (label === undefined || label === '__proto__') return undefined;
    const afterLabel = rest.slice(label.length).trimStart();
    const operator = operators.find((o) => afterLabel.startsWith(o));
    if (!operator) return undefined;
    const input = afterLabel.slice(operator.length).trimStart();
    const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^'\\]|\\.)*)'/s.exec(input);
    const bare = /^[^,"']+/.exec(input)?.[0].trimEnd();
    if (!quoted && !bare) return undefined;
    const value = quoted ? (quoted[1] ?? quoted[2]!).replace(/\\(["'\\])/g, '$1') : bare!;
    rest = input.slice(quoted ? quoted[0].length : bare!.length).trimStart();
    if (rest !== '' && !rest.startsWith(',')) return undefined;
    rest = rest.slice(1).trimStart();
    try {
      const fits = operator.endsWith('~')
        ? compilePattern(value)
        : quoted || !value.includes('*')
          ? (one: string) => one === value
          : compileWildcard(value);
      tests.push({ label, negated: operator.startsWith('!'), fits });
    } catch {
      return undefined;
    }
  }
  return (labels) =>
    tests.every(({ label, negated, fits }) => {
      const value = Object.hasOwn(labels, label) ? labels[label]! : '';
      return fits(value) !== negated;
    });
}

/** `node_disk_*{device=~"sd.*"}`, one a line */
export function earlierSelection(
  text: string,
): ((name: string, labels: Labels) => boolean) | undefined {
  if (text.length > 5000) return undefined;
  const selectors: { fits: Matcher; labels: (labels: Labels) => boolean }[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, name, braces = ''] = /^([a-zA-Z_:*][\w:./*-]*)\s*(\{.*\})?$/.exec(line) ?? [];
    const labels = earlierLabels(braces);
    if (name === undefined || !labels) return undefined;
    selectors.push({ fits: compileWildcard(name), labels });
  }
  return (name, labels) => selectors.some((one) => one.fits(name) && one.labels(labels));
}
