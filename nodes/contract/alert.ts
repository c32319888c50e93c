import * as check from '../shared/check.ts';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

const alertStates = ['pending', 'firing', 'resolved'] as const;
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

/**
 * Checks that a value is an alert.
 * @param where the field's name in error texts, such as `payload[2]`
 */
export function toAlert(where: string, value: unknown): Alert {
  const raw = check.object(where, value);
  const field = (name: string) => check.join(where, name);
  const orNull = (name: string) =>
    raw[name] === null || raw[name] === undefined ? null : check.number(field(name), raw[name]);
  const alert: Alert = {
    name: check.text(field('name'), raw.name),
    state: check.oneOf(field('state'), raw.state, alertStates),
    severity: check.oneOf(field('severity'), raw.severity, severities),
    metric: check.text(field('metric'), raw.metric),
    labels: raw.labels === undefined ? {} : check.labels(field('labels'), raw.labels),
    unit: typeof raw.unit === 'string' ? raw.unit : '1',
    value: orNull('value'),
    threshold: orNull('threshold'),
    summary: typeof raw.summary === 'string' ? raw.summary : '',
    startsAt: check.number(field('startsAt'), raw.startsAt, { min: 0 }),
    fingerprint: check.text(field('fingerprint'), raw.fingerprint),
  };
  if (raw.endsAt !== undefined && raw.endsAt !== null) {
    alert.endsAt = check.number(field('endsAt'), raw.endsAt, { min: 0 });
  }
  return alert;
}
