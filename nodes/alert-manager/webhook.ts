import { createHash } from 'node:crypto';
import { type Alert, severities, type Severity } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import { oneLine } from '../shared/text.ts';

/** Whether a payload is what Alertmanager posts to a webhook, and Grafana likewise. */
export function isWebhook(payload: unknown): payload is { alerts: unknown[] } {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'alerts' in payload &&
    Array.isArray(payload.alerts)
  );
}

/**
 * The alerts in what Alertmanager posts to a webhook. Source: Prometheus' documentation, `webhook_config`. Throws a
 * FieldProblem.
 */
export function webhookAlerts({ alerts }: { alerts: unknown[] }): Alert[] {
  return alerts.map((value, i) => toAlert(`payload.alerts[${i}]`, value));
}

function toAlert(where: string, value: unknown): Alert {
  const raw = check.object(where, value);
  const at = (name: string) => check.join(where, name);
  const all = check.labels(at('labels'), raw.labels);
  const { alertname = 'alert', severity, metric = 'alert', ...labels } = all;
  const annotations =
    raw.annotations === undefined ? {} : check.labels(at('annotations'), raw.annotations);
  const state = check.oneOf(at('status'), raw.status, ['firing', 'resolved'] as const);
  const name = oneLine(alertname, 200) || 'alert';
  const alert: Alert = {
    ...{ name, state, severity: severityOf(severity), metric, labels },
    ...{ unit: '1', value: null, threshold: null },
    summary: oneLine(annotations.summary ?? annotations.description ?? name, 500),
    startsAt: time(at('startsAt'), raw.startsAt),
    fingerprint:
      typeof raw.fingerprint === 'string' && raw.fingerprint !== ''
        ? check.text(at('fingerprint'), raw.fingerprint)
        : hash(all),
  };
  if (state === 'resolved') alert.endsAt = time(at('endsAt'), raw.endsAt);
  return alert;
}

// Severity is but a label there, of any words.
function severityOf(text = ''): Severity {
  const word = text.toLowerCase();
  if (severities.includes(word as Severity)) return word as Severity;
  if (['page', 'error', 'emergency', 'fatal', 'high'].includes(word)) return 'critical';
  return ['none', 'low', 'notice'].includes(word) ? 'info' : 'warning';
}

function time(field: string, value: unknown): number {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(parsed)) throw new FieldProblem(field, 'dateTime', value);
  return Math.max(0, parsed);
}

function hash(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
