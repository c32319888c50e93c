import type { Reading } from '../contract/reading.ts';

/** The names of the interfaces that readings are of, by the index that the device gives them. */
export function interfaceNames(readings: readonly Reading[]): [index: number, name: string][] {
  const names = new Map<number, string>();
  for (const { labels, info } of readings) {
    const index = Number(info?.index);
    const { interface: name } = labels;
    if (name !== undefined && Number.isInteger(index)) names.set(index, name);
  }
  return [...names];
}
