import type { Dashboard } from '../config.ts';
import type { Group } from '../groups.ts';
import { rounded } from '../round.ts';
import type { ChosenUnit } from '../unit-choice.ts';
import { axisUpdate } from '../widget-update.ts';
import type { Words } from '../words.ts';
import { membersOf, newest, type Shape } from './shape.ts';

export const barShape: Shape = {
  adds: true,
  draw(all, { options, words, colors, ...view }) {
    const groups = view.groups(all, true);
    const series = membersOf(groups);
    const unit = view.unit(series, series.map(newest));
    const metrics = [...new Set(series.map(({ metric }) => metric))];
    const payload = bar(groups, unit, options.dashboard, words);
    return { payload, unit, colors: colors.of(metrics) };
  },
  update: axisUpdate,
};

/**
 * A bar chart: for each group, such as an interface, a bar for each of its metrics.
 * node-red-dashboard takes a list of values a metric with null where there is none, Dashboard 2 a
 * flat list; an empty list clears either.
 */
function bar(
  groups: readonly Group[],
  { factor }: ChosenUnit,
  dashboard: Dashboard,
  words: Words,
): unknown[] {
  if (groups.length === 0) return [];
  const metrics = [...new Set(groups.flatMap(({ members }) => members.map((m) => m.metric)))];
  const height = (group: Group, metric: string) => {
    const member = group.members.find((m) => m.metric === metric);
    return member ? rounded(member.value * factor) : null;
  };
  if (dashboard === 'dashboard-1') {
    return [
      {
        series: metrics.map((metric) => words.metric(metric)),
        data: metrics.map((metric) => groups.map((group) => height(group, metric))),
        labels: groups.map(({ legend }) => legend),
      },
    ];
  }
  return metrics.flatMap((metric) =>
    groups.map((group) => ({
      series: words.metric(metric),
      x: group.legend,
      y: height(group, metric),
    })),
  );
}
