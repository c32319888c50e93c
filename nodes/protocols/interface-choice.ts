/**
 * The list of names, as `interfaceNames` has them, that takes the chosen ones of all: of those to take
 * or of those to leave out, whichever is shorter.
 */
export function nameList(all: readonly string[], chosen: ReadonlySet<string>): string {
  const names = [...new Set(all)];
  const taken = names.filter((name) => chosen.has(name));
  const others = names.filter((name) => !chosen.has(name));
  if (others.length === 0) return '';
  const taking = taken.map(listed).join(', ');
  const leaving = others.map((name) => `!${listed(name)}`).join(', ');
  return taken.length === 0 || leaving.length < taking.length ? leaving : taking;
}

// A list has no way to name these signs but by a star.
function listed(name: string): string {
  return name.replace(/,|^!|^\s|\s$/g, '*');
}
