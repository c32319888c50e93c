import { readable } from '../round.ts';
import type { ChosenUnit } from '../unit-choice.ts';
import { combined } from './combined.ts';
import type { Shape } from './shape.ts';

export const gaugeShape: Shape = {
  draw(series, view) {
    const value = combined(series, view.options.combine);
    const unit = view.unit(series, [value ?? 0]);
    return { payload: gauge(value, unit), unit };
  },
  update: (unit) => ({ units: unit }),
};

/** What a gauge takes: a number in the chosen unit, null where there is none. */
function gauge(value: number | undefined, { factor }: ChosenUnit): number | null {
  return value === undefined ? null : readable(value * factor);
}
