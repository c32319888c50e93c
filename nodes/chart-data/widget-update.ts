/**
 * What a Dashboard 2 chart with axes is told besides its values: the unit, on its axis and in its tooltip, and
 * the colours in the order of what is shown. The legend gets one line with arrows, out of the way: by
 * itself it wraps into the chart, and the axis leaves the card.
 * Source: https://dashboard.flowfuse.com/nodes/widgets/ui-chart.html#dynamic-properties
 */
export function axisUpdate(unit: string, color: readonly string[]): { chartOptions: object } {
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

/**
 * {@link axisUpdate} with the last lines dashed. Lines are meant by their place: the widget goes through all
 * updates that it ever got, and would give a line the name of an earlier one.
 */
export function lineUpdate(unit: string, color: readonly string[], dashed: number): object {
  const { chartOptions } = axisUpdate(unit, color);
  const series = color.map((_, i) => ({
    lineStyle: { type: i < color.length - dashed ? 'solid' : 'dashed' },
  }));
  return { chartOptions: { ...chartOptions, series } };
}

/** A unit as part of a widget's template. Braces would be taken for a place to fill in. */
export function inTemplate(unit: string): string {
  return unit.replace(/[{}<>&]/g, '');
}
