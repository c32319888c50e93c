import { isPlausible, metricBounds, metricUnit } from '../../contract/metrics.ts';
import type { Count, Sample } from '../../contract/snapshot.ts';
import * as check from '../../shared/check.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { ProblemList } from './problem-list.ts';
import { isUntold, type Raw, readField, toCount } from './read-field.ts';

/** of a series */
const maxLabels = 64;
/** characters of a label and its name */
const maxLength = 1000;

/**
 * Reads a reading of a document; undefined where it tells no value. Throws a FieldProblem where it
 * would be another series, or another value, without a field that is bad.
 */
export function toSample(
  problems: ProblemList,
  list: string,
  row: number,
  raw: Raw,
): Sample | undefined {
  const where = `${list}[${row}]`;
  if (raw.value !== undefined && isUntold(raw.value)) return undefined;
  const metric = check.text(`${where}.metric`, raw.metric, { max: 200 });
  const counter = !isUntold(raw.counter) && check.boolean(`${where}.counter`, raw.counter);
  const scale = readField(problems, raw, where, 'scale', (field, value) =>
    check.number(field, value),
  );
  const toValue = counter ? toSampleCount : scale === undefined ? toValueOf(metric) : check.number;
  const sample: Sample = {
    metric,
    value: toValue(`${where}.value`, raw.value),
    unit: isUntold(raw.unit) ? metricUnit(metric) : check.text(`${where}.unit`, raw.unit),
    counter,
  };
  if (scale !== undefined) sample.scale = scale;
  if (!isUntold(raw.labels)) sample.labels = toLabels(`${where}.labels`, raw.labels);
  const info = readField(problems, raw, where, 'info', toLabels);
  if (info !== undefined) sample.info = info;
  return sample;
}

function toLabels(field: string, value: unknown): Record<string, string> {
  const told = Object.entries(check.object(field, value)).filter(([, label]) => label !== null);
  if (told.length > maxLabels) {
    throw new FieldProblem(field, 'fewer', told.length, { max: maxLabels });
  }
  const labels = check.labels(field, Object.fromEntries(told));
  for (const [name, label] of Object.entries(labels)) {
    if (name.length + label.length > maxLength) {
      throw new FieldProblem(`${field}.${name.slice(0, 80)}`, 'shorter', label, { max: maxLength });
    }
  }
  return labels;
}

// A count of seconds, for one, may have a fraction.
function toSampleCount(field: string, value: unknown): Count {
  if (typeof value !== 'number' || Number.isInteger(value)) return toCount(field, value);
  return check.number(field, value, { min: 0 });
}

function toValueOf(metric: string): (field: string, value: unknown) => number {
  return (field, value) => {
    const number = check.number(field, value);
    return isPlausible(metric, number) ? number : check.number(field, value, metricBounds(metric));
  };
}
