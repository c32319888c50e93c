import { Fragment, h } from 'preact';
import type { PortPage, TrafficRequest, TrafficShare } from '../../contract/pages.ts';
import { Attention, isOngoing } from '../parts/attention.ts';
import { ShareBars } from '../parts/traffic/share-bars.ts';
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
    page.talkers ? h(Talkers, { page, talkers: page.talkers }) : null,
  );
}

/** Who uses the port most; a click leads to all that flows tell of it. */
function Talkers({ page, talkers }: { page: PortPage; talkers: readonly TrafficShare[] }) {
  const { words } = useEnv();
  const { device, name } = page.port;
  const within: TrafficRequest = { page: 'traffic', device, interface: name };
  const title = words.t('elements.traffic.by.talker');
  return h(
    Card,
    { title, note: words.period(page.period), span: 12 },
    talkers.length > 0
      ? h(ShareBars, { shares: talkers, label: title, within })
      : h('p', { class: 'calm' }, words.t('elements.traffic.none')),
    h('p', { class: 'more' }, h(Link, { to: within }, words.t('elements.traffic.of-port'))),
  );
}
