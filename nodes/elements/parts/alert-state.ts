import { h } from 'preact';
import type { AlertLine, AlertStatus } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';

/** names of one reason that are said */
const mostNames = 3;

/** Whether nobody is told of an alert. */
export function isWithheld({ status }: Pick<AlertLine, 'status'>): boolean {
  if (!status) return false;
  const { silencedBy, inhibitedBy, maintainedBy, unreachableBy } = status;
  return [silencedBy, inhibitedBy, maintainedBy, unreachableBy].some(({ length }) => length > 0);
}

/** How an alert stands, a sentence each: "acknowledged by Ana, 5 min ago", "silenced until 14:05". */
export function stateTexts(status: AlertStatus, now: number, words: Words): string[] {
  const names = (all: readonly string[]) => {
    const shown = all.slice(0, mostNames).map(deviceText).join(', ');
    return all.length > mostNames ? `${shown}, …` : shown;
  };
  const { acknowledged, silencedBy, silencedUntil, inhibitedBy, maintainedBy, unreachableBy } =
    status;
  const texts: string[] = [];
  const add = (key: string, args: Record<string, string> = {}) =>
    texts.push(words.t(`elements.alert-state.${key}`, args));
  if (acknowledged) {
    add('acknowledged', { by: deviceText(acknowledged.by), ago: words.ago(acknowledged.at, now) });
  }
  if (silencedBy.length > 0) {
    const until = silencedUntil === undefined ? '–' : soon(silencedUntil, now, words);
    add('silenced', { until });
  }
  if (unreachableBy.length > 0) add('unreachable', { parents: names(unreachableBy) });
  if (inhibitedBy.length > 0) add('inhibited', { alerts: names(inhibitedBy) });
  if (maintainedBy.length > 0) add('maintained', { windows: names(maintainedBy) });
  if (status.isFlapping) add('flapping');
  if (texts.length === 0) add('active');
  return texts;
}

/** How an alert-manager deals with an alert; nothing where there is none. */
export function AlertState({ alert }: { alert: AlertLine }) {
  const { words, now } = useEnv();
  const { status } = alert;
  if (!status) return null;
  const comment = deviceText(status.acknowledged?.comment);
  return h(
    'ul',
    { class: 'alert-state' },
    stateTexts(status, now, words).map((text) => h('li', { key: text }, text)),
    comment === '' ? null : h('li', { class: 'muted' }, `“${comment}”`),
  );
}

// Of today the time says enough.
function soon(time: number, now: number, words: Words): string {
  return words.date(time) === words.date(now) ? words.clock(time) : words.moment(time);
}
