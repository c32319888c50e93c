import { hasControl } from '../check.ts';
import { type FlowAddress, parseFlowAddress, parseNetwork } from './address.ts';
import type { Places } from './subjects.ts';
import type { Key } from './top-table.ts';

/** rows of a file: all networks of the world are about a million */
const mostRows = 3_000_000;
/** networks that may be around another one */
const mostAround = 64;

interface Place {
  as: Key | undefined;
  country: string | undefined;
}

/** The columns of a file with a heading, by what they may be called. */
const headings: readonly (readonly [keyof Columns, RegExp])[] = [
  ['country', /^(country_?code|country_iso_code|country|cc)$/i],
  ['as', /^(asn?|as_?number|autonomous_system_number)$/i],
  ['name', /^(as_?name|as_?description|autonomous_system_organization)$/i],
];

interface Columns {
  country?: number;
  as?: number;
  name?: number;
}

/**
 * Which AS and country networks belong to, as a text of rows tells: a network, or a first and a last address, and an AS,
 * a country of two letters, or both in any order. With a heading, columns are taken by their names. Of networks within others,
 * the narrowest counts.
 */
export class PlaceTable implements Places {
  readonly #places: Place[] = [];
  readonly #known = new Map<string, number>();
  readonly #rows: { first: FlowAddress; last: FlowAddress; place: number }[] = [];
  #columns: Columns | undefined;
  #v4 = { firsts: new Uint32Array(), lasts: new Uint32Array(), places: new Uint32Array() };
  #v6: { first: string; last: string; place: number }[] = [];
  /** rows that could not be read */
  left = 0;

  /** Takes a row; {@link finish} comes after the last one. */
  add(line: string): void {
    const cells = line.split(line.includes('\t') ? '\t' : /[,;]/).map(unquoted);
    const range = rangeOf(cells);
    if (!range || this.#rows.length >= mostRows) {
      if (!range && this.#rows.length === 0 && !this.#columns) this.#columns = columnsOf(cells);
      else if (line.trim() !== '') this.left++;
      return;
    }
    const place = placeOf(cells, range.cells, this.#columns);
    if (place.as === undefined && place.country === undefined) {
      this.left++;
      return;
    }
    const { first, last } = range;
    this.#rows.push({ first, last, place: this.#numberOf(place) });
  }

  get size(): number {
    return this.#v4.firsts.length + this.#v6.length;
  }

  /** Makes the table ready to be asked. */
  finish(): void {
    // Of those that begin at once, the widest is first: what is nearest before an address is the narrowest.
    const v4 = this.#rows.filter((row) => typeof row.first === 'number');
    v4.sort((a, b) => Number(a.first) - Number(b.first) || Number(b.last) - Number(a.last));
    this.#v4 = {
      firsts: Uint32Array.from(v4, ({ first }) => Number(first)),
      lasts: Uint32Array.from(v4, ({ last }) => Number(last)),
      places: Uint32Array.from(v4, ({ place }) => place),
    };
    const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    this.#v6 = this.#rows.flatMap(({ first, last, place }) =>
      typeof first === 'string' && typeof last === 'string' ? [{ first, last, place }] : [],
    );
    this.#v6.sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
    this.#rows.length = 0;
  }

  as(address: FlowAddress): Key | undefined {
    return this.#find(address)?.as;
  }

  country(address: FlowAddress): string | undefined {
    return this.#find(address)?.country;
  }

  #find(address: FlowAddress): Place | undefined {
    const { firsts, lasts, places } = this.#v4;
    if (typeof address === 'number') {
      const at = lastNotAfter(firsts.length, (i) => firsts[i]! <= address);
      for (let i = at; i >= 0 && i > at - mostAround; i--) {
        if (lasts[i]! >= address) return this.#places[places[i]!];
      }
      return undefined;
    }
    const at = lastNotAfter(this.#v6.length, (i) => this.#v6[i]!.first <= address);
    for (let i = at; i >= 0 && i > at - mostAround; i--) {
      if (this.#v6[i]!.last >= address) return this.#places[this.#v6[i]!.place];
    }
    return undefined;
  }

  #numberOf(place: Place): number {
    const key = `${place.as} ${place.country}`;
    let number = this.#known.get(key);
    if (number === undefined) {
      number = this.#places.push(place) - 1;
      this.#known.set(key, number);
    }
    return number;
  }
}

function lastNotAfter(length: number, isNotAfter: (index: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isNotAfter(middle)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}

// Its first and last address, and how many cells tell them.
function rangeOf([one = '', two = '']: readonly string[]) {
  if (one.includes('/')) {
    const network = parseNetwork(one);
    if (!network) return undefined;
    const { address, bits } = network;
    return { first: address, last: lastOf(address, bits), cells: 1 };
  }
  const first = parseFlowAddress(one);
  const last = parseFlowAddress(two);
  if (first === undefined) return undefined;
  if (last === undefined) return { first, last: first, cells: 1 };
  return typeof first === typeof last && last >= first ? { first, last, cells: 2 } : undefined;
}

function lastOf(address: FlowAddress, bits: number): FlowAddress {
  if (typeof address === 'number') return address + 2 ** (32 - bits) - 1;
  let last = '';
  for (let i = 0; i < 16; i++) {
    const free = Math.min(8, Math.max(0, (i + 1) * 8 - bits));
    last += String.fromCharCode(address.charCodeAt(i) | ((1 << free) - 1));
  }
  return last;
}

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [name, pattern] of headings) {
    // The code of a country goes before its name.
    const code = cells.findIndex((cell) => /code$/i.test(cell) && pattern.test(cell));
    const at = code >= 0 ? code : cells.findIndex((cell) => pattern.test(cell));
    if (at >= 0) columns[name] = at;
  }
  return columns;
}

function placeOf(cells: readonly string[], from: number, columns: Columns | undefined): Place {
  const isNamed = columns !== undefined && Object.keys(columns).length > 0;
  const cell = (name: keyof Columns) => cells[columns?.[name] ?? -1] ?? '';
  const as = isNamed ? cell('as') : cells.slice(from).find((one) => asNumber(one) !== undefined);
  const country = isNamed ? cell('country') : cells.slice(from).find((one) => isCountry(one));
  const number = asNumber(as ?? '');
  const told = cell('name').slice(0, 40);
  const name = hasControl(told) ? '' : told;
  return {
    as: number === undefined ? undefined : name === '' ? number : `AS${number} ${name}`,
    country: country !== undefined && isCountry(country) ? country.toUpperCase() : undefined,
  };
}

function asNumber(text: string): number | undefined {
  const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(text) ?? [];
  // AS 0 means that it is nobody's.
  return digits === undefined || Number(digits) === 0 || Number(digits) >= 2 ** 32
    ? undefined
    : Number(digits);
}

// ZZ is the code of no country.
function isCountry(text: string): boolean {
  return /^[a-z]{2}$/i.test(text) && text.toUpperCase() !== 'ZZ';
}
