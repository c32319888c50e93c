import { type Alert, eventMetrics } from '../contract/alert.ts';
import type { Suspect } from '../contract/changes.ts';
import { duration, format } from '../contract/units.ts';
import { changeSentence } from '../shared/changes/change-sentence.ts';
import { changeWords } from '../shared/changes/translated-changes.ts';
import type { Version } from '../shared/configurations/versions/contract.ts';
import { pictureSize } from '../shared/mail/picture/metric-picture.ts';
import { metricName } from '../shared/metric-name.ts';
import type { Translate } from '../shared/problem.ts';
import { render } from '../shared/template.ts';
import { oneLine } from '../shared/text.ts';
import type { ActionLinks } from './action-links.ts';
import { condition } from './condition.ts';
import { type DiffBlock, diffBlocks } from './diff-blocks.ts';
import type { Picture } from './metric-pictures.ts';
import type { Talker } from './top-talkers.ts';
import { count, type Omitted, type WaitingMail } from './waiting-mail.ts';

// White text on each of them has a contrast of at least 4.5 to 1 (WCAG 2.2).
const colors = { info: '#1d4ed8', warning: '#b45309', critical: '#b91c1c' };
const resolvedColor = '#15803d';

// Likewise, of texts on their backgrounds.
const diffColors: Record<DiffBlock['kind'], { color: string; background: string }> = {
  head: { color: '#59626d', background: '#f3f5f7' },
  same: { color: '#1a1d21', background: '#ffffff' },
  removed: { color: '#7f1d1d', background: '#fde8e8' },
  added: { color: '#14532d', background: '#e3f5e9' },
  note: { color: '#59626d', background: '#ffffff' },
};
/** lines of diffs in a mail: Gmail cuts one off that is larger than 102 kB */
const mostDiffLines = 600;

/**
 * What templates can show: the alerts' own properties as people read them, those of the first alert
 * at the top too. Every text is one line, whatever a device is called.
 * @param t the catalogue of the mail's language
 * @param mail what else there is to know of the mail
 */
