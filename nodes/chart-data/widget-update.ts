import type { Kind } from './config.ts';

/**
 * What a Dashboard 2 widget is told besides its values: the unit, a chart's on its axis and in its tooltip, and
 * the colours in the order of what is shown. A legend gets
 * one line with arrows, out of the way: by itself it wraps into the chart, and the axis leaves the card.
 * Source: https://dashboard.flowfuse.com/nodes/widgets/ui-chart.html#dynamic-properties
 */
export function widgetUpdate(kind: Kind, unit: string, color: readonly string[]): object {
  if (kind === 'gauge') return { units: unit };
  if (kind === 'pie') {
    const tooltip = { formatter: `{b}: {c} ${inTemplate(unit)} ({d} %)` };
    return { chartOptions: { color, tooltip, legend: { type: 'scroll', top: 0 } } };
  }
  return {
    chartOptions: {
      color,
      // A template cannot sort, and a function cannot be sent: the head of the tooltip tells the unit.
      tooltip: {
        order: 'valueDesc',
        axisPointer: { label: { formatter: `{value}  ${inTemplate(unit)}` } },
      },
      legend: { type: 'scroll', top: 'auto', bottom: 0 },
      grid: { top: 30, bottom: 52 },
      yAxis: { name: unit },
    },
  };
}

// Braces would be taken for a place to fill in.
function inTemplate(unit: string): string {
  return unit.replace(/[{}<>&]/g, '');
}
