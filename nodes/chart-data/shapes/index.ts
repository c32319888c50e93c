import type { Kind } from '../config.ts';
import { barShape } from './bar.ts';
import { gaugeShape } from './gauge.ts';
import { lineShape } from './line.ts';
import { pieShape } from './pie.ts';
import type { Shape } from './shape.ts';
import { tableShape } from './table.ts';
import { textShape } from './text.ts';

// By the node's setting.
const shapes: Record<Exclude<Kind, 'alerts' | 'heatmap'>, Shape> = {
  line: lineShape,
  bar: barShape,
  pie: pieShape,
  gauge: gaugeShape,
  text: textShape,
  table: tableShape,
};

/** The shape of readings for a kind of chart. Throws for alerts, which are no readings (`alerts.ts`), and for a heat map. */
export function shapeOf(kind: Kind): Shape {
  if (kind === 'alerts' || kind === 'heatmap') throw new Error(`${kind} is no shape of readings`);
  return shapes[kind];
}
