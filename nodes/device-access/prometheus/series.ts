import type { ExpositionSample } from './exposition.ts';

/** The samples of one exposition, by their names. */
export class Series {
  readonly #byName: Map<string, ExpositionSample[]>;

  constructor(samples: readonly ExpositionSample[]) {
    this.#byName = Map.groupBy(samples, ({ name }) => name);
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
