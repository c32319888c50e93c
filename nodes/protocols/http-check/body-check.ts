import { Problem, show } from '../../shared/problem.ts';
import { TextSearch } from './contains.ts';

/** What a body must be like. Texts that are empty ask for nothing. */
export interface BodyConditions {
  contains: string;
  lacks: string;
  /** JSONata */
  json: string;
}

/** Searches one body for texts, as soon as enough of it has come: it may be endless. */
export class BodyCheck {
  readonly #conditions: BodyConditions;
  readonly #wanted: TextSearch;
  readonly #unwanted: TextSearch | undefined;

  constructor(conditions: BodyConditions) {
    this.#conditions = conditions;
    this.#wanted = new TextSearch(conditions.contains);
    if (conditions.lacks !== '') this.#unwanted = new TextSearch(conditions.lacks);
  }

  /** Takes the next piece. Returns whether the rest cannot change the verdict. */
  take(piece: string): boolean {
    if (this.#unwanted?.take(piece)) return true;
    return this.#wanted.take(piece) && !this.#unwanted && this.#conditions.json === '';
  }

  /** What is wrong with the texts of the body, once all has come that is needed. */
  verdict(): Problem | undefined {
    const { contains, lacks } = this.#conditions;
    if (this.#unwanted?.found) return new Problem('bodyOther', { text: show(lacks) });
    return this.#wanted.found ? undefined : new Problem('bodyText', { text: show(contains) });
  }
}
