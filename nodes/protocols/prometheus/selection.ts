import { each } from '../../shared/steps.ts';
import { type LabelFilter, matches, parseLabelFilter } from '../../shared/match/label-filter.ts';
import { compileWildcard, type Matcher } from '../../shared/match/pattern.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { Sample } from '../../contract/snapshot.ts';
import type { ExpositionSample } from './exposition.ts';
import { unitOf } from './units.ts';

interface Selector {
  fits: Matcher;
  labels: LabelFilter;
}

/** Which series a user wants as they are. Made by {@link parseSelection}. */
export type Selection = readonly Selector[];

/**
 * Reads a list of selectors, one a line: a metric name, in which `*` stands for any characters, and
 * perhaps label matchers: `node_disk_*{device=~"sd.*"}`. Throws a FieldProblem.
 */
export function parseSelection(field: string, text: unknown): Selection {
  if (typeof text !== 'string') throw new FieldProblem(field, 'selector', text);
  if (text.length > 5000) throw new FieldProblem(field, 'shorter', text, { max: 5000 });
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line) => {
    if (line === '') return [];
    const [, name, labels = ''] = /^([a-zA-Z_:*][\w:./*-]*)\s*(\{.*\})?$/.exec(line) ?? [];
    if (name === undefined) throw new FieldProblem(field, 'selector', line);
    return [{ fits: compileWildcard(name), labels: parseLabelFilter(field, labels) }];
  });
}

/** Which series of a name are selected, by their labels; undefined where none can be. */
export function selectedOf(
  selection: Selection,
  name: string,
): ((labels: Readonly<Record<string, string>>) => boolean) | undefined {
  const selectors = selection.filter(({ fits }) => fits(name));
  if (selectors.length === 0) return undefined;
  return (labels) => selectors.some((selector) => matches(selector.labels, labels));
}

/**
 * The selected series under their own names; counters as rates. A label `device` becomes
 * `exported_device`, as Prometheus does with labels that it sets itself. Yields every few series.
 */
export function* selected(
  selection: Selection,
  samples: readonly ExpositionSample[],
): Generator<void, Sample[]> {
  const chosen: Sample[] = [];
  // Many series share a name.
  const byName = new Map<string, ReturnType<typeof selectedOf>>();
  yield* each(samples, ({ name, labels, value, counter }) => {
    if (!byName.has(name)) byName.set(name, selectedOf(selection, name));
    if (byName.get(name)?.(labels) !== true) return;
    const unit = unitOf(name, counter);
    chosen.push({ metric: name, value, unit, counter, labels: exported(labels) });
  });
  return chosen;
}

function exported(labels: Record<string, string>): Record<string, string> {
  if (labels.device === undefined) return labels;
  const { device, ...others } = labels;
  let name = 'exported_device';
  while (Object.hasOwn(others, name)) name = `exported_${name}`;
  return { ...others, [name]: device };
}
