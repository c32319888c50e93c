import type { Kind } from './config.ts';

/**
 * What a Dashboard 2 widget is told besides its values: the unit, a chart's on its axis. A chart's
 * legend is kept to one line and its axis inside, where by itself both run into what is beside them.
 * Source: https://dashboard.flowfuse.com/nodes/widgets/ui-chart.html#dynamic-properties
 */
export function widgetUpdate(kind: Kind, unit: string): object {
  if (kind === 'gauge') return { units: unit };
  const legend = { type: 'scroll' };
  if (kind === 'pie') return { chartOptions: { legend } };
  return { chartOptions: { legend, grid: { bottom: 24 }, yAxis: { name: unit } } };
}
