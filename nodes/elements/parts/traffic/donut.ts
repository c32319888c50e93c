import { h } from 'preact';
import type { TrafficShare } from '../../../contract/pages.ts';
import { looksOf } from '../../theme/line-colors.ts';
import { useEnv } from '../../view/env.ts';
import { deviceText } from '../../view/text.ts';

/** of a ring of 100, between two slices */
const gap = 0.5;

/** A slice of a ring: where it begins and how long it is, of 100. */
export interface Slice {
  from: number;
  length: number;
}

/** The slices of some rates, which together are the whole ring. */
export function slicesOf(rates: readonly number[]): Slice[] {
  const sum = rates.reduce((a, b) => a + b, 0);
  let from = 0;
  return rates.map((rate) => {
    const length = sum > 0 ? (rate / sum) * 100 : 0;
    const slice = { from, length };
    from += length;
    return slice;
  });
}

/** Shares as a ring, with a table of them that is its legend. Colours are those of a chart of the same parts. */
export function Donut({ shares, label }: { shares: readonly TrafficShare[]; label: string }) {
  const { words, theme } = useEnv();
  const lines = shares.map(({ name, isOther }) => ({
    ...{ key: name, role: 'value' as const, ...(isOther && { isOther }) },
  }));
  const looks = looksOf(lines, theme);
  const slices = slicesOf(shares.map(({ rate }) => rate));
  return h(
    'div',
    { class: 'donut' },
    h(
      'svg',
      { viewBox: '0 0 120 120', 'aria-hidden': 'true' },
      slices.map(({ from, length }, i) =>
        h('circle', {
          ...{ key: i, cx: 60, cy: 60, r: 45, fill: 'none', pathLength: 100 },
          ...{ stroke: looks[i]!.color, 'stroke-width': 22, transform: 'rotate(-90 60 60)' },
          'stroke-dasharray': `${Math.max(0.2, length - (shares.length > 1 ? gap : 0))} 100`,
          'stroke-dashoffset': -from,
        }),
      ),
    ),
    h(
      'table',
      { class: 'legend-table', 'aria-label': label },
      h(
        'thead',
        { class: 'hidden' },
        h(
          'tr',
          null,
          ['name', 'share', 'rate'].map((name) =>
            h('th', { key: name, scope: 'col' }, words.t(`elements.traffic.${name}`)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        shares.map(({ name, isOther, rate, share }, i) => {
          const text = isOther ? words.t('elements.traffic.others') : deviceText(name);
          return h(
            'tr',
            { key: `${isOther ? 'other' : 'own'} ${name}` },
            h(
              'th',
              { scope: 'row' },
              h('i', { class: 'dot', style: { background: looks[i]!.color } }),
              h('span', { class: 'cut', title: text }, text),
            ),
            h('td', { class: 'n' }, h('b', null, words.percent(share))),
            h('td', { class: 'n pale' }, words.value(rate, 'bit/s')),
          );
        }),
      ),
    ),
  );
}
