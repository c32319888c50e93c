import type { ThemeName } from './tokens.ts';

/**
 * The theme for what stands in somebody else's card, by the colour that texts have there: light texts are on a dark
 * ground. @param color as a browser computes it, `rgb(23, 33, 43)`
 */
export function themeAround(color: string): ThemeName {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  // Rec. 709 is near enough for black or white.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 127 ? 'dark' : 'light';
}
