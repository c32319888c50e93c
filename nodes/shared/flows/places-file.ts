import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Problem } from '../problem.ts';
import { PlaceTable } from './place-table.ts';

/** characters of a line; what is longer is no row */
const longest = 2000;

/** Reads a file of networks. Rejects with a Problem. */
export async function readPlaces(path: string): Promise<PlaceTable> {
  const table = new PlaceTable();
  try {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    for await (const line of lines) if (line.length <= longest) table.add(line);
  } catch (cause) {
    throw new Problem('flowPlaces', { path }, { cause });
  }
  table.finish();
  if (table.size === 0) throw new Problem('flowNoPlaces', { path });
  return table;
}
