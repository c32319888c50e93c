/**
 * Looks for a text, in which `*` stands for any characters, in another that comes piece by piece. The
 * parts between must come in their order. Takes time proportional to the text, however large.
 */
export class TextSearch {
  readonly #parts: string[];
  /** the end of what has come, as far as the next part may begin there */
  #rest = '';

  constructor(wanted: string) {
    this.#parts = wanted.split('*').filter((part) => part !== '');
  }

  get found(): boolean {
    return this.#parts.length === 0;
  }

  /** Takes the next piece. Returns whether all has been found. */
  take(piece: string): boolean {
    if (this.found) return true;
    const text = this.#rest + piece;
    let from = 0;
    for (;;) {
      const [part] = this.#parts;
      if (part === undefined) return true;
      const at = text.indexOf(part, from);
      if (at < 0) {
        this.#rest = text.slice(Math.max(from, text.length - part.length + 1));
        return false;
      }
      from = at + part.length;
      this.#parts.shift();
    }
  }
}
