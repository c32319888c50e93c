import { Problem } from '../problem.ts';
import { kindOfText, type ReadingsText, type TextKind } from './text-readings.ts';

/** characters above which a line is none: its quotes are not closed, or the file is something else */
const longest = 1 << 20;

/**
 * Puts an exported text that comes in pieces, as a file does, together to texts of whole lines, each of which can be
 * read by itself: a line of CSV may have line breaks within quotes, and each text of CSV begins with the line of names.
 */
export class WholeLines {
  #kind: TextKind | undefined;
  #header = '';
  /** the lines of the header */
  #headerLines = 0;
  #rest = '';
  /** the number of the line with which the rest begins */
  #line = 1;
  /** characters of the rest that were looked at, and whether they end within quotes */
  #seen = 0;
  #isQuoted = false;

  /**
   * Takes a piece. Returns the lines that are whole by now; undefined where there is none. Throws a Problem where it is
   * no exported text, or where a line does not end.
   */
  add(piece: string): ReadingsText | undefined {
    this.#rest += piece;
    if (!this.#kind && this.#rest.trimStart().includes('\n')) this.#find();
    if (!this.#kind) {
      if (this.#rest.length > longest) throw new Problem('noReadingsText');
      return undefined;
    }
    const end = this.#lastEnd();
    if (end === 0 && this.#rest.length > longest) {
      throw new Problem('lineTooLong', { line: this.#line });
    }
    return end === 0 ? undefined : this.#take(end);
  }

  /** The last line, which may have no end of its own. */
  end(): ReadingsText | undefined {
    if (this.#rest.trim() === '' && this.#kind) return undefined;
    if (!this.#kind) this.#find();
    return this.#rest === '' ? undefined : this.#take(this.#rest.length);
  }

  #find(): void {
    this.#kind = kindOfText(this.#rest);
    if (!this.#kind) throw new Problem('noReadingsText');
    if (this.#kind === 'json') return;
    const first = this.#rest.search(/\S/);
    const end = this.#rest.indexOf('\n', first) + 1 || this.#rest.length;
    this.#header = this.#rest.slice(first, end);
    this.#line += lineBreaks(this.#rest.slice(0, end));
    this.#headerLines = lineBreaks(this.#header);
    this.#rest = this.#rest.slice(end);
  }

  #take(end: number): ReadingsText {
    const text = this.#rest.slice(0, end);
    const line = this.#line - this.#headerLines;
    this.#rest = this.#rest.slice(end);
    this.#line += lineBreaks(text);
    this.#seen = this.#rest.length;
    return { text: this.#header + text, kind: this.#kind!, line };
  }

  // Where the last whole line ends; 0 where none does.
  #lastEnd(): number {
    if (this.#kind === 'json') return this.#rest.lastIndexOf('\n') + 1;
    let end = 0;
    const signs = /["\n]/g;
    signs.lastIndex = this.#seen;
    for (let found = signs.exec(this.#rest); found; found = signs.exec(this.#rest)) {
      if (found[0] === '"') this.#isQuoted = !this.#isQuoted;
      else if (!this.#isQuoted) end = signs.lastIndex;
    }
    this.#seen = this.#rest.length;
    return end;
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
