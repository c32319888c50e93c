import { Problem, show } from '../../shared/problem.ts';
import { TextSearch } from './contains.ts';
import { type JsonCondition, meets, valueAt } from './json-condition.ts';

/** kB of 1000 characters of a body that a JSON condition reads: parsing more would hold up Node-RED */
const mostJson = 256;

/** What a body must be like. Texts that are empty ask for nothing. */
export interface BodyConditions {
  contains: string;
  lacks: string;
  json?: JsonCondition | undefined;
  /** the JSON condition as it was written */
  jsonText: string;
}

/** Judges one body, as soon as enough of it has come: it may be endless. */
export class BodyCheck {
  readonly #conditions: BodyConditions;
  readonly #wanted: TextSearch;
  readonly #unwanted: TextSearch | undefined;
  /** characters */
  #size = 0;

  constructor(conditions: BodyConditions) {
    this.#conditions = conditions;
    this.#wanted = new TextSearch(conditions.contains);
    if (conditions.lacks !== '') this.#unwanted = new TextSearch(conditions.lacks);
  }

  /** Takes the next piece. Returns whether the rest cannot change the verdict. */
  take(piece: string): boolean {
    this.#size += piece.length;
    if (this.#unwanted?.take(piece) || this.#isTooLarge) return true;
    return this.#wanted.take(piece) && !this.#unwanted && !this.#conditions.json;
  }

  /**
   * What is wrong with the body, once all has come that is needed.
   * @param document gives the body as JSON, or throws
   */
  verdict(document: () => unknown): Problem | undefined {
    const { contains, lacks, json, jsonText } = this.#conditions;
    if (this.#unwanted?.found) return new Problem('bodyOther', { text: show(lacks) });
    if (this.#isTooLarge) return new Problem('bodyLarge', { kilobytes: mostJson });
    if (!this.#wanted.found) return new Problem('bodyText', { text: show(contains) });
    if (!json) return undefined;
    const read = document();
    if (meets(read, json)) return undefined;
    const actual = show(valueAt(read, json.path));
    return new Problem('bodyCondition', { condition: jsonText.trim(), actual });
  }

  get #isTooLarge(): boolean {
    return this.#conditions.json !== undefined && this.#size > mostJson * 1000;
  }
}
