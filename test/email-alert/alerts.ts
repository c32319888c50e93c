import { readFileSync } from 'node:fs';
import type { Alert } from '../../nodes/contract/alert.ts';
import { fill, type Translate } from '../../nodes/shared/problem.ts';

/** 14 November 2026, 13:02:11 UTC */
export const start = Date.UTC(2026, 10, 14, 13, 2, 11);

/** A firing alert, as threshold-check sends it. */
export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    name: 'CPU usage',
    state: 'firing',
    severity: 'critical',
    metric: 'cpu_usage',
    labels: { device: 'core-1' },
    unit: '%',
    value: 93,
    threshold: 80,
    summary: 'cpu_usage of core-1 is 93 %, above 80 %',
    startsAt: start,
    fingerprint: 'f1',
    ...changes,
  };
}

/** The end of {@link alert}, 90 seconds later. */
export function recovery(changes: Partial<Alert> = {}): Alert {
  return alert({ state: 'resolved', value: 41, endsAt: start + 90_000, ...changes });
}

/** The node's real catalogue, as Node-RED would translate with it. */
export function catalogue(language: 'en-US' | 'de'): Translate {
  const read = (name: string) =>
    JSON.parse(
      readFileSync(new URL(`../../locales/${language}/${name}.json`, import.meta.url), 'utf8'),
    ) as object;
  const texts: unknown = { ...read('email-alert'), shared: read('shared') };
  return (key, params = {}) => {
    let found = texts;
    for (const part of key.split('.')) found = (found as Record<string, unknown>)[part];
    if (typeof found !== 'string') throw new Error(`no text for ${key}`);
    return fill(found, params);
  };
}
