import { duration, format } from '../contract/units.ts';
import type { Mail } from '../shared/mail/send-mail.ts';
import { metricName } from '../shared/metric-name.ts';
import type { Translate } from '../shared/problem.ts';
import { render } from '../shared/template.ts';
import { oneLine } from '../shared/text.ts';
import type { CheckedSettings } from './config.ts';
import type { DeviceSummary, Summary } from './summary.ts';
import * as templates from './summary-templates.ts';

/** devices that a mail lists */
const listed = 100;

/** What a summary tells, or why it cannot. */
export type Told = { summary: Summary } | { problem: string };

/**
 * The mail of a summary.
 * @param t the catalogue of the mail's language
 * @param zone IANA name of the time zone of its times; empty for this machine's
 */
export function composeSummary(
  settings: CheckedSettings,
  { messageId, only }: Pick<Mail, 'messageId' | 'only'>,
  period: Summary['period'],
  told: Told,
  t: Translate,
): Mail {
  const { from, to, cc, bcc } = settings;
  const view = summaryView(period, told, settings.summaryZone, t);
  return {
    ...{ from, to, cc, bcc, messageId, only },
    subject: view.subject,
    text: render(templates.text, view, { escapeHtml: false }),
    html: render(templates.html, view, { escapeHtml: true }),
    references: [],
    urgent: false,
  };
}

function summaryView({ from, to }: Summary['period'], told: Told, zone: string, t: Translate) {
  const language = t('email-alert.mail.language');
  const word = (key: string, params?: Record<string, string>) =>
    t(`email-alert.mail.summary.${key}`, params);
  const times = new Intl.DateTimeFormat(language, {
    ...(zone !== '' && { timeZone: zone }),
    ...{ dateStyle: 'medium', timeStyle: 'short' },
  });
  const all = 'summary' in told ? told.summary.devices : [];
  const omitted = 'summary' in told ? told.summary.omitted : 0;
  const always = all.filter(({ availability }) => availability === 100).length;
  const counts = { count: String(all.length), always: String(always) };
  const headline =
    'problem' in told ? told.problem : word(all.length > 0 ? 'headline' : 'nothing', counts);
  const devices = all.slice(0, listed).map((one) => deviceView(one, t));
  const busiest = 'summary' in told ? told.summary.busiest : [];
  return {
    subject: `${word('subject')}: ${oneLine(headline)}`.slice(0, 150),
    language,
    title: word('subject'),
    period: times.formatRange(from, to),
    headline,
    devices,
    more:
      all.length + omitted > devices.length
        ? word('more', { count: String(all.length + omitted - devices.length) })
        : '',
    hasBusiest: busiest.length > 0,
    busiest: busiest.map(({ metric, labels, unit, average, max }) => ({
      name: nameOf(labels),
      metric: metricName(metric, t),
      average: format(average, unit, language),
      max: format(max, unit, language),
    })),
    words: Object.fromEntries(
      ['availability', 'down', 'outages', 'degraded', 'busiest', 'average', 'max'].map((key) => [
        key,
        word(key),
      ]),
    ),
    footer: t('email-alert.mail.footer', {
      zone: zone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  };
}

// Green is said of what never failed only.
function deviceView(
  { labels, availability, downMs, outages, degradedMs }: DeviceSummary,
  t: Translate,
) {
  const language = t('email-alert.mail.language');
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  return {
    name: nameOf(labels),
    availability: availability === null ? '–' : `${percent.format(availability)} %`,
    down: downMs > 0 ? duration(downMs / 1000) : '',
    outages: outages > 0 ? String(outages) : '',
    degraded: degradedMs > 0 ? duration(degradedMs / 1000) : '',
    isBad: availability !== null && availability < 100,
  };
}

function nameOf({ device, ...labels }: Record<string, string>): string {
  return oneLine([device ?? [], Object.values(labels)].flat().join(' · '));
}
