/** characters of a line from which on the cursor only goes forward: no device edits such a one */
const longestEdited = 10_000;
/** characters that a control sequence may have; a longer one is none */
const longestSequence = 4096;

const printable = /[\x20-\x7e\x80-\xff\t]+/y;
/* eslint-disable no-control-regex -- they are what a terminal is about */
/** CSI (ECMA-48, 5.4): parameters and the final character */
const csi = /\x1b\[([0-?]*)[ -/]*([@-~])/y;
/** texts for the terminal itself, such as a window's title (ECMA-48, 5.6) */
const controlString = /\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/y;
const otherSequence = /\x1b[ -/]*[0-OQ-WYZ\\`-~]/y;
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ -/]*)$/y;
/* eslint-enable no-control-regex */

/**
 * What a device sends to a terminal, as the lines that a person would see. It has one line that is open, which carriage
 * returns, backspaces and escape codes may write over; whatever moves to another line begins a new one.
 * Texts are in Latin-1: a character is a byte, see `decode.ts`.
 */
export class Terminal {
  #lines: string[] = [];
  #open = '';
  #cursor = 0;
  /** a carriage return, which means nothing where a line feed follows */
  #returned = false;
  /** the beginning of a sequence whose end is yet to come */
  #rest = '';
  /** where a question began that was answered: it is none of the text */
  #asked: number | undefined;
  #strange = 0;

  /** how many characters came that no text has */
  get strange(): number {
    return this.#strange;
  }

  /** how many lines were ended and not taken yet */
  get count(): number {
    return this.#lines.length;
  }

  /** The line that is not ended, up to the cursor. */
  get open(): string {
    return this.#returned ? '' : this.#open.slice(0, this.#cursor);
  }

  /** Takes the lines that were ended, and begins a new one. */
  flush(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#begin();
    return lines;
  }

  /** The end of the open line was a question that is answered now. @param length its characters */
  answered(length: number): void {
    const from = Math.max(0, this.#cursor - length);
    this.#open = this.#open.slice(0, from) + ' '.repeat(this.#cursor - from);
    this.#asked = from;
  }

  /** @param bytes the next ones, as Latin-1 */
  take(bytes: string): void {
    const text = this.#rest + bytes;
    this.#rest = '';
    for (let at = 0; at < text.length;) {
      const char = text[at]!;
      const run = match(printable, text, at);
      if (run) {
        this.#write(run[0]);
        at += run[0].length;
      } else if (char === '\x1b') {
        const length = this.#sequence(text, at);
        if (length === undefined) {
          this.#rest = text.slice(at);
          return;
        }
        at += length;
      } else {
        this.#control(char);
        at++;
      }
    }
  }

  #write(run: string) {
    this.#goBack();
    if (this.#asked !== undefined) {
      this.#open = this.#open.slice(0, this.#asked);
      this.#cursor = this.#asked;
      this.#asked = undefined;
    }
    const end = this.#cursor + run.length;
    if (this.#cursor === this.#open.length) this.#open += run;
    else this.#open = this.#open.slice(0, this.#cursor) + run + this.#open.slice(end);
    this.#cursor = end;
  }

  #control(char: string) {
    if (char === '\n') {
      this.#feed();
    } else if (char === '\r') {
      this.#returned = true;
    } else if (char === '\b') {
      this.#goBack();
      this.#move(this.#cursor - 1);
    } else if (char !== '\x07' && !(char === '\0' && this.#returned)) {
      this.#strange++;
    }
  }

  #feed() {
    const asked = this.#asked;
    // Blanks after the cursor are what is left of something written over.
    const line = this.#open.slice(0, asked ?? this.#cursor);
    const after = asked === undefined ? this.#open.slice(this.#cursor).trimEnd() : '';
    const whole = after === '' ? line : line + this.#open.slice(this.#cursor).trimEnd();
    this.#begin();
    if (asked === undefined || whole !== '') this.#lines.push(whole);
  }

  #begin() {
    this.#open = '';
    this.#cursor = 0;
    this.#returned = false;
    this.#asked = undefined;
  }

  // A carriage return that no line feed followed.
  #goBack() {
    if (!this.#returned) return;
    this.#returned = false;
    if (this.#open.length > longestEdited) this.#feed();
    else this.#move(0);
  }

  #move(column: number) {
    this.#asked = undefined;
    if (this.#open.length > longestEdited) return;
    this.#cursor = Math.min(Math.max(0, column), longestEdited);
    if (this.#cursor > this.#open.length) this.#open = this.#open.padEnd(this.#cursor);
  }

  /** The length of the sequence that begins there; undefined where its end is yet to come. */
  #sequence(text: string, at: number): number | undefined {
    const found = match(csi, text, at);
    if (found) {
      this.#obey(found[2]!, found[1]!);
      return found[0].length;
    }
    const other = match(controlString, text, at) ?? match(otherSequence, text, at);
    if (other) {
      if (other[0] === '\x1bE') this.#feed();
      return other[0].length;
    }
    const isUnfinished = text.length - at < longestSequence && match(unfinished, text, at);
    return isUnfinished ? undefined : 1;
  }

  // ECMA-48, 8.3. Where it moves to a line is not known here, only to which column.
  #obey(final: string, parameters: string) {
    if (!'CDGHKPXJf'.includes(final) || this.#open.length > longestEdited) return;
    this.#goBack();
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    const count = Math.min(first || 1, longestEdited);
    switch (final) {
      case 'C':
        this.#move(this.#cursor + count);
        break;
      case 'D':
        this.#move(this.#cursor - count);
        break;
      case 'G':
        this.#move(count - 1);
        break;
      case 'H':
      case 'f':
        this.#move((second || 1) - 1);
        break;
      case 'P':
        this.#replace(this.#cursor, count, 0);
        break;
      case 'X':
        this.#replace(this.#cursor, count, Math.min(count, this.#open.length - this.#cursor));
        break;
      default:
        this.#erase(first);
    }
  }

  #erase(part: number) {
    if (part === 0) this.#replace(this.#cursor, Infinity, 0);
    else if (part === 1) this.#replace(0, this.#cursor, this.#cursor);
    else this.#replace(0, Infinity, this.#cursor);
  }

  #replace(from: number, count: number, blanks: number) {
    this.#asked = undefined;
    this.#open = this.#open.slice(0, from) + ' '.repeat(blanks) + this.#open.slice(from + count);
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
