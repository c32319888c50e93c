import { oneLine } from '../../shared/text.ts';

/** characters of a name that are kept */
const longest = 100;

/**
 * What a device says of itself, as a name: on one line, not too long, and with no character that a
 * dashboard's template would take for its own. Empty where nothing is left.
 */
export function cleanName(text: string): string {
  const plain = text.replace(/[<>{}\u2028\u2029]/g, ' ').replace(/\p{Cs}/gu, '');
  return oneLine(plain, longest).trim();
}

/** The name, or with a number behind it where others have it. */
export function uniqueName(name: string, others: ReadonlySet<string>): string {
  if (!others.has(name)) return name;
  for (let n = 2; ; n++) {
    const numbered = `${name} (${n})`;
    if (!others.has(numbered)) return numbered;
  }
}

/** characters and names of an expression: longer ones are not taken by every field */
const longestExpression = 600;
const mostNames = 60;

/**
 * Label filters that take a device's interfaces of these names, as few as may be; see docs/filters.md.
 * @param interfaces none for the device as a whole
 */
export function interfaceFilters(device: string, interfaces: readonly string[]): string[] {
  const ofDevice = `device=${quoted(device)}`;
  if (interfaces.length === 0) return [ofDevice];
  return chunks(interfaces).map((names) => {
    const [first, ...more] = names;
    return more.length === 0
      ? `${ofDevice}, interface=${quoted(first!)}`
      : `${ofDevice}, interface=~${quoted(names.map(literal).join('|'))}`;
  });
}

function chunks(names: readonly string[]): string[][] {
  const found: string[][] = [];
  let length = Infinity;
  for (const name of names) {
    const size = literal(name).length + 1;
    if (length + size > longestExpression || found.at(-1)!.length >= mostNames) {
      found.push([]);
      length = 0;
    }
    found.at(-1)!.push(name);
    length += size;
  }
  return found;
}

// An expression that fits this text only.
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
