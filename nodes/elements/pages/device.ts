import { Fragment, h } from 'preact';
import type { DeviceLine, DevicePage } from '../../contract/pages.ts';
import { Chart } from '../chart/chart.ts';
import { noteOf } from '../chart/summary.ts';
import { AlertTimeline } from '../parts/alert-timeline.ts';
import { Attention, isOngoing } from '../parts/attention.ts';
import { Gauge } from '../parts/gauge.ts';
import { HistoryBar } from '../parts/history-bar.ts';
import { PortCells, portCounts } from '../parts/port-cells.ts';
import { PortTable } from '../parts/port-table.ts';
import { WeekTable } from '../parts/week-table.ts';
import { Card, Figure } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { StateMark } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { freshness } from './headline.ts';

/** The facts of a device in one line: "Cisco C2960X · rack 2 · up 100 days · SNMP v3 · 61 ms". */
function factLine({ facts, line }: Pick<DevicePage, 'facts' | 'line'>, words: Words): string {
  const { model, location, address, protocol, uptime } = facts;
  const detail = line.kind === 'check' ? line.detail : undefined;
  return [
    ...[model ?? detail, location, address].map(deviceText),
    uptime === undefined
      ? ''
      : words.t('elements.device.uptime', { time: words.span(uptime * 1000) }),
    deviceText(protocol),
    line.responseTime === null || line.state === 'down' ? '' : words.value(line.responseTime, 'ms'),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

/** A device: its state, ports, alerts and past. */
export function Device({ page }: { page: DevicePage }) {
  const { words, now } = useEnv();
  const { line, gauges, ports, charts } = page;
  const alerts = page.alerts.filter(isOngoing);
  const title = deviceText(line.title);
  const facts = factLine(page, words);
  const physical = ports.filter(({ isVirtual }) => !isVirtual);
  const last = page.facts.lastPoll;
  const fresh =
    last === undefined
      ? freshness(page, now, words).text
      : words.t('elements.device.polled', { ago: words.ago(last, now) });
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
          h('h1', { class: 'big cut', tabIndex: -1, title }, title),
          h(StateMark, { state: line.state, since: line.since }),
        ),
        line.reason && line.state !== 'up' ? h('p', null, deviceText(line.reason)) : null,
        h(
          'p',
          { class: 'muted' },
          [facts, fresh].filter(Boolean).join(' · '),
          page.hasConfiguration
            ? [
                ' · ',
                h(
                  Link,
                  { to: { page: 'configuration', device: line.name }, class: 'to' },
                  words.t('elements.card.configuration'),
                ),
              ]
            : null,
        ),
      ),
      h(
        'div',
        { class: 'gauges' },
        gauges.map((gauge) => h(Gauge, { key: `${gauge.metric} ${gauge.title ?? ''}`, gauge })),
        gauges.length === 0 && line.packetLoss !== null
          ? h(Figure, { label: words.t('elements.column.loss') }, words.percent(line.packetLoss))
          : null,
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
    physical.length > 0
      ? h(
          Card,
          { title: words.t('elements.card.ports'), note: portCounts(ports, words), span: 12 },
          h(PortCells, { ports }),
        )
      : null,
    line.availability ? h(AvailabilityCard, { line }) : null,
    page.timeline.alerts.length > 0
      ? h(
          Card,
          { title: words.t('elements.card.timeline'), note: words.period(page.period), span: 12 },
          h(AlertTimeline, {
            label: words.t('elements.card.timeline'),
            ...{ pasts: page.timeline.alerts, from: page.timeline.from, to: page.time },
          }),
        )
      : null,
    h(Charts, { charts, page }),
    ports.length > 0
      ? h(
          Card,
          {
            title: words.t('elements.card.ports-by-use'),
            note: words.t('elements.table.sort-note'),
            span: 12,
          },
          h(PortTable, { ports, period: words.period(page.period) }),
        )
      : null,
    page.weeks
      ? h(
          Card,
          {
            title: words.t('elements.card.weeks'),
            note: words.t('elements.table.sort-note'),
            span: 12,
          },
          h(WeekTable, { device: line.name, weeks: page.weeks }),
        )
      : null,
  );
}

function AvailabilityCard({ line }: { line: DeviceLine }) {
  const { words } = useEnv();
  const { slices, day, month } = line.availability!;
  const figures = words.t('elements.availability.figures', {
    day: words.availability(day),
    month: words.availability(month),
  });
  return h(
    Card,
    { title: words.t('elements.card.availability-day'), note: figures, span: 12 },
    h(HistoryBar, { slices }),
  );
}

/** The charts of a page, two beside each other where there is room. */
export function Charts({
  charts,
  page,
}: {
  charts: DevicePage['charts'];
  page: Pick<DevicePage, 'compare'>;
}) {
  const { words } = useEnv();
  return h(
    Fragment,
    null,
    charts.map((chart, i) =>
      h(
        Card,
        {
          key: `${i} ${chart.title}`,
          title: deviceText(chart.title),
          note: noteOf(chart, words, page.compare),
          // An odd one out has the whole width, the first and most important one.
          span: charts.length % 2 === 1 && i === 0 ? 12 : 6,
        },
        h(Chart, { chart, compare: page.compare }),
      ),
    ),
  );
}
