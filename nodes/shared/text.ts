/**
 * A text on one line: each run of blanks, line breaks and control characters becomes one blank.
 * @param max characters (UTF-16) that are kept
 */
export function oneLine(text: string, max = Infinity): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, max);
}
