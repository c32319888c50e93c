import type { InterfaceState } from '../../contract/snapshot.ts';
import { each } from '../steps.ts';

/**
 * A name of its own for each interface: its name, and for those that share one `name#index`, or
 * `name#2`, `name#3` in their order where the device tells no index. A name does not depend on the
 * order of the list as long as each index is told. Yields every few.
 */
export function* interfaceNames(interfaces: readonly InterfaceState[]): Generator<void, string[]> {
  const uses = new Map<string, number>();
  yield* each(interfaces, ({ name }) => uses.set(name, (uses.get(name) ?? 0) + 1));
  const names: string[] = [];
  // The names that stay as they are come first: no made-up name may take one of them.
  const taken = new Set<string>();
  yield* each(uses, ([name, times]) => times === 1 && taken.add(name));
  /** of each name the numbers that are taken already: very many may share one */
  const numbers = new Map<string, number>();
  yield* each(interfaces, ({ name, index }) => {
    let own = name;
    if (uses.get(name) !== 1) {
      if (index !== undefined) own = `${name}#${index}`;
      let n = numbers.get(name) ?? 2;
      for (; taken.has(own); n++) own = `${name}#${n}`;
      numbers.set(name, n);
      taken.add(own);
    }
    names.push(own);
  });
  return names;
}
