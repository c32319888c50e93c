import type { LabelFilter, Labels } from './label-filter.ts';
import type { Matcher } from './pattern.ts';

/** One selector: a name, perhaps with labels. */
export interface SeriesEntry {
  fits: Matcher;
  labels: LabelFilter;
  /** whether it leaves out what it fits */
  negated: boolean;
}

/** Which series are meant, by name and labels. An empty one means none; see `parseSeries` in parse-filter.ts. */
export class SeriesFilter {
  readonly #entries: readonly SeriesEntry[];

  constructor(entries: readonly SeriesEntry[]) {
    this.#entries = entries;
  }

  /** Which series of a name are meant, by their labels; undefined where none can be. */
  of(name: string): ((labels: Labels) => boolean) | undefined {
    if (this.#entries.length === 0) return undefined;
    const onlyExcludes = this.#entries.every(({ negated }) => negated);
    const meant = this.#entries.filter(({ fits }) => fits(name));
    const included = meant.filter(({ negated }) => !negated);
    const excluded = meant.filter(({ negated }) => negated);
    if (included.length === 0 && !onlyExcludes) return undefined;
    if (excluded.some(({ labels }) => labels.isEmpty)) return undefined;
    return (labels) =>
      (onlyExcludes || included.some((entry) => entry.labels.takes(labels))) &&
      !excluded.some((entry) => entry.labels.takes(labels));
  }
}
