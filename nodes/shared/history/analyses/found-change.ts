import type { Change } from '../../../contract/changes.ts';

/** A change with its curve, from the time before to the end of the span. */
export interface FoundChange extends Change {
  /** ms */
  start: number;
  step: number;
  /** the mean of each step; NaN where there is nothing */
  values: Float64Array;
}
