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

/**
 * The same of a text that a device gave, for people: without invisible characters, which only mislead, and whole
 * where it is cut.
 */
export function foreignText(text: string, max: number): string {
  return oneLine(text.slice(0, 4 * max).replace(/\p{Cf}+/gu, ' '), max)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed();
}

/** Whether a value is missing, or a text of blanks only. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
