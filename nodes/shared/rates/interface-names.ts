import type { InterfaceState } from '../../contract/snapshot.ts';

/**
 * A name of its own for each interface: its name, and for those that share one `name#index`, or
 * `name#2`, `name#3` in their order where the device tells no index. A name does not depend on the
 * order of the list as long as each index is told.
 */
export function interfaceNames(interfaces: readonly InterfaceState[]): string[] {
  const names = interfaces.map(({ name }) => name);
  if (new Set(names).size === names.length) return names;

  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  // The names that stay as they are come first: no made-up name may take one of them.
  const taken = new Set(names.filter((name) => uses.get(name) === 1));
  return interfaces.map(({ name, index }) => {
    if (uses.get(name) === 1) return name;
    let own = index === undefined ? name : `${name}#${index}`;
    for (let n = 2; taken.has(own); n++) own = `${name}#${n}`;
    taken.add(own);
    return own;
  });
}
