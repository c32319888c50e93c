import { h } from 'preact';
import type { AlertLine } from '../../contract/pages.ts';
import type { Route } from '../state/route.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign, toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { AlertActions } from './alert-actions.ts';
import { AlertState } from './alert-state.ts';
import { Sparkline } from './sparkline.ts';

/** The page that an alert is about; undefined where it is about no device. */
export function routeOfAlert(alert: Pick<AlertLine, 'device' | 'interface'>): Route | undefined {
  if (alert.device === '') return undefined;
  return alert.interface === undefined || alert.interface === ''
    ? { page: 'device', device: alert.device }
    : { page: 'port', device: alert.device, interface: alert.interface };
}

/** Whether an alert is not over: one that flaps comes back. */
export function isOngoing({ state, status }: AlertLine): boolean {
  return state !== 'resolved' || status?.isFlapping === true;
}

interface AttentionProps {
  alerts: readonly AlertLine[];
  /** how many more there are */
  left?: number;
  /** whether people may do something with them here */
  hasActions?: boolean;
}

/** Alerts as a list, each with its curve. */
export function Attention({ alerts, left = 0, hasActions = false }: AttentionProps) {
  const { words, now } = useEnv();
  if (alerts.length === 0) {
    return h('p', { class: 'calm' }, h(Sign, { tone: 'ok' }), words.t('elements.attention.none'));
  }
  return h(
    'div',
    null,
    h(
      'ul',
      { class: 'alerts' },
      alerts.map((alert) => {
        const tone = toneOfSeverity(alert.severity);
        const route = routeOfAlert(alert);
        const text = deviceText(alert.summary);
        const since = words.span(now - alert.startsAt);
        const about = [alert.device, alert.interface].map(deviceText).filter((part) => part !== '');
        // What the sentence has said is not said again.
        const extra = about.every((part) => text.includes(part)) ? '' : ` · ${about.join(' ')}`;
        return h(
          'li',
          { key: alert.fingerprint },
          h(Sign, { tone }),
          h(
            'p',
            null,
            route ? h(Link, { to: route }, text) : h('b', null, text),
            h(
              'small',
              { title: words.moment(alert.startsAt) },
              `${words.severity(alert.severity)} · ${since}${extra}`,
            ),
          ),
          h(Sparkline, { of: alert.sparkline, tone }),
          alert.status
            ? h(
                'div',
                { class: 'managed' },
                h(AlertState, { alert }),
                hasActions ? h(AlertActions, { alert }) : null,
              )
            : null,
        );
      }),
    ),
    left > 0
      ? h(
          'p',
          { class: 'more' },
          h(Link, { to: { page: 'alerts' } }, words.count('elements.attention.left', left)),
        )
      : null,
  );
}
