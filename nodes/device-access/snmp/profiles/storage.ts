import type { Agent } from '../agent.ts';
import { number, text } from '../values.ts';

const entry = '1.3.6.1.2.1.25.2.3.1';
/** hrStorageType, hrStorageDescr, hrStorageSize, hrStorageUsed */
const columns = [2, 3, 5, 6].map((n) => `${entry}.${n}`);

// hrStorageTypes of RFC 2790 by their last number.
const kinds: Record<string, Storage['kind']> = { 2: 'memory', 3: 'swap', 4: 'disk', 9: 'disk' };

/** A memory or a file system. */
export interface Storage {
  kind: 'memory' | 'swap' | 'disk';
  name: string;
  /** used, 0 to 1 */
  share: number;
}

/** Reads the storage table of the HOST-RESOURCES-MIB. */
export async function readStorage(agent: Agent): Promise<Storage[]> {
  const table = await agent.table(columns);
  return Array.from(table.values()).flatMap(([type, descr, size, used]) => {
    const kind = kinds[/^1\.3\.6\.1\.2\.1\.25\.2\.1\.(\d+)$/.exec(String(type?.value))?.[1] ?? ''];
    const [all, taken] = [number(size), number(used)];
    if (!kind || !all || taken === undefined) return [];
    // Windows adds the volume's label and serial number to the name.
    const name = text(descr).replace(/ Label:.*$/, '');
    // Virtual memory is swap alone or together with the memory, as its name tells.
    if (name === '' || (kind === 'swap' && !/swap/i.test(name))) return [];
    // Agents let these 32 bits overflow.
    return [{ kind, name, share: (taken >>> 0) / (all >>> 0) }];
  });
}
