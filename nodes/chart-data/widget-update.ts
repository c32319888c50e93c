import type { Kind } from './config.ts';

/**
 * What a Dashboard 2 widget is told besides its values: the unit, a chart's on its axis. A legend gets
 * one line with arrows, out of the way: by itself it wraps into the chart, and the axis leaves the card.
 * Source: https://dashboard.flowfuse.com/nodes/widgets/ui-chart.html#dynamic-properties
 */
export function widgetUpdate(kind: Kind, unit: string): object {
  if (kind === 'gauge') return { units: unit };
  if (kind === 'pie') return { chartOptions: { legend: { type: 'scroll', top: 0 } } };
  return {
    chartOptions: {
      legend: { type: 'scroll', top: 'auto', bottom: 0 },
      grid: { top: 30, bottom: 52 },
      yAxis: { name: unit },
    },
  };
}
