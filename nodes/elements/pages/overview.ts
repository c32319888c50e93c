import { Fragment, h } from 'preact';
import type { DeviceState, OverviewPage } from '../../contract/pages.ts';
import { scaleFor } from '../../contract/units.ts';
import { Chart } from '../chart/chart.ts';
import { noteOf } from '../chart/summary.ts';
import { alertCounts } from '../parts/alert-counts.ts';
import { Attention } from '../parts/attention.ts';
import { AvailabilityTable } from '../parts/availability.ts';
import { Busiest } from '../parts/busiest.ts';
import { DeviceGrid } from '../parts/device-grid.ts';
import { headline } from '../parts/headline.ts';
import { Card, Figure } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { Sign, toneOf } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { Headline } from './headline.ts';

const states: DeviceState[] = ['up', 'degraded', 'down', 'maintenance', 'unknown'];

/** The network in one glance. */
export function Overview({ page }: { page: OverviewPage }) {
  const { words } = useEnv();
  const { counts, traffic, attention, attentionLeft } = page;
  const { text, tone } = headline(counts, words);
  const alerts = attention.length + attentionLeft;
  const hasPorts = page.busiest.length > 0;
  return h(
    Fragment,
    null,
    h(
      Headline,
      { title: text, tone, page },
      h(Counts, { counts: counts.devices, kind: 'devices' }),
      h(Counts, { counts: counts.checks, kind: 'checks' }),
      h(
        Figure,
        { label: words.t('elements.overview.alerts') },
        alertCounts(counts, words).join(' · '),
      ),
      page.uplink ? h(Uplink, { uplink: page.uplink }) : null,
      page.availability30 === null
        ? null
        : h(
            Figure,
            { label: words.t('elements.overview.available') },
            words.availability(page.availability30),
          ),
    ),
    h(
      Card,
      {
        title: words.t('elements.card.attention'),
        note: alerts > 0 ? words.number(alerts) : null,
        span: 8,
      },
      h(Attention, { alerts: attention, left: attentionLeft }),
    ),
    h(
      Card,
      {
        title: words.t('elements.card.devices'),
        note: words.count('elements.overview.devices-note', page.grid.length),
        span: 4,
      },
      h(DeviceGrid, { grid: page.grid }),
    ),
    traffic
      ? h(
          Card,
          {
            title: deviceText(traffic.title),
            note: noteOf(traffic, words, page.compare),
            span: hasPorts ? 7 : 12,
          },
          h(Chart, { chart: traffic, compare: page.compare }),
        )
      : null,
    hasPorts
      ? h(
          Card,
          {
            title: words.t('elements.card.busiest'),
            note: words.t('elements.busiest.note'),
            span: traffic ? 5 : 12,
          },
          h(Busiest, { ports: page.busiest, devices: page.devices }),
        )
      : null,
    h(
      Card,
      {
        title: words.t('elements.card.availability'),
        note: words.t('elements.availability.note'),
        span: 12,
      },
      h(AvailabilityTable, { kind: 'all', lines: page.lines }),
    ),
  );
}

interface CountsProps {
  counts: Record<DeviceState, number>;
  kind: 'devices' | 'checks';
}

function Counts({ counts, kind }: CountsProps) {
  const { words } = useEnv();
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  if (total === 0) return null;
  const shown = states.filter((state) => counts[state] > 0);
  return h(
    Figure,
    { label: words.count(`elements.overview.${kind}`, total) },
    shown.map((state) =>
      h(
        'span',
        { key: state, class: 'count', title: words.state(state) },
        words.number(counts[state]),
        h(Sign, { tone: toneOf(state) }),
        h('span', { class: 'hidden' }, `${words.state(state)} `),
      ),
    ),
  );
}

function Uplink({ uplink }: { uplink: NonNullable<OverviewPage['uplink']> }) {
  const { words } = useEnv();
  const { title, inRate, outRate, utilization } = uplink;
  const { factor, unit } = scaleFor(Math.max(inRate, outRate), 'bit/s');
  const scaled = (rate: number) => {
    const value = rate * factor;
    return words.number(value, value < 10 ? 2 : value < 100 ? 1 : 0);
  };
  const share =
    utilization === null
      ? ''
      : `, ${words.t('elements.overview.used', { share: words.percent(utilization) })}`;
  return h(
    Figure,
    { label: `${deviceText(title)}${share}` },
    scaled(inRate),
    h('span', { class: 'in-text', title: words.t('elements.role.in') }, ' ↓ '),
    scaled(outRate),
    h('span', { class: 'out-text', title: words.t('elements.role.out') }, ' ↑ '),
    unit,
  );
}
