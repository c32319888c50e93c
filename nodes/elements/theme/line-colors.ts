import type { Line } from '../../contract/pages.ts';
import { palette } from '../../shared/palette.ts';
import type { ThemeName } from './tokens.ts';
import { themes } from './tokens.ts';

/**
 * Of lines that are no direction of traffic, by theme. Those of the light one are the palette of the dashboards' own
 * charts; the dark one has them lighter.
 */
export const lineColors: Record<ThemeName, readonly string[]> = {
  light: palette,
  dark: ['#6acef1', '#f79165', '#16da9e', '#659fff', '#af766a', '#b0f6f6', '#1ba8b0'],
};

/** Pixels on and off, one for each colour: lines differ without colours too. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [10, 3, 2, 3],
  [5, 2],
  [12, 4],
  [3, 2, 3, 6],
];

export interface LineLook {
  color: string;
  dash: readonly number[];
}

/**
 * The look of each line of a chart, taken from its key, so that it stays when others come and go. Lines of one key
 * (in and out of one port) look alike; of one key, or where there is one line only, a direction has the colour that
 * it has everywhere. What stands for all others is grey.
 */
export function looksOf(
  lines: readonly Pick<Line, 'key' | 'role' | 'isOther'>[],
  theme: ThemeName,
): LineLook[] {
  const other = { color: themes[theme].edge, dash: [] };
  if (lines.some(({ isOther }) => isOther)) {
    const own = looksOf(
      lines.filter(({ isOther }) => !isOther),
      theme,
    );
    return lines.map(({ isOther }) => (isOther ? other : own.shift()!));
  }
  const ins = lines.filter(({ role }) => role === 'in').length;
  const outs = lines.filter(({ role }) => role === 'out').length;
  // One line alone needs no colour to be told from others.
  if (lines.length === 1 && outs === 0) return [{ color: themes[theme].in, dash: [] }];
  const isOnePair = ins <= 1 && outs <= 1 && ins + outs === lines.length;
  if (isOnePair) {
    return lines.map(({ role }) => ({ color: themes[theme][role as 'in' | 'out'], dash: [] }));
  }
  const places = new Map<string, number>();
  const keys = [...new Set(lines.map(({ key }) => key))];
  // By the key's text and not by its place: which of two has to give way is the same each time.
  for (const key of keys.sort()) {
    let place = hash(key) % dashes.length;
    const taken = new Set(places.values());
    while (taken.has(place) && taken.size < dashes.length) place = (place + 1) % dashes.length;
    places.set(key, place);
  }
  return lines.map(({ key }) => {
    const place = places.get(key)!;
    return { color: lineColors[theme][place]!, dash: lines.length > 1 ? dashes[place]! : [] };
  });
}

// FNV-1a
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
