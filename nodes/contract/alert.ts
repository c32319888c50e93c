export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const alertStates = ['pending', 'firing', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

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
}
