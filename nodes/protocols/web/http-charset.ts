import { isAscii } from 'node:buffer';
/** bytes in which a page may tell its character set: https://html.spec.whatwg.org, 13.2.3.2 */
const prescan = 1024;

/**
 * Turns the bytes of a body into text, piece by piece. The character set is that of a byte order
 * mark, else of the header, else of what a page says of itself, else UTF-8.
 */
export class BodyText {
  readonly #type: string;
  readonly #declared: string | undefined;
  readonly #needed: number;
  #waiting = new Uint8Array();
  #decoder: Pick<TextDecoder, 'decode'> | undefined;

  /** @param contentType the header `content-type` */
  constructor(contentType: string) {
    this.#type = mediaType(contentType);
    this.#declared = known(parameter(contentType));
    this.#needed = this.#declared !== undefined || !isPage(this.#type) ? 4 : prescan;
  }

  /** The text of the next bytes, as far as it is certain. */
  take(bytes: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(bytes, { stream: true });
    const all = this.#waiting.length === 0 ? bytes : joined(this.#waiting, bytes);
    if (all.length < this.#needed) {
      this.#waiting = Uint8Array.from(all);
      return '';
    }
    return this.#open(all).decode(all, { stream: true });
  }

  /** The rest of the text, once there are no more bytes. */
  end(): string {
    if (this.#decoder) return this.#decoder.decode();
    return this.#open(this.#waiting).decode(this.#waiting);
  }

  #open(start: Uint8Array): Pick<TextDecoder, 'decode'> {
    const set =
      byMark(start) ?? this.#declared ?? byZeros(start) ?? (isPage(this.#type) && byPage(start));
    return (this.#decoder = set ? new TextDecoder(set) : new UndeclaredDecoder());
  }
}

/** The content type without its parameters, in lower case; empty where there is none. */
export function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase();
}

function parameter(contentType: string): string {
  const [, quoted, plain] =
    /;\s*charset\s*=\s*(?:["']([^"']*)["']?|([^\s;]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? '';
}

// Undefined for a name that nobody knows.
function known(label: string): string | undefined {
  try {
    return label.trim() === '' ? undefined : new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

function isPage(type: string): boolean {
  return type === '' || type.includes('html') || type.includes('xml');
}

function byMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xff && b === 0xfe ? 'utf-16le' : undefined;
}

// RFC 4627, 3: texts begin with ASCII, so that in UTF-16 each other byte is 0.
function byZeros([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0 && b! > 0 && c === 0 && d! > 0) return 'utf-16be';
  return a! > 0 && b === 0 && c! > 0 && d === 0 ? 'utf-16le' : undefined;
}

function byPage(start: Uint8Array): string | undefined {
  const text = Buffer.from(start.subarray(0, prescan))
    .toString('latin1')
    .replace(/<!--[^]*?(?:-->|$)/g, '');
  const [, label = ''] =
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([\w:.-]+)/i.exec(text) ??
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(text) ??
    [];
  const set = known(label);
  // It could not be read if it were so.
  return set?.startsWith('utf-16') ? 'utf-8' : set;
}

/**
 * UTF-8, unless the first characters beyond ASCII are not and so must be an old device's
 * windows-1252.
 */
class UndeclaredDecoder {
  #decoder = new TextDecoder();
  #decided = false;
  /** whether bytes beyond ASCII have come */
  #isWithin = false;

  decode(bytes?: Uint8Array, options?: TextDecodeOptions): string {
    // Most answers are no more than ASCII, of which no decoder has anything pending.
    if (bytes && !this.#decided && !this.#isWithin && isAscii(bytes)) {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    }
    this.#isWithin = true;
    const text = this.#decoder.decode(bytes, options);
    // eslint-disable-next-line no-control-regex -- ASCII has them
    const beyond = this.#decided ? undefined : /[^\x00-\x7f]/.exec(text);
    if (!beyond) return text;
    this.#decided = true;
    // eslint-disable-next-line no-control-regex -- ASCII has them
    if (beyond[0] !== '\ufffd' || /[^\x00-\x7f\ufffd]/.test(text)) return text;
    this.#decoder = new TextDecoder('windows-1252');
    return this.#decoder.decode(bytes, options);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
