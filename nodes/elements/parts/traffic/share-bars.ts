import { h } from 'preact';
import type { TrafficRequest, TrafficShare } from '../../../contract/pages.ts';
import { useEnv } from '../../view/env.ts';
import { Link } from '../../view/link.ts';
import { deviceText } from '../../view/text.ts';

interface ShareBarsProps {
  shares: readonly TrafficShare[];
  label: string;
  /** where the search of an address leads; missing where names are no addresses */
  within?: TrafficRequest;
}

/** The largest of a subject as bars, all others last. */
export function ShareBars({ shares, label, within }: ShareBarsProps) {
  const { words } = useEnv();
  const largest = Math.max(0, ...shares.filter((one) => !one.isOther).map(({ rate }) => rate));
  return h(
    'ol',
    { class: 'bars shares', 'aria-label': label },
    shares.map((one) => {
      const { name, to, isOther, rate, share } = one;
      // All others may be many times as much as the largest.
      const width = largest > 0 ? Math.min(100, (rate / largest) * 100) : 0;
      return h(
        'li',
        { key: `${isOther ? 'other' : 'own'} ${name}\n${to}` },
        h(
          'div',
          { class: 'who' },
          isOther
            ? h('span', { class: 'muted cut' }, words.t('elements.traffic.others'))
            : h(Address, { name, within }),
          to === undefined || isOther
            ? null
            : h(
                'small',
                { class: 'cut' },
                h('span', { 'aria-label': words.t('elements.traffic.to') }, '→ '),
                h(Address, { name: to, within }),
              ),
        ),
        h(
          'div',
          { class: 'two', 'aria-hidden': 'true' },
          h('i', null, h('u', { class: isOther ? 'rest' : 'in', style: { width: `${width}%` } })),
        ),
        h('span', { class: 'num' }, words.value(rate, 'bit/s')),
        h('b', { class: 'num' }, words.percent(share)),
      );
    }),
  );
}

/** An address that leads to what is known of it. */
export function Address({ name, within }: { name: string; within: TrafficRequest | undefined }) {
  const { words } = useEnv();
  const text = deviceText(name);
  if (name === '') return h('span', { class: 'muted cut' }, words.t('elements.traffic.others'));
  if (!within || name === 'other') return h('span', { class: 'cut', title: text }, text);
  return h(Link, { to: { ...within, address: name }, class: 'cut', title: text }, text);
}
