import { h } from 'preact';
import type { TrafficMatrix, TrafficRequest } from '../../../contract/pages.ts';
import { lineColors, looksOf } from '../../theme/line-colors.ts';
import type { ThemeName } from '../../theme/tokens.ts';
import { useEnv } from '../../view/env.ts';
import { deviceText } from '../../view/text.ts';
import type { Words } from '../../words/words.ts';
import { ribbonPath, type SankeyEnd, sankeyLayout } from './sankey-layout.ts';
import { Address } from './share-bars.ts';

interface SankeyProps {
  between: TrafficMatrix;
  label: string;
  /** where the search of an address leads */
  within: TrafficRequest;
}

/** Who sends how much to whom: names at both sides, and ribbons between them. */
export function Sankey({ between, label, within }: SankeyProps) {
  const { words, theme } = useEnv();
  const { sources, destinations, ribbons, height } = sankeyLayout(between);
  const colors = sourceColors(
    sources.map(({ name }) => name),
    theme,
  );
  const colorOf = (place: number) => colors[place] ?? 'currentColor';
  const said = ribbons.map(({ source, destination, rate }) =>
    words.t('elements.traffic.from-to', {
      from: nameOf(sources[source]!, words),
      to: nameOf(destinations[destination]!, words),
      rate: words.value(rate, 'bit/s'),
    }),
  );
  return h(
    'div',
    { class: 'sankey', role: 'group', 'aria-label': label },
    h(Ends, { ends: sources, height, within, label: words.t('elements.traffic.sources'), colorOf }),
    h(
      'svg',
      {
        ...{ viewBox: `0 0 100 ${height}`, preserveAspectRatio: 'none', style: { height } },
        'aria-hidden': 'true',
      },
      ribbons.map((ribbon, i) =>
        h(
          'path',
          {
            key: `${ribbon.source} ${ribbon.destination}`,
            ...{ d: ribbonPath(ribbon), fill: colorOf(ribbon.source) },
          },
          h('title', null, said[i]),
        ),
      ),
    ),
    h(Ends, {
      ends: destinations,
      height,
      within,
      label: words.t('elements.traffic.destinations'),
    }),
    h(
      'ul',
      { class: 'hidden' },
      said.map((text, i) => h('li', { key: i }, text)),
    ),
  );
}

/** The colours of senders, the largest first: of so many as there are colours no two are alike. */
export function sourceColors(names: readonly string[], theme: ThemeName): string[] {
  const lines = names.map((name) => ({
    ...{ key: name, role: 'value' as const, ...(name === '' && { isOther: true as const }) },
  }));
  const most = lineColors[theme].length;
  const looks = [...looksOf(lines.slice(0, most), theme), ...looksOf(lines.slice(most), theme)];
  return looks.map(({ color }) => color);
}

interface EndsProps {
  ends: readonly SankeyEnd[];
  height: number;
  within: TrafficRequest;
  label: string;
  colorOf?: (place: number) => string;
}

function Ends({ ends, height, within, label, colorOf }: EndsProps) {
  const { words } = useEnv();
  return h(
    'ol',
    { class: `ends ${colorOf ? 'left' : 'right'}`, 'aria-label': label, style: { height } },
    ends.map(({ name, rate, top, height: own, from, thickness }, place) =>
      h(
        'li',
        { key: name === '' ? 'other' : `own ${name}`, style: { top, height: own } },
        h(Address, { name, within }),
        h('small', null, words.value(rate, 'bit/s')),
        h('i', {
          'aria-hidden': 'true',
          style: {
            ...{ top: from - top, height: Math.max(1, thickness) },
            ...(colorOf && { background: colorOf(place) }),
          },
        }),
      ),
    ),
  );
}

function nameOf({ name }: SankeyEnd, words: Words): string {
  return name === '' ? words.t('elements.traffic.others') : deviceText(name);
}
