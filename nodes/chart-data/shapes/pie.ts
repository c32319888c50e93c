import { isRest } from '../../shared/traffic/subjects.ts';
import { otherColor } from '../colors.ts';
import type { Dashboard } from '../config.ts';
import { rounded } from '../round.ts';
import type { ChosenUnit } from '../unit-choice.ts';
import { inTemplate } from '../widget-update.ts';
import { identity, newest, type Shape } from './shape.ts';

export const pieShape: Shape = {
  adds: true,
  draw(series, { options, words, colors, ...view }) {
    const slices = view.groups(series, false, Infinity).map((group) => ({
      legend: group.legend,
      value: group.members[0]!.value,
      ...(isRest(group.members[0]!) ? {} : { key: identity(group) }),
    }));
    const shown = withOther(slices, options.limit, words.other).filter(({ value }) => value > 0);
    const keys = shown.flatMap(({ key }) => key ?? []);
    const chosen = colors.of(keys);
    const inOrder = shown.map(({ key }) =>
      key === undefined ? otherColor : chosen[keys.indexOf(key)]!,
    );
    const unit = view.unit(series, series.map(newest));
    return { payload: pie(shown, unit, options.dashboard), unit, colors: inOrder };
  },
  update(unit, color) {
    const tooltip = { formatter: `{b}: {c} ${inTemplate(unit)} ({d} %)` };
    return { chartOptions: { color, tooltip, legend: { type: 'scroll', top: 0 } } };
  },
};

/** A slice of a pie. */
interface Slice {
  legend: string;
  value: number;
  /** the identity of its series; missing where it stands for several */
  key?: string;
}

/**
 * A pie. Only values above 0 have a share; where there is none the pie is cleared.
 */
function pie(slices: readonly Slice[], { factor }: ChosenUnit, dashboard: Dashboard): unknown[] {
  const shown = slices
    .filter(({ value }) => value > 0)
    .map(({ legend, value }) => ({ legend, value: rounded(value * factor) }));
  if (shown.length === 0) return [];
  if (dashboard === 'dashboard-2') {
    return shown.map(({ legend, value }) => ({ series: '', x: legend, y: value }));
  }
  return [
    {
      series: [''],
      data: [shown.map(({ value }) => value)],
      labels: shown.map(({ legend }) => legend),
    },
  ];
}

/**
 * At most `limit` slices: the largest in their order, and last one of all others together, with what its source has
 * put together already.
 */
function withOther(slices: readonly Slice[], limit: number, other: string): Slice[] {
  const own = slices.filter(({ key }) => key !== undefined);
  if (own.length === slices.length && slices.length <= limit) return [...slices];
  const bySize = own.toSorted((a, b) => b.value - a.value);
  const large = new Set(bySize.slice(0, Math.max(0, limit - 1)));
  const rest = slices
    .filter((slice) => !large.has(slice))
    .reduce((sum, { value }) => sum + Math.max(0, value), 0);
  return [...slices.filter((slice) => large.has(slice)), { legend: other, value: rest }];
}
