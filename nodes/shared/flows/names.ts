import { createHmac } from 'node:crypto';
import { addressText, type FlowAddress, networkOf } from './address.ts';
import type { Privacy } from './choices.ts';

/** names that are kept of a name server */
const mostNames = 10_000;
/** ms for which a name, or that there is none, is believed */
const [believed, believedMissing] = [3_600_000, 600_000];
/** ms that a report waits for names, and how many are asked for at a time */
const [patience, atATime] = [2000, 20];

export interface NamesOptions {
  privacy: Privacy;
  /** the user's own names */
  own: ReadonlyMap<FlowAddress, string>;
  /** hex digits, for hashes: who does not know them cannot find an address by trying all */
  key: string;
  /** asks a name server; undefined where it is not to be asked. Rejects where there is no name */
  resolve?: ((address: string) => Promise<string[]>) | undefined;
  /** ms since the Unix epoch, as leases end; today's where undefined */
  date?: () => number;
  /** ms on a steady clock */
  now: () => number;
}

/** Names of addresses for as long as those have them. */
interface EndingNames {
  /** @param now ms since the Unix epoch */
  nameOf: (address: FlowAddress, now: number) => string | undefined;
}

/**
 * What addresses are called in readings: by the user, as devices that Netmon polls, by a DHCP server's leases, or by a
 * name server; the first of them that knows one.
 */
export class Names {
  readonly #options: NamesOptions;
  /** names of devices by their addresses */
  #devices: ReadonlyMap<string, string> = new Map();
  #leases: EndingNames | undefined;
  readonly #found = new Map<string, { name: string | undefined; until: number }>();

  constructor(options: NamesOptions) {
    this.#options = options;
  }

  set devices(names: ReadonlyMap<string, string>) {
    this.#devices = names;
  }

  set leases(names: EndingNames) {
    this.#leases = names;
  }

  /** The text of an address, or its name. */
  textOf(address: FlowAddress): string {
    const { privacy, own, key } = this.#options;
    const named = own.get(address);
    if (named !== undefined) return named;
    const text = addressText(address);
    if (privacy === 'short') {
      const isShort = networkOf(address, typeof address === 'number' ? 24 : 48) === address;
      return isShort ? `${text}/${typeof address === 'number' ? 24 : 48}` : text;
    }
    if (privacy === 'hash') {
      return `#${createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex').slice(0, 12)}`;
    }
    const name = this.#told(address, text) ?? this.#found.get(text)?.name ?? text;
    // What is beyond the largest is called so.
    return name === 'other' ? text : name;
  }

  /** Asks for the names of addresses that are not known yet, for as long as a report can wait. */
  async find(addresses: Iterable<FlowAddress>): Promise<void> {
    const { resolve, privacy, own, now } = this.#options;
    if (!resolve || privacy !== 'full') return;
    const time = now();
    const asked = new Set<string>();
    for (const address of addresses) {
      const text = addressText(address);
      const known = this.#found.get(text);
      if (own.has(address) || (known && known.until > time)) continue;
      if (this.#told(address, text) === undefined) asked.add(text);
    }
    const waiting = [...asked];
    let isLate = false;
    const work = async () => {
      for (let text = waiting.pop(); text !== undefined && !isLate; text = waiting.pop()) {
        await this.#ask(text, resolve, now);
      }
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((end) => {
      timer = setTimeout(() => {
        isLate = true;
        end();
      }, patience);
    });
    await Promise.race([Promise.all(Array.from({ length: atATime }, work)), late]);
    clearTimeout(timer);
  }

  #told(address: FlowAddress, text: string): string | undefined {
    const { date = Date.now } = this.#options;
    return this.#devices.get(text) ?? this.#leases?.nameOf(address, date());
  }

  async #ask(
    text: string,
    resolve: (address: string) => Promise<string[]>,
    now: () => number,
  ): Promise<void> {
    const [name] = await resolve(text).catch(() => []);
    const isName = name !== undefined && /^[\w.-]{1,253}$/.test(name);
    const until = now() + (isName ? believed : believedMissing);
    // Those that were put in first go first.
    if (this.#found.size >= mostNames) this.#found.delete(this.#found.keys().next().value!);
    this.#found.delete(text);
    this.#found.set(text, { name: isName ? name : undefined, until });
  }
}
