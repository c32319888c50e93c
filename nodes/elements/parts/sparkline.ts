import { h } from 'preact';
import type { Sparkline as Curve } from '../../contract/pages.ts';
import type { Tone } from '../view/state-mark.ts';
import { sparklinePath } from './sparkline-path.ts';

const width = 120;
const height = 26;

/** A small curve beside a figure that says the same; so it is silent for screen readers. */
export function Sparkline({ of, tone }: { of: Curve | undefined; tone: Tone | 'in' }) {
  const path = of ? sparklinePath(of.values, width, height) : '';
  if (path === '') return h('span', { class: 'spark' });
  return h(
    'svg',
    {
      class: `spark ${tone}`,
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    h('path', { d: path, 'vector-effect': 'non-scaling-stroke' }),
  );
}
