import type { Alert } from '../contract/alert.ts';
import type { ActionLinks } from './action-links.ts';
import type { AlertGroup } from './alert-group.ts';
import type { SummaryPeriod } from './summary-schedule.ts';

/** How many alerts a mail lists; of more it tells how many there are of each rule. */
export const listed = 1_000;
/** How many rules it names for that; alerts of others are counted together. */
const namedRules = 100;
/** stands for the rules that are not named */
const others = '…';

/** A mail that waits: what it tells of, and the id it keeps over all its tries. */
export interface WaitingMail {
  readonly topics: readonly Topic[];
  /** what there was no more room for */
  readonly omitted: readonly Omitted[];
  readonly messageId: string;
  /** the one recipient it is still to go to, where the others have it */
  readonly only?: string;
  readonly group?: AlertGroup;
  /** the mail that began the conversation of its group */
  readonly thread?: string;
  /** what it sums up, in the place of alerts */
  readonly summary?: SummaryPeriod;
  /** whether it tells of all that came while the limit held mails back */
  readonly isDigest?: true;
}

/** An alert, and the id of the mail that first told of it where that is another one. */
export interface Topic {
  readonly alert: Alert;
  readonly after?: string;
  readonly links?: ActionLinks;
}

/** How many alerts of one rule a mail does not list. */
export interface Omitted {
  readonly name: string;
  readonly firing: number;
  readonly resolved: number;
}

/** How many alerts a mail does not list. */
export function count(omitted: readonly Omitted[]): number {
  return omitted.reduce((sum, { firing, resolved }) => sum + firing + resolved, 0);
}

export function alertsOf({ topics }: WaitingMail): Alert[] {
  return topics.map(({ alert }) => alert);
}

/** The mails that a mail follows, the one that began its conversation first. */
export function referencesOf({ topics, thread }: WaitingMail): string[] {
  return [...new Set([thread ?? [], topics.flatMap(({ after }) => after ?? [])].flat())];
}

/** Whether a mail tells of any of some alerts: what comes later may not be told before it. */
export function tellsOfAny({ topics }: WaitingMail, alerts: readonly Alert[]): boolean {
  const told = new Set(topics.map(({ alert }) => alert.fingerprint));
  return alerts.some(({ fingerprint }) => told.has(fingerprint));
}

/**
 * A mail with more to tell of: what there is no room for is counted. Of a group, what stands as it stood is told
 * as it was told last.
 */
export function withTopics(mail: WaitingMail, topics: readonly Topic[]): WaitingMail {
  const places = new Map(mail.topics.map(({ alert }, i) => [stateOf(alert), i]));
  const told = [...mail.topics];
  const added: Topic[] = [];
  for (const topic of topics) {
    const place = mail.group && places.get(stateOf(topic.alert));
    if (place === undefined) added.push(topic);
    else told[place] = { ...told[place], ...topic };
  }
  const room = Math.max(0, listed - told.length);
  const more = added.slice(room).map(({ alert: { name, state } }) => {
    const firing = state === 'firing' ? 1 : 0;
    return { name, firing, resolved: 1 - firing };
  });
  return withOmitted({ ...mail, topics: [...told, ...added.slice(0, room)] }, more);
}

export function withOmitted(mail: WaitingMail, more: readonly Omitted[]): WaitingMail {
  const sums = new Map(mail.omitted.map((one) => [one.name, one]));
  for (const { name, firing, resolved } of more) {
    const rule = sums.has(name) || sums.size < namedRules ? name : others;
    const sum = sums.get(rule);
    sums.set(rule, {
      name: rule,
      firing: firing + (sum?.firing ?? 0),
      resolved: resolved + (sum?.resolved ?? 0),
    });
  }
  return { ...mail, omitted: [...sums.values()] };
}

/** One mail in the place of two that the limit holds back, under the id of the first. */
export function putTogether(first: WaitingMail, second: WaitingMail): WaitingMail {
  const { topics, omitted, messageId, group } = first;
  const mixed = {
    ...{ topics, omitted, messageId },
    ...(group && group.key === second.group?.key && { group: second.group }),
    ...(first.thread !== undefined && { thread: first.thread }),
    isDigest: true as const,
  };
  return withOmitted(withTopics(mixed, second.topics), second.omitted);
}

function stateOf({ fingerprint, startsAt, state }: Alert): string {
  return JSON.stringify([fingerprint, startsAt, state]);
}
