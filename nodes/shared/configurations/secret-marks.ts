import { createHmac } from 'node:crypto';
import type { Secret } from './text-rules.ts';

/** hex digits of a mark: enough that a changed secret has another one, too few to tell the secret */
const digits = 8;

/**
 * Puts marks such as `<secret 1a2b3c4d>` in the place of secrets: the same for the same secret and key, so that a change
 * shows and nothing is told.
 */
export class SecretMarks {
  readonly #secrets: readonly Secret[];
  readonly #key: string | Uint8Array;
  /** a secret that goes on in the next line */
  #open: { secret: Secret; before: string; lines: string[] } | undefined;

  constructor(secrets: readonly (RegExp | Secret)[], key: string | Uint8Array) {
    this.#secrets = secrets.map((secret) => (secret instanceof RegExp ? { find: secret } : secret));
    this.#key = key;
  }

  /**
   * A line with marks; undefined where it belongs to a secret that goes on: the line that ends it stands for all.
   * @param section the line that began the section
   */
  line(text: string, section: string): string | undefined {
    if (!this.#open) return this.#marked(text, '', section);
    const { secret, before, lines } = this.#open;
    const end = secret.to?.exec(text)?.index;
    lines.push(text.slice(0, end));
    if (end === undefined) return undefined;
    this.#open = undefined;
    return this.#marked(text.slice(end), before + this.#mark(secret, lines.join('\n')), section);
  }

  /** The last line, where a secret has not ended. */
  end(): string | undefined {
    if (!this.#open) return undefined;
    const { secret, before, lines } = this.#open;
    this.#open = undefined;
    return before + this.#mark(secret, lines.join('\n'));
  }

  #marked(text: string, before: string, section: string): string | undefined {
    const found = this.#secrets.flatMap((secret) =>
      secret.under?.test(section) === false ? [] : places(secret, text),
    );
    if (found.length === 0) return before + text;
    found.sort((a, b) => a.begin - b.begin || b.end - a.end);
    const pieces = [before];
    let at = 0;
    for (const [i, { secret, begin, end }] of found.entries()) {
      if (begin < at) continue;
      // What overlaps is one secret: the longest of all.
      let last = end;
      for (let next = i + 1; next < found.length && found[next]!.begin < last; next++) {
        last = Math.max(last, found[next]!.end);
      }
      pieces.push(text.slice(at, begin));
      if (last > text.length) {
        this.#open = { secret, before: pieces.join(''), lines: [text.slice(begin)] };
        return undefined;
      }
      pieces.push(this.#mark(secret, text.slice(begin, last)));
      at = last;
    }
    return pieces.join('') + text.slice(at);
  }

  #mark(secret: Secret, text: string): string {
    // Stars in the place of a secret are the same for all.
    if (secret.isRenewed || /^"?\*+"?$/.test(text)) return '<secret>';
    const hash = createHmac('sha256', this.#key).update(text).digest('hex');
    return `<secret ${hash.slice(0, digits)}>`;
  }
}

interface Place {
  secret: Secret;
  begin: number;
  /** beyond the line where it goes on in the next one */
  end: number;
}

function places(secret: Secret, text: string): Place[] {
  const { find, to } = secret;
  const found = typeof find === 'function' ? find(text) : spans(find, text);
  return found.map(([begin, end]) => {
    if (!to) return { secret, begin, end };
    const length = to.exec(text.slice(begin))?.index;
    return { secret, begin, end: length === undefined ? text.length + 1 : begin + length };
  });
}

function spans(find: RegExp, text: string): [number, number][] {
  const found: [number, number][] = [];
  find.lastIndex = 0;
  for (let match = find.exec(text); match; match = find.global ? find.exec(text) : null) {
    const end = match.index + match[0].length;
    found.push([end - (match.groups?.secret ?? match[0]).length, end]);
    if (match[0] === '') find.lastIndex++;
  }
  return found;
}
