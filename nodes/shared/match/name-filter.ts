import { compileWildcard, type Matcher } from './pattern.ts';

/** One name of a list, in which `*` stands for any characters. */
export interface NameEntry {
  name: string;
  /** whether it leaves out what it fits */
  negated: boolean;
}

/** Which names are meant. Written as in `eth*, !eth9`; see `parseNames` in parse-filter.ts. */
export class NameFilter {
  readonly #included: NameList;
  readonly #excluded: NameList;

  constructor(entries: readonly NameEntry[]) {
    const names = (negated: boolean) =>
      entries.filter((entry) => entry.negated === negated).map(({ name }) => name);
    this.#included = new NameList(names(false));
    this.#excluded = new NameList(names(true));
  }

  takes(name: string): boolean {
    return this.rank(name) >= 0;
  }

  /**
   * The place of a name in the list: that of the first entry which fits it, not counting those with `!`.
   * 0 where the list only leaves out, -1 where the name is not meant.
   */
  rank(name: string): number {
    if (this.#excluded.place(name) >= 0) return -1;
    return this.#included.isEmpty ? 0 : this.#included.place(name);
  }
}

// A list made by ticks has hundreds of plain names.
class NameList {
  readonly isEmpty: boolean;
  readonly #plain = new Map<string, number>();
  readonly #wildcards: { fits: Matcher; place: number }[] = [];

  constructor(names: readonly string[]) {
    this.isEmpty = names.length === 0;
    for (const [place, name] of names.entries()) {
      if (name.includes('*')) this.#wildcards.push({ fits: compileWildcard(name), place });
      else if (!this.#plain.has(name)) this.#plain.set(name, place);
    }
  }

  /** The place of the first that fits, -1 where none does. */
  place(name: string): number {
    const plain = this.#plain.get(name);
    const wildcard = this.#wildcards.find(
      ({ fits, place }) => (plain === undefined || place < plain) && fits(name),
    );
    return wildcard?.place ?? plain ?? -1;
  }
}
