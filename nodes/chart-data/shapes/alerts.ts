import { type Alert, severities } from '../../contract/alert.ts';
import type { Words } from '../words.ts';

/** A row of the table of active alerts. Tables show its texts as text, not as HTML. */
export interface AlertRow {
  since: string;
  /** {@link since} to sort by, ms since the Unix epoch */
  since_value: number;
  severity: string;
  /** {@link severity} to sort by, 0 for info */
  severity_value: number;
  device: string;
  name: string;
  summary: string;
  /** info, warning or critical in any language, for colours */
  level: string;
}

/** Alerts as rows, the most severe first and of those the newest; what is resolved is left out. */
export function alertRows(alerts: readonly Alert[], words: Words): AlertRow[] {
  const weight = (alert: Alert) => severities.indexOf(alert.severity);
  return alerts
    .filter(({ state }) => state === 'firing')
    .toSorted((a, b) => weight(b) - weight(a) || b.startsAt - a.startsAt)
    .map((alert) => ({
      since: words.time(alert.startsAt),
      since_value: alert.startsAt,
      severity: words.severity(alert.severity),
      severity_value: weight(alert),
      device: alert.labels.device ?? '',
      name: alert.name,
      summary: alert.summary,
      level: alert.severity,
    }));
}
