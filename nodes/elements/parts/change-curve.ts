import { h } from 'preact';
import type { Sparkline } from '../../contract/pages.ts';
import { sparklinePath } from './sparkline-path.ts';

const width = 240;
const height = 44;

/** A curve from its least to its largest value: what moved is to be seen, however large it is. */
export function curvePath(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity);
  // One that rests is a line, too.
  const zero = most > least ? least : least - 1;
  const above = values.map((value) => (value === null ? null : value - zero));
  return sparklinePath(above, width, height);
}

/** Where the span begins in a curve, in its width. */
export function spanStart({ start, step, values }: Sparkline, from: number): number {
  const share = (from - start) / (step * Math.max(1, values.length));
  return width * Math.min(1, Math.max(0, share));
}

/** A curve of the time before and, on a darker ground, of the span. A sentence beside it says what it shows. */
export function ChangeCurve({ curve, from }: { curve: Sparkline; from: number }) {
  const x = spanStart(curve, from);
  return h(
    'svg',
    {
      class: 'change-curve',
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    h('rect', { x, y: 0, width: width - x, height }),
    h('path', { d: curvePath(curve.values), 'vector-effect': 'non-scaling-stroke' }),
  );
}
