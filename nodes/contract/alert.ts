import type { Suspect } from './changes.ts';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const alertStates = ['pending', 'firing', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** Metrics of alerts that are about no series of readings: their number alone tells people nothing. */
export const eventMetrics = [
  ...(['configuration_changed', 'configuration_not_saved', 'configuration_not_fetched'] as const),
  ...(['host_key_changed', 'configuration_rule'] as const),
] as const;
export type EventMetric = (typeof eventMetrics)[number];

/** One change of state of one rule on one series. The field names follow Alertmanager's API. */
export interface Alert {
  /** the rule */
  name: string;
  state: AlertState;
  severity: Severity;
  metric: string;
  labels: Record<string, string>;
  unit: string;
  /** null where the rule is about missing data */
  value: number | null;
  threshold: number | null;
  /** one readable sentence with value and unit */
  summary: string;
  /** ms since the Unix epoch */
  startsAt: number;
  endsAt?: number;
  /** the same for the same rule and series, across restarts */
  fingerprint: string;
  /** of what happened, and does not last: it is told once, and its end is nobody's concern */
  event?: true;
  /** what changed, as `diff -u` writes it */
  diff?: string;
  /** what may have to do with it, the likeliest first: at most three, which a node "correlate" adds */
  suspects?: Suspect[];
}

/** A change of an alert in the past, and when it was, ms since the Unix epoch. */
export type PastAlert = Alert & { at: number };
