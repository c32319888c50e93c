import { palette } from '../shared/palette.ts';

/** What stands for all others together. */
export const otherColor = '#7F7F7F';

/** The same hue, fainter on a light and on a dark page. Without spaces: node-red-dashboard reads it so only. */
export function paler(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},0.45)`;
}

/**
 * What node-red-dashboard takes for a colour where a line is to be dashed: a data set of its charts.
 * Source: https://www.chartjs.org/docs/2.9.4/charts/line.html#dataset-properties
 */
export function dashedLook(color: string): object {
  return {
    backgroundColor: 'transparent',
    borderColor: color,
    borderDash: [6, 4],
    pointBackgroundColor: color,
    pointHoverBackgroundColor: color,
  };
}

/** The most identities whose colours are remembered. */
const maxRemembered = 2000;

/**
 * Gives each series a colour that stays with it, also when others come and go: no two that are shown
 * together share one while there are enough.
 */
export class Colors {
  /** by the identity of a series the place of its colour in the palette, the one shown longest ago first */
  readonly #places = new Map<string, number>();

  /** @param kept what {@link kept} told before */
  constructor(kept: Iterable<readonly [string, number]> = []) {
    for (const [key, place] of kept) this.#places.set(key, place % palette.length);
  }

  /** The colours of the series that are shown together. */
  of(keys: readonly string[]): string[] {
    const taken = new Set<number>();
    const places = keys.map((key) => {
      const place = this.#places.get(key);
      if (place === undefined || taken.has(place)) return undefined;
      taken.add(place);
      return place;
    });
    return keys.map((key, i) => {
      const place = places[i] ?? this.#free(taken);
      taken.add(place);
      this.#places.delete(key);
      this.#places.set(key, place);
      this.#forgetOldest();
      return palette[place]!;
    });
  }

  /** What is remembered, to be kept over a restart. */
  kept(): [string, number][] {
    return [...this.#places];
  }

  // The free colour whose series was last shown longest ago, so that one that comes back finds its own.
  #free(taken: ReadonlySet<number>): number {
    const lastUse = palette.map(() => -1);
    let use = 0;
    for (const place of this.#places.values()) lastUse[place] = use++;
    const free = [...palette.keys()].filter((place) => !taken.has(place));
    const from = free.length > 0 ? free : [...palette.keys()];
    return from.reduce((a, b) => (lastUse[b]! < lastUse[a]! ? b : a));
  }

  #forgetOldest() {
    if (this.#places.size <= maxRemembered) return;
    const [oldest] = this.#places.keys();
    this.#places.delete(oldest!);
  }
}
