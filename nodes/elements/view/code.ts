/** The most characters of a line of a text that are put into a page. */
const longest = 2000;

/**
 * A line of a text as it is, for people who must see all of it: what is invisible, or turns the direction of
 * writing, is shown by its number, so that no line reads as another one. The tab stays.
 */
export function codeText(line: string): string {
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return shown.replace(/[^\t\P{C}]|[\u2028\u2029]/gu, (character) => {
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${number}⟩`;
  });
}
