import type { Alert } from '../contract/alert.ts';
import type { Translate } from '../shared/problem.ts';
import { duration, format } from '../contract/units.ts';
import { count, type Omitted } from './mailer-state.ts';
import { oneLine } from '../shared/text.ts';

// White text on each of them has a contrast of at least 4.5 to 1 (WCAG 2.2).
const colors = { info: '#1d4ed8', warning: '#b45309', critical: '#b91c1c' };
const resolvedColor = '#15803d';

/**
 * What templates can show: the alerts' own properties as people read them, those of the first alert
 * at the top too. Every text is one line, whatever a device is called.
 * @param t the catalogue of the mail's language
 * @param omitted how many alerts there are besides these
 */
export function view(alerts: readonly Alert[], t: Translate, omitted: readonly Omitted[] = []) {
  const total = alerts.length + count(omitted);
  const views = alerts.map((alert) => alertView(alert, t));
  return {
    ...views[0],
    alerts: views,
    count: total,
    /** how many alerts there are besides the first */
    more: total - 1,
    /** one sentence about the alerts that are not listed; empty where all are */
    omitted: omittedText(omitted, t),
    language: t('email-alert.mail.language'),
    footer: t('email-alert.mail.footer', {
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  };
}

function omittedText(omitted: readonly Omitted[], t: Translate): string {
  if (omitted.length === 0) return '';
  const rules = omitted.map(({ name, firing, resolved }) =>
    t('email-alert.mail.omittedRule', {
      name: oneLine(name),
      firing: String(firing),
      resolved: String(resolved),
    }),
  );
  const params = { count: String(count(omitted)), rules: rules.join('; ') };
  return t('email-alert.mail.omitted', params);
}

function alertView(alert: Alert, t: Translate) {
  const language = t('email-alert.mail.language');
  const word = (key: string) => t(`email-alert.mail.${key}`);
  const number = (value: number | null) =>
    value === null ? '' : format(value, oneLine(alert.unit), language);
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' });
  const resolved = alert.state === 'resolved';
  const severity = word(alert.severity);
  const texts = {
    name: oneLine(alert.name),
    severity,
    device: oneLine(alert.labels.device ?? ''),
    metric: oneLine(alert.metric),
    value: number(alert.value),
    threshold: number(alert.threshold),
    startsAt: time(times, alert.startsAt),
    endsAt: time(times, alert.endsAt),
    duration: alert.endsAt === undefined ? '' : duration((alert.endsAt - alert.startsAt) / 1000),
  };
  const labels = Object.entries(alert.labels).map(([label, value]) => [label, oneLine(value)]);
  const rows = [
    ...(['device', 'name', 'metric', 'value', 'threshold', 'severity'] as const).map((key) => ({
      label: word(`row.${key}`),
      value: texts[key],
    })),
    ...labels.filter(([label]) => label !== 'device').map(([label, value]) => ({ label, value })),
    ...(['startsAt', 'endsAt', 'duration'] as const).map((key) => ({
      label: word(`row.${key}`),
      value: texts[key],
    })),
  ];
  return {
    ...texts,
    /** "Resolved", else the severity */
    status: resolved ? word('resolved') : severity,
    firing: !resolved,
    resolved,
    summary: oneLine(alert.summary) || `${texts.metric} ${texts.value}`,
    labels: Object.fromEntries(labels) as Record<string, string>,
    fingerprint: oneLine(alert.fingerprint),
    color: resolved ? resolvedColor : colors[alert.severity],
    /** what is known of the alert, labelled: the default templates' table */
    rows: rows.filter((row) => row.value !== ''),
  };
}

// A time that no calendar has, out of a message, is left out.
function time(times: Intl.DateTimeFormat, at: number | undefined): string {
  return at === undefined || Math.abs(at) > 8.64e15 ? '' : times.format(at);
}
