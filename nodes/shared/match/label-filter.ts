import type { Matcher } from './pattern.ts';

export type Labels = Readonly<Record<string, string>>;

/** One condition on a label, such as `interface!~"eth.*"`. */
export interface LabelMatcher {
  label: string;
  negated: boolean;
  fits: Matcher;
  /** the one text that it takes, where it is `=` and has no `*` */
  equals?: string;
}

/** Which series are meant, by their labels. Written as in Prometheus; see `parseLabels` in parse-filter.ts. */
export class LabelFilter {
  /** as it was written, without blanks around it */
  readonly text: string;
  readonly #matchers: readonly LabelMatcher[];

  constructor(text: string, matchers: readonly LabelMatcher[]) {
    this.text = text;
    this.#matchers = matchers;
  }

  /** Whether it has no condition. */
  get isEmpty(): boolean {
    return this.#matchers.length === 0;
  }

  /** The labels that it asks for, where each condition is that a label is one text; else undefined. */
  get exact(): Record<string, string> | undefined {
    const entries: [string, string][] = [];
    for (const { label, equals } of this.#matchers) {
      if (equals === undefined) return undefined;
      entries.push([label, equals]);
    }
    return Object.fromEntries(entries);
  }

  /** Whether labels meet every condition. A label that is not there counts as an empty text. */
  takes(labels: Labels): boolean {
    return this.#matchers.every(({ label, negated, fits }) => {
      const value = Object.hasOwn(labels, label) ? labels[label]! : '';
      return fits(value) !== negated;
    });
  }

  /** In JSON it is its text. */
  toJSON(): string {
    return this.text;
  }
}
