import { glyph, glyphHeight, glyphWidth } from './glyphs.ts';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A picture of at most 16 colours: the place of one in the palette for each pixel, row by row from the top. */
export class IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly Rgb[];
  readonly pixels: Uint8Array;

  /** All of it has the first colour. */
  constructor(width: number, height: number, palette: readonly Rgb[]) {
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.pixels = new Uint8Array(width * height);
  }

  at(x: number, y: number): number {
    return this.pixels[y * this.width + x]!;
  }

  /** Colours a pixel; what lies outside is left out. */
  set(x: number, y: number, color: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    this.pixels[y * this.width + x] = color;
  }

  /** Colours a rectangle by its upper left corner. */
  fill(x: number, y: number, width: number, height: number, color: number): void {
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      if (left < right) this.pixels.fill(color, row * this.width + left, row * this.width + right);
    }
  }

  /**
   * Writes a text by its upper left corner.
   * @param scale pixels for one of a letter
   */
  write(text: string, x: number, y: number, color: number, scale: number): void {
    for (const [i, letter] of Array.from(text).entries()) {
      const left = x + i * (glyphWidth + 1) * scale;
      for (const [row, ink] of glyph(letter).entries()) {
        for (let column = 0; column < glyphWidth; column++) {
          if (ink[column] !== '#') continue;
          this.fill(left + column * scale, y + row * scale, scale, scale, color);
        }
      }
    }
  }
}

/** Pixels that a text takes across. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, Array.from(text).length * (glyphWidth + 1) - 1) * scale;
}

/** Pixels that a text takes from top to bottom. */
export function textHeight(scale: number): number {
  return glyphHeight * scale;
}
