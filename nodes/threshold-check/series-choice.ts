import * as check from '../shared/check.ts';
import type { Labels } from '../shared/match/label-filter.ts';
import { parseLabels } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';

/** Another series of the same thing: that of a metric with the same labels but for those that it names. */
export class SeriesChoice {
  readonly metric: string;
  readonly #labels: Labels;
  /** as it was written, without blanks around it */
  readonly text: string;

  constructor(metric: string, labels: Labels, text: string) {
    this.metric = metric;
    this.#labels = labels;
    this.text = text;
  }

  /** The labels of the series that is meant beside one with these, the likeliest first. */
  beside(labels: Labels): Labels[] {
    const same = { ...labels, ...this.#labels };
    // What a device has once, such as its memory, has none of the labels of its parts.
    const { device } = labels;
    return device === undefined ? [same] : [same, { device, ...this.#labels }];
  }

  /** In JSON it is its text. */
  toJSON(): string {
    return this.text;
  }
}

/**
 * Parses a metric's name, perhaps with labels: `interface_speed`, `temperature{sensor="outside"}`. Throws a
 * FieldProblem.
 */
export function parseSeriesChoice(field: string, value: unknown): SeriesChoice {
  if (value instanceof SeriesChoice) return value;
  const text = check.text(field, value).trim();
  const [, name, labels = ''] = /^([^{]+)(\{.*\})?$/.exec(text) ?? [];
  const { exact } = parseLabels(field, labels);
  if (!exact) throw new FieldProblem(field, 'exactLabels', labels);
  return new SeriesChoice(check.metricName(field, name), exact, text);
}
