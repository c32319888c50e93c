import type { Suspect } from '../../contract/changes.ts';
import { isMetricName } from '../../contract/metrics.ts';

/** suspects of one alert: what is more nobody reads in a mail */
const mostSuspects = 3;
/** characters of a text, and labels of one */
const longest = 1000;
const mostLabels = 50;

/**
 * The suspects of an alert, of those that are good the first three. A bad one is left out: an alert is told of whatever
 * stands beside it.
 */
export function toSuspects(value: unknown): Suspect[] {
  if (!Array.isArray(value)) return [];
  const found: Suspect[] = [];
  for (const one of value.slice(0, 10 * mostSuspects)) {
    const suspect = toSuspect(one);
    if (suspect && found.length < mostSuspects) found.push(suspect);
  }
  return found;
}

function toSuspect(value: unknown): Suspect | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const raw = value as Record<string, unknown>;
  const { kind, metric, unit, sentence } = raw;
  const labels = toLabels(raw.labels);
  if (kind !== 'moved' && kind !== 'began' && kind !== 'ended') return undefined;
  if (!isMetricName(metric) || !labels) return undefined;
  const numbers = ['before', 'after', 'factor', 'lag', 'correlation', 'count'] as const;
  return {
    ...{ kind, metric, labels },
    unit: typeof unit === 'string' ? unit.slice(0, longest) : '1',
    sentence: typeof sentence === 'string' ? sentence.slice(0, longest) : '',
    ...Object.fromEntries(
      numbers.flatMap((name) => (Number.isFinite(raw[name]) ? [[name, raw[name]]] : [])),
    ),
  };
}

function toLabels(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).slice(0, mostLabels);
  const isGood = ([name, text]: [string, unknown]) =>
    typeof text === 'string' && text.length <= longest && name !== '__proto__';
  return Object.fromEntries(entries.filter(isGood));
}
