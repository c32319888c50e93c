import { outputOf } from './config.ts';

/**
 * Which output takes the place of which, as Node-RED's editor takes it: of those before by their index, `-1` for one
 * that is gone, and each new one by a key of its own. A receiver keeps its wires by its name; one whose name is new in
 * the place of one that is gone is that one with another name.
 * @param before the names of the receivers in their order
 */
export function outputMap(
  before: readonly string[],
  now: readonly string[],
): Record<string, number> {
  const map: Record<string, number> = { 1: 1, 2: 2, 3: 3 };
  const taken = new Set<number>();
  before.forEach((name, i) => {
    const isRenamed = !now.includes(name) && now[i] !== undefined && !before.includes(now[i]);
    const to = isRenamed ? i : now.indexOf(name);
    if (to >= 0) taken.add(to);
    map[outputOf(i)] = to < 0 ? -1 : outputOf(to);
  });
  now.forEach((_, i) => {
    if (!taken.has(i)) map[`new-${i}`] = outputOf(i);
  });
  return map;
}
