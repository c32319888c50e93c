import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import type { LabelFilter, Labels } from '../shared/match/label-filter.ts';
import { toLabelFilter } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { checkLabelNames } from './route.ts';
import { routingLabels } from './routing-labels.ts';

/** While an alert that `source` takes fires, those that `target` takes are withheld, where these labels are equal. */
export interface Inhibition {
  source: LabelFilter;
  target: LabelFilter;
  equal: readonly string[];
}

export const inhibitionFields = ['source', 'target', 'equal'] as const;

/** Checks one rule of inhibition. Throws a FieldProblem. */
export function checkInhibition(where: string, value: unknown): Inhibition {
  const raw = check.object(where, value, inhibitionFields);
  const matchers = (name: 'source' | 'target') => {
    const field = check.join(where, name);
    const filter = toLabelFilter(field, raw[name]);
    // It would withhold everything, or everything would withhold.
    if (filter.isEmpty) throw new FieldProblem(field, 'labelFilter', raw[name]);
    return filter;
  };
  return {
    source: matchers('source'),
    target: matchers('target'),
    equal: checkLabelNames(check.join(where, 'equal'), raw.equal ?? ''),
  };
}

/** Which firing alerts inhibit others. */
export class Inhibitions {
  readonly #rules: readonly Inhibition[];
  /** of each rule, by the values of its equal labels: the alerts that are sources */
  readonly #sources: Map<string, Map<string, Alert>>[];

  constructor(rules: readonly Inhibition[]) {
    this.#rules = rules;
    this.#sources = rules.map(() => new Map<string, Map<string, Alert>>());
  }

  /** Takes note of an alert that fires. */
  add(alert: Alert): void {
    const labels = routingLabels(alert);
    this.#rules.forEach((rule, i) => {
      if (!rule.source.takes(labels)) return;
      const key = keyOf(rule, labels);
      const sources = this.#sources[i]!.get(key) ?? new Map<string, Alert>();
      this.#sources[i]!.set(key, sources.set(alert.fingerprint, alert));
    });
  }

  /** Takes note that it no longer fires; as it was added. */
  remove(alert: Alert): void {
    const labels = routingLabels(alert);
    this.#rules.forEach((rule, i) => {
      const key = keyOf(rule, labels);
      const sources = this.#sources[i]!.get(key);
      if (sources?.delete(alert.fingerprint) && sources.size === 0) this.#sources[i]!.delete(key);
    });
  }

  /**
   * The fingerprints of alerts that inhibit one, at most one for each rule. As in Alertmanager, what both sides
   * of a rule take is not inhibited by others that both take, nor by itself.
   */
  of(alert: Alert): string[] {
    const labels = routingLabels(alert);
    const found = new Set<string>();
    this.#rules.forEach((rule, i) => {
      // Mostly nothing inhibits, and to look that up costs less than matchers do.
      const all = this.#sources[i]!;
      const sources = all.size === 0 ? undefined : all.get(keyOf(rule, labels));
      if (!sources || !rule.target.takes(labels)) return;
      const isSource = rule.source.takes(labels);
      for (const [fingerprint, source] of sources) {
        if (fingerprint === alert.fingerprint) continue;
        if (isSource && rule.target.takes(routingLabels(source))) continue;
        found.add(fingerprint);
        return;
      }
    });
    return [...found];
  }
}

function keyOf({ equal }: Inhibition, labels: Labels): string {
  return JSON.stringify(equal.map((name) => labels[name] ?? ''));
}