export function view(
  alerts: readonly Alert[],
  t: Translate,
  more: Pick<WaitingMail, 'group' | 'omitted' | 'isDigest'> & Shown = { omitted: [] },
) {
  const { group, omitted, isDigest } = more;
  const total = alerts.length + count(omitted);
  const room = { lines: mostDiffLines };
  const views = alerts.map((alert) => alertView(alert, t, more, room));
  return {
    ...views[0],
    alerts: views,
    count: total,
    /** how many alerts there are besides the first */
    more: total - 1,
    /** the name of the group that all alerts are of; empty where there is none */
    group: oneLine(group?.name ?? ''),
    /** why somebody is told of it; empty where that shows */
    reason: group && isToldReason(group.reason) ? t(`email-alert.mail.reason.${group.reason}`) : '',
    /** one sentence where the limit held mails back; else empty */
    heldBack: isDigest ? t('email-alert.mail.heldBack') : '',
    /** one sentence about the alerts that are not listed; empty where all are */
    omitted: omittedText(omitted, t),
    language: t('email-alert.mail.language'),
    footer: t('email-alert.mail.footer', {
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  };
}

/** What an alert shows besides its texts. */
export interface Shown {
  /** by the alerts' fingerprints */
  pictures?: ReadonlyMap<string, Picture>;
  /** the last change of its device's configuration shortly before it fired, likewise */
  changes?: ReadonlyMap<string, Version>;
  /** who uses its interface most, likewise */
  talkers?: ReadonlyMap<string, readonly Talker[]>;
  /** a template of an address; empty for none */
  link?: string;
  /** what can be done about alerts, by their fingerprints */
  links?: ReadonlyMap<string, ActionLinks | undefined>;
}

/** reasons that an alert's state does not show */
const toldReasons = ['repeat', 'escalated', 'flapping'] as const;

function isToldReason(reason: string): reason is (typeof toldReasons)[number] {
  return toldReasons.includes(reason as never);
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

function alertView(
  alert: Alert,
  t: Translate,
  { pictures, changes, talkers, links, link = '' }: Shown,
  room: { lines: number },
) {
  const language = t('email-alert.mail.language');
  const word = (key: string) => t(`email-alert.mail.${key}`);
  const number = (value: number | null) =>
    value === null || isEvent(alert) ? '' : format(value, oneLine(alert.unit), language);
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' });
  const resolved = alert.state === 'resolved';
  const severity = word(alert.severity);
  const is = condition(alert);
  const texts = {
    name: oneLine(ruleName(alert, t)),
    severity,
    device: oneLine(alert.labels.device ?? ''),
    metric: oneLine(alert.metric),
    metricName: oneLine(metricName(alert.metric, t)),
    condition: is === undefined ? '' : t(`email-alert.mail.condition.${is}`),
    value: number(alert.value),
    threshold: number(alert.threshold),
    startsAt: time(times, alert.startsAt),
    endsAt: time(times, alert.endsAt),
    duration: alert.endsAt === undefined ? '' : duration((alert.endsAt - alert.startsAt) / 1000),
  };
  const labels = Object.entries(alert.labels).map(([label, value]) => [label, oneLine(value)]);
  const rows = [
    ...(['device', 'condition', 'name', 'metric', 'value', 'threshold', 'severity'] as const).map(
      (key) => ({
        label: word(`row.${key}`),
        value: key === 'metric' ? (isEvent(alert) ? '' : texts.metricName) : texts[key],
      }),
    ),
    ...labels.filter(([label]) => label !== 'device').map(([label, value]) => ({ label, value })),
    ...(['startsAt', 'endsAt', 'duration'] as const).map((key) => ({
      label: word(`row.${key}`),
      value: texts[key],
    })),
    ...(talkers?.get(alert.fingerprint) ?? []).map((talker, i) => ({
      label: t('email-alert.mail.row.talker', { number: String(i + 1) }),
      value: talkerText(talker, language),
    })),
  ];
  const picture = pictures?.get(alert.fingerprint);
  const place = { page: pageOf(alert), ...alert, ...texts };
  const href = link && render(link, inAddress(place), { escapeHtml: false });
  return {
    ...texts,
    /** where the device is shown, and the words for it */
    ...(href !== '' && {
      link: {
        href,
        text: t('email-alert.mail.open', { device: texts.device || texts.metricName }),
      },
    }),
    /** what can be done about it: addresses, and the words for them */
    actions: actionsOf(resolved ? undefined : links?.get(alert.fingerprint), t),
    ...(picture && {
      picture: {
        cid: picture.cid,
        alt: t('email-alert.mail.picture', { metric: texts.metricName }),
        width: pictureSize.width,
      },
    }),
    /** "Resolved", else the severity */
    status: resolved ? word('resolved') : severity,
    firing: !resolved,
    resolved,
    summary: oneLine(alert.summary) || `${texts.metricName} ${texts.value}`,
    /** one sentence where the configuration of its device changed shortly before; else empty */
    change: changeText(alert, changes?.get(alert.fingerprint), t),
    /** what changed at that time, where a node looked for it */
    ...(!resolved && alert.suspects?.length && { suspects: suspectsView(alert.suspects, t) }),
    /** what changed, where that is known */
    ...(!resolved && alert.diff !== undefined && { diff: diffView(alert.diff, t, room) }),
    labels: Object.fromEntries(labels) as Record<string, string>,
    fingerprint: oneLine(alert.fingerprint),
    color: resolved ? resolvedColor : colors[alert.severity],
    /** what is known of the alert, labelled: the default templates' table */
    rows: rows.filter((row) => row.value !== ''),
  };
}

/** "10.0.0.7 · 45 Mbit/s · 31 %" */
function talkerText({ name, rate, share }: Talker, language: string): string {
  const figures = [format(rate, 'bit/s', language), format(share, '%', language)];
  return [oneLine(name), ...figures].join(' · ');
}

function changeText(alert: Alert, version: Version | undefined, t: Translate): string {
  if (!version) return '';
  const { device, time, added, removed, changedBy } = version;
  const params = {
    device: oneLine(device),
    time: duration(Math.max(0, alert.startsAt - time) / 1000),
    ...{ added: String(added), removed: String(removed) },
  };
  return changedBy === undefined
    ? t('email-alert.mail.changedBefore', params)
    : t('email-alert.mail.changedBeforeBy', { ...params, by: oneLine(changedBy) });
}

// In the mail's own language, whatever that of the node was that found them.
function suspectsView(suspects: readonly Suspect[], t: Translate) {
  const words = changeWords(t, t('email-alert.mail.language'));
  return {
    title: t('email-alert.mail.suspects'),
    lines: suspects.map((suspect) => ({ text: changeSentence(suspect, words) })),
  };
}

// @param room lines that the mail still has room for
function diffView(diff: string, t: Translate, room: { lines: number }) {
  const { blocks, omitted } = diffBlocks(diff, room.lines);
  room.lines -= blocks.reduce((sum, { lines }) => sum + lines.length, 0);
  return {
    blocks: blocks.map((block) => ({ ...block, ...diffColors[block.kind] })),
    omitted: omitted === 0 ? '' : t('email-alert.mail.diffOmitted', { count: String(omitted) }),
  };
}

function actionsOf(links: ActionLinks | undefined, t: Translate) {
  if (!links) return [];
  return (['acknowledge', 'silence'] as const).map((action) => ({
    href: links[action],
    text: t(`email-alert.mail.${action}`),
  }));
}

// What a device is called must not change where an address leads.
/** The page of the dashboards that shows more of an alert, as it stands in their address. */
function pageOf({ metric, labels: { device, interface: port } }: Alert): string {
  if (device === undefined) return 'alerts';
  const kept = ['configuration_changed', 'configuration_not_saved', 'configuration_rule'];
  const path = kept.includes(metric)
    ? ['configuration', device]
    : port === undefined
      ? ['device', device]
      : ['port', device, port];
  return path.map((part) => encodeURIComponent(part.toWellFormed())).join('/');
}

function inAddress({ labels, ...texts }: { labels: Record<string, string> } & object): object {
  const escaped = (values: object) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([, value]) => typeof value === 'string')
        .map(([name, value]) => [name, encodeURIComponent((value as string).toWellFormed())]),
    );
  return { ...escaped(texts), labels: escaped(labels) };
}

// The name of a rule that has none of its own begins with its metric: "cpu_usage > 80" reads "CPU > 80".
function ruleName({ name, metric }: Alert, t: Translate): string {
  const isUsual =
    (name === metric && isEvent({ metric })) ||
    name.startsWith(`${metric} `) ||
    name.startsWith(`${metric}{`);
  return isUsual ? metricName(metric, t) + name.slice(metric.length) : name;
}

function isEvent({ metric }: Pick<Alert, 'metric'>): boolean {
  return eventMetrics.includes(metric as never);
}

// A time that no calendar has, out of a message, is left out.
function time(times: Intl.DateTimeFormat, at: number | undefined): string {
  return at === undefined || Math.abs(at) > 8.64e15 ? '' : times.format(at);
}
