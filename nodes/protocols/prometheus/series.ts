import { each } from '../../shared/steps.ts';
import type { ExpositionSample } from './exposition.ts';

/** The samples of one exposition, by their names. */
export class Series {
  readonly #byName = new Map<string, ExpositionSample[]>();

  /** Makes them, and yields every few samples. */
  static *of(samples: readonly ExpositionSample[]): Generator<void, Series> {
    const series = new Series();
    yield* each(samples, (sample) => {
      const others = series.#byName.get(sample.name);
      if (others) others.push(sample);
      else series.#byName.set(sample.name, [sample]);
    });
    return series;
  }

  /** All samples of a name. */
  all(name: string): readonly ExpositionSample[] {
    return this.#byName.get(name) ?? [];
  }

  /** The value of a name that has but one series. */
  value(name: string): number | undefined {
    return this.all(name)[0]?.value;
  }
}
