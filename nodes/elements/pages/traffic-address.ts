import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TrafficPage, TrafficSearch } from '../../contract/pages.ts';
import { Chart } from '../chart/chart.ts';
import { noteOf } from '../chart/summary.ts';
import { type Column, Table } from '../parts/table.ts';
import { askedIn } from '../parts/traffic/scope-form.ts';
import { Address } from '../parts/traffic/share-bars.ts';
import { Card } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';

type Peer = TrafficSearch['peers'][number];

/** What an address did: its traffic over time, and with whom. */
export function AddressTraffic({ page, search }: { page: TrafficPage; search: TrafficSearch }) {
  const { words } = useEnv();
  const within = askedIn(page);
  const title = words.t('elements.traffic.over-time');
  const { chart: given, similar, peers } = search;
  const chart = useMemo(() => given && { ...given, title }, [given, title]);
  if (!search.isFound) {
    const address = deviceText(search.address);
    return h(
      'section',
      { class: 'card c12' },
      h('p', { class: 'calm' }, words.t('elements.traffic.unknown', { address })),
      similar.length > 0 ? h('p', null, words.t('elements.traffic.similar')) : null,
      h(
        'ul',
        { class: 'similar' },
        similar.map((name) => h('li', { key: name }, h(Address, { name, within }))),
      ),
    );
  }
  const column = (way: 'sent' | 'received'): Column<Peer> => ({
    ...{ name: way, label: words.t(`elements.traffic.${way}`), isNumber: true },
    value: (peer) => peer[way],
    cell: (peer) => words.value(peer[way], 'bit/s'),
  });
  const peerLabel = words.t('elements.traffic.peer');
  return h(
    Fragment,
    null,
    chart
      ? h(
          Card,
          { title, note: noteOf(chart, words, 'none'), span: 12 },
          h(Chart, { chart, compare: page.compare }),
        )
      : null,
    h(
      Card,
      {
        title: words.t('elements.traffic.by.conversation'),
        note: words.t('elements.traffic.kept'),
        span: 12,
      },
      h(Table<Peer>, {
        label: words.t('elements.traffic.by.conversation'),
        columns: [
          {
            ...{ name: 'peer', label: peerLabel, class: 'name', inCard: 'head' },
            value: ({ name }) => name,
            cell: ({ name }) => h(Address, { name, within }),
          },
          column('sent'),
          column('received'),
        ],
        rows: peers,
        keyOf: ({ name }) => name,
        none: words.t('elements.traffic.no-peers'),
      }),
    ),
  );
}
