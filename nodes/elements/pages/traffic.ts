import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TrafficPage, TrafficPart } from '../../contract/pages.ts';
import { Chart } from '../chart/chart.ts';
import { noteOf } from '../chart/summary.ts';
import { Donut } from '../parts/traffic/donut.ts';
import { Sankey } from '../parts/traffic/sankey.ts';
import { askedIn, ScopeForm } from '../parts/traffic/scope-form.ts';
import { ShareBars } from '../parts/traffic/share-bars.ts';
import { Card, Figure } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { Headline } from './headline.ts';
import { AddressTraffic } from './traffic-address.ts';

/** Who uses the line, and for what. */
export function Traffic({ page }: { page: TrafficPage }) {
  const { words } = useEnv();
  const { search, between } = page;
  if (page.device === null) return h(NoFlows, { page });
  const within = askedIn(page);
  const isEmpty = search ? !search.isFound : page.parts.length === 0;
  return h(
    Fragment,
    null,
    h(
      Headline,
      { title: titleOf(page, words), note: spanOf(page, words), page },
      isEmpty
        ? null
        : figuresOf(search ?? page, words).map(([label, text]) =>
            // What was sampled is an estimate, as the foot says.
            h(Figure, { key: label, label }, page.sampled === undefined ? text : `≈ ${text}`),
          ),
    ),
    h('section', { class: 'card c12' }, h(ScopeForm, { page })),
    search ? h(AddressTraffic, { page, search }) : null,
    isEmpty && !search
      ? h(
          'section',
          { class: 'card c12' },
          h('p', { class: 'calm' }, words.t('elements.traffic.none')),
        )
      : null,
    page.parts.map((part) =>
      part.chart
        ? h(OverTime, { key: part.subject, part, page })
        : h(
            Card,
            { key: part.subject, title: words.t(`elements.traffic.by.${part.subject}`), span: 6 },
            h(ShareBars, {
              ...{ shares: part.shares, label: words.t(`elements.traffic.by.${part.subject}`) },
              ...(isOfAddresses(part) && { within }),
            }),
          ),
    ),
    between
      ? h(
          Card,
          { title: words.t('elements.traffic.between'), span: 12 },
          h(Sankey, { between, label: words.t('elements.traffic.between'), within }),
        )
      : null,
    h(Notes, { page }),
  );
}

function figuresOf(
  { rate, highest, volume }: Pick<TrafficPage, 'rate' | 'highest' | 'volume'>,
  words: Words,
): [label: string, text: string][] {
  return [
    [words.t('elements.legend.mean'), words.value(rate, 'bit/s')],
    [words.t('elements.legend.highest'), words.value(highest, 'bit/s')],
    [words.t('elements.traffic.volume'), words.value(volume, 'B')],
  ];
}

function isOfAddresses({ subject }: TrafficPart): boolean {
  return subject === 'talker' || subject === 'conversation';
}

/** Parts over time, and their shares beside that. */
function OverTime({ part, page }: { part: TrafficPart; page: TrafficPage }) {
  const { words } = useEnv();
  const title = words.t(`elements.traffic.by.${part.subject}`);
  const chart = useMemo(() => ({ ...part.chart!, title }), [part.chart, title]);
  return h(
    Fragment,
    null,
    h(
      Card,
      { title, note: noteOf(chart, words, 'none'), span: 8 },
      h(Chart, { chart, compare: page.compare, hasLegend: false }),
    ),
    h(
      Card,
      { title: words.t('elements.traffic.shares'), note: words.period(page.period), span: 4 },
      h(Donut, { shares: part.shares, label: title }),
    ),
  );
}

/** What is to be known of how the numbers came about. */
function Notes({ page }: { page: TrafficPage }) {
  const { words } = useEnv();
  const bound = Math.max(0, ...page.parts.map(({ errorBound }) => errorBound ?? 0));
  const notes = [
    ...(page.sampled === undefined
      ? []
      : [words.t('elements.traffic.sampled', { factor: words.number(page.sampled) })]),
    ...(bound > 0
      ? [words.t('elements.traffic.bound', { rate: words.value(bound, 'bit/s') })]
      : []),
  ];
  return notes.length === 0 ? null : h('p', { class: 'c12 muted foot' }, notes.join(' · '));
}

function NoFlows({ page }: { page: TrafficPage }) {
  const { words } = useEnv();
  return h(
    Fragment,
    null,
    h(Headline, { title: words.t('elements.traffic.empty'), page }),
    h(
      'section',
      { class: 'card c12 empty' },
      h('p', null, words.t('elements.traffic.how')),
      h('p', { class: 'muted' }, words.t('elements.traffic.docs', { file: 'docs/flows.md' })),
    ),
  );
}

/** "10.0.0.7 at gw · wan" */
function titleOf(
  { exporters, device, interface: name, search }: TrafficPage,
  words: Words,
): string {
  const title = exporters.find((one) => one.name === device)?.title ?? device;
  const place = [title, name]
    .map(deviceText)
    .filter((text) => text !== '')
    .join(' · ');
  return search
    ? words.t('elements.traffic.address-at', { address: deviceText(search.address), place })
    : words.t('elements.traffic.at', { place });
}

/** What time is shown, where it is another one than the last. */
function spanOf({ at, from, to }: TrafficPage, words: Words): string | undefined {
  if (at === undefined) return undefined;
  const end = words.date(from) === words.date(to) ? words.clock(to) : words.moment(to);
  return words.t('elements.bar.span', { from: words.moment(from), to: end });
}
