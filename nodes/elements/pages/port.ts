import { Fragment, h } from 'preact';
import type { PortPage } from '../../contract/pages.ts';
import { Attention, isOngoing } from '../parts/attention.ts';
import { Card, Figure } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { StateMark } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { Charts } from './device.ts';
import { freshness } from './headline.ts';

/** A port: its state, traffic, errors and alerts. */
export function Port({ page }: { page: PortPage }) {
  const { words, now } = useEnv();
  const { port, charts } = page;
  const alerts = page.alerts.filter(isOngoing);
  const known = page.devices.find(({ name }) => name === port.device);
  const device = deviceText(known?.title ?? port.device);
  const alias = deviceText(port.alias ?? '');
  const figure = (name: string, text: string, tone = '') =>
    h(Figure, { label: words.t(`elements.column.${name}`) }, h('span', { class: tone }, text));
  const isBusy = port.state === 'busy';
  return h(
    Fragment,
    null,
    h(
      'section',
      { class: 'card c12 head' },
      h(
        'div',
        { class: 'title' },
        h(
          'div',
          { class: 'title-line' },
          h(
            'h1',
            { class: 'big cut', tabIndex: -1, title: deviceText(port.name) },
            deviceText(port.name),
          ),
          alias === '' ? null : h('span', { class: 'alias cut', title: alias }, alias),
          h(StateMark, { state: port.state, since: port.since }),
        ),
        h(
          'p',
          { class: 'muted' },
          h(Link, { to: { page: 'device', device: port.device } }, device),
          port.speed === null ? '' : ` · ${words.value(port.speed, 'bit/s')}`,
          ` · ${freshness(page, now, words).text}`,
        ),
      ),
      h(
        'div',
        { class: 'figures' },
        figure('in', words.value(port.inRate, 'bit/s')),
        figure('out', words.value(port.outRate, 'bit/s')),
        figure('used', words.percent(port.utilization), isBusy ? 'warn' : ''),
        figure('errors', words.share(port.errorRate)),
        figure('discards', words.share(port.discardRate)),
      ),
    ),
    alerts.length > 0
      ? h(
          Card,
          {
            title: words.t('elements.card.attention'),
            note: words.number(alerts.length),
            span: 12,
          },
          h(Attention, { alerts, hasActions: true }),
        )
      : null,
    h(Charts, { charts, page }),
  );
}
