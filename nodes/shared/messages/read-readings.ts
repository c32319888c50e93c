import { isMetricName, metricUnit, toMetricName } from '../../contract/metrics.ts';
import type { Reading } from '../../contract/reading.ts';
import * as check from '../check.ts';
import { FieldProblem } from '../problem.ts';

/** What a message held: its good readings, and a problem for each bad one. */
export interface ReadReadings {
  readings: Reading[];
  problems: Error[];
}

/**
 * Takes a message's payload as readings: an array of readings, one reading, or a bare number (or
 * numeric text) with `topic` as its metric, in which what belongs in no name becomes `_`. A bad reading becomes a problem that names its field; the
 * others are kept.
 * @param now ms since the Unix epoch: the time of readings that carry none
 */
export function readReadings(payload: unknown, topic: unknown, now: number): ReadReadings {
  // What Netmon's own nodes send needs no copy: this runs for every reading.
  if (Array.isArray(payload) && payload.every(isReading)) {
    return { readings: payload, problems: [] };
  }
  const result: ReadReadings = { readings: [], problems: [] };
  const add = (where: string, value: unknown) => {
    try {
      result.readings.push(toReading(where, value, now));
    } catch (error) {
      result.problems.push(error as Error);
    }
  };
  if (Array.isArray(payload)) {
    payload.forEach((value, i) => {
      add(`payload[${i}]`, value);
    });
  } else if (isNumeric(payload)) {
    const metric = typeof topic === 'string' && topic.trim() !== '' ? topic : 'value';
    add('payload', { metric: toMetricName(metric), value: Number(payload), time: now });
  } else {
    add('payload', payload);
  }
  return result;
}

/** Checks one reading; unit, time and labels may be missing. */
export function toReading(where: string, value: unknown, now: number): Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldProblem(where, 'reading', value);
  }
  if (isReading(value)) return value;
  const raw = check.object(where, value);
  const metric = toMetricName(check.text(`${where}.metric`, raw.metric));
  const reading: Reading = {
    metric,
    value: check.number(`${where}.value`, raw.value),
    unit: raw.unit === undefined ? metricUnit(metric) : check.text(`${where}.unit`, raw.unit),
    time: raw.time === undefined ? now : check.number(`${where}.time`, raw.time, { min: 0 }),
    labels: raw.labels === undefined ? {} : check.labels(`${where}.labels`, raw.labels),
  };
  if (raw.info !== undefined) reading.info = check.labels(`${where}.info`, raw.info);
  return reading;
}

// Whether a value is a complete reading as it is.
function isReading(value: unknown): value is Reading {
  if (typeof value !== 'object' || value === null) return false;
  const { metric, value: number, unit, time, labels, info } = value as Partial<Reading>;
  return (
    typeof metric === 'string' &&
    (goodMetrics.has(metric) || isMetric(metric)) &&
    Number.isFinite(number) &&
    typeof unit === 'string' &&
    unit !== '' &&
    Number.isFinite(time) &&
    time! >= 0 &&
    areTexts(labels) &&
    (info === undefined || areTexts(info))
  );
}

// The names seen to be good: a look-up costs less than a regular expression.
const goodMetrics = new Set<string>();
const goodLabels = new Set<string>();
const maxNames = 1000;

function isMetric(text: string): boolean {
  if (!isMetricName(text)) return false;
  if (goodMetrics.size < maxNames) goodMetrics.add(text);
  return true;
}

function areTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const name in value) {
    if (typeof (value as Record<string, unknown>)[name] !== 'string') return false;
    if (!goodLabels.has(name) && !isLabel(name)) return false;
  }
  return true;
}

function isLabel(name: string): boolean {
  if (!/^[a-zA-Z_]\w*$/.test(name) || name === '__proto__') return false;
  if (goodLabels.size < maxNames) goodLabels.add(name);
  return true;
}

function isNumeric(value: unknown): value is number | string {
  return (
    typeof value === 'number' ||
    (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
  );
}
