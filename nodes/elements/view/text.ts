/** The most characters of a device's text that are put into a page; the rest is cut by an ellipsis. */
const longest = 200;

/**
 * A text of a device on one line, without control characters and not longer than can be read. What turns
 * the direction of writing is left out too, so that no name can rewrite what stands beside it.
 */
export function deviceText(text: unknown): string {
  if (typeof text !== 'string') return '';
  const line = text
    .slice(0, longest * 4)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = Array.from(line);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}
