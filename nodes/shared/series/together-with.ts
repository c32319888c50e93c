import { usualGap } from './movement.ts';
import { coarser, type Differences, differences, type Together, together } from './together.ts';

/** A series, to be compared with many others. */
export class TogetherWith {
  readonly #values: Float64Array;
  readonly #gap: number;
  /** its differences by the length of their steps */
  readonly #known = new Map<number, Differences | undefined>();

  /** @param values equal steps, NaN where there is nothing */
  constructor(values: Float64Array) {
    this.#values = values;
    this.#gap = usualGap(values);
  }

  /**
   * How another series moves with it, in steps in which both have a value. Undefined where they have too little in
   * common.
   * @param values the same steps
   */
  look(values: Float64Array): Together | undefined {
    const factor = Math.max(this.#gap, usualGap(values));
    if (!this.#known.has(factor)) {
      this.#known.set(factor, differences(coarser(this.#values, factor)));
    }
    const first = this.#known.get(factor);
    const second = first && differences(coarser(values, factor));
    const found = second && together(first, second);
    return found && { ...found, lag: found.lag * factor };
  }
}
