import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../shared/problem.ts';

export const linkActions = ['acknowledge', 'silence'] as const;
export type LinkAction = (typeof linkActions)[number];

/** The addresses of what may be done about an alert. */
export type Links = Record<LinkAction, string>;

/** What a link lets whoever has it do: one thing to one alert, until it expires. */
export interface ActionLink {
  action: LinkAction;
  /** of the alert */
  fingerprint: string;
  /** of the alert, ms since the Unix epoch: the link of one outage does not work for the next */
  startsAt: number;
  /** ms since the Unix epoch */
  expiresAt: number;
}

/** bytes of the signature: 128 bits, as RFC 2104 (section 5) holds for enough with SHA-256 */
const signatureBytes = 16;
const form = /^([a-z]+)\.([\w-]{1,1000})\.([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([\w-]{22})$/;

/** Makes the tokens of links, and knows its own again. */
export class LinkSigner {
  readonly #secret: Uint8Array;

  /** @param secret random, at least 32 bytes */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** The token of a link, with characters that an address takes as they are (RFC 3986, 2.3). */
  sign({ action, fingerprint, startsAt, expiresAt }: ActionLink): string {
    const times = [startsAt, expiresAt].map((time) => Math.round(time).toString(36));
    const content = [action, Buffer.from(fingerprint).toString('base64url'), ...times].join('.');
    return `${content}.${this.#signature(content)}`;
  }

  /**
   * What a token lets do. Throws a Problem where it was not made here, was changed, or has expired.
   * @param date now, ms since the Unix epoch
   */
  read(token: unknown, date: number): ActionLink {
    const match = typeof token === 'string' ? form.exec(token) : null;
    if (!match) throw new Problem('linkForged');
    const [whole, action = '', fingerprint = '', startsAt = '', expiresAt = '', signature = ''] =
      match;
    const content = whole.slice(0, -signature.length - 1);
    const isOwn = timingSafeEqual(Buffer.from(this.#signature(content)), Buffer.from(signature));
    if (!isOwn || !linkActions.includes(action as LinkAction)) throw new Problem('linkForged');
    const link = {
      action: action as LinkAction,
      fingerprint: Buffer.from(fingerprint, 'base64url').toString(),
      startsAt: parseInt(startsAt, 36),
      expiresAt: parseInt(expiresAt, 36),
    };
    if (link.expiresAt <= date) throw new Problem('linkExpired');
    return link;
  }

  // Compared as text: several texts in base64 stand for the same bytes.
  #signature(content: string): string {
    const whole = createHmac('sha256', this.#secret).update(content).digest();
    return whole.subarray(0, signatureBytes).toString('base64url');
  }
}
