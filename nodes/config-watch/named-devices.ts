import { toAddress } from '../shared/address.ts';
import type { Device } from '../shared/devices/devices.ts';

/** characters of a text that are looked at: a line of syslog has at most some thousand */
const most = 20_000;

/** Finds devices in texts, such as a line of syslog, by their names and addresses. */
export class NamedDevices {
  /** by names and hosts in small letters; a host may have several */
  readonly #words = new Map<string, Set<string>>();
  /** names that are no single word */
  readonly #phrases: string[] = [];

  constructor(devices: readonly Device[]) {
    for (const { name, address } of devices) {
      for (const word of [name, toAddress('address', address).host]) this.#add(word, name);
      if (/[^\p{L}\p{N}_.:%-]/u.test(name)) this.#phrases.push(name);
    }
  }

  #add(word: string, name: string) {
    const key = word.toLowerCase();
    const known = this.#words.get(key) ?? new Set();
    this.#words.set(key, known.add(name));
  }

  /** The names of devices that a text has as whole words, in any case. */
  in(text: string): Set<string> {
    const looked = text.slice(0, most);
    const found = new Set<string>();
    for (const word of wordsOf(looked)) {
      for (const name of this.#words.get(word) ?? []) found.add(name);
    }
    const small = this.#phrases.length > 0 ? looked.toLowerCase() : '';
    for (const phrase of this.#phrases) if (small.includes(phrase.toLowerCase())) found.add(phrase);
    return found;
  }
}

// With and without the punctuation that may end a sentence, or stand before a message.
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_][\p{L}\p{N}_.:%-]*/gu) ?? [];
  const bare = words.map((word) => word.replace(/[.:%-]+$/, ''));
  const hosts = bare.map((word) => word.replace(/:\d+$/, ''));
  return [...new Set([...words, ...bare, ...hosts])];
}
