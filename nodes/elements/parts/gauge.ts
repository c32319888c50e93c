import { h } from 'preact';
import type { Gauge as GaugeData } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Sign, toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { Sparkline } from './sparkline.ts';

/** A figure of a device with its curve: "CPU 23 %". */
export function Gauge({ gauge }: { gauge: GaugeData }) {
  const { words } = useEnv();
  const tone = toneOfSeverity(gauge.severity);
  const title = deviceText(gauge.title ?? '');
  const name = title === '' ? words.metric(gauge.metric) : title;
  return h(
    'div',
    { class: 'gauge' },
    h('span', { class: 'cut', title: name }, name),
    h(
      'b',
      { class: tone === 'ok' ? '' : tone },
      tone === 'ok' ? null : h(Sign, { tone }),
      words.value(gauge.value, gauge.unit),
      tone === 'ok' ? null : h('span', { class: 'hidden' }, `, ${words.severity(gauge.severity)}`),
    ),
    h(Sparkline, { of: gauge.sparkline, tone: tone === 'ok' ? 'in' : tone }),
  );
}
