import { isDisk, isImageDevice, parseStorageName } from '../../../shared/host/file-system.ts';
import type { MemoryFacts } from '../../../shared/host/memory.ts';
import { each } from '../../../shared/steps.ts';
import { number, text } from '../../if-mib/values.ts';
import type { Cell } from '../../if-mib/varbind.ts';
import type { Agent } from '../agent.ts';
import type { Table } from '../table.ts';

const entry = '1.3.6.1.2.1.25.2.3.1';
/** hrStorageType, hrStorageDescr, hrStorageAllocationUnits, hrStorageSize, hrStorageUsed */
const columns = [2, 3, 4, 5, 6].map((n) => `${entry}.${n}`);
/** hrFSStorageIndex, hrFSAccess, of the table of file systems beside it */
const fileSystems = [7, 5].map((n) => `1.3.6.1.2.1.25.3.8.1.${n}`);
const readOnly = 2;

/** What the storage table of the HOST-RESOURCES-MIB tells. */
export interface Storage {
  /** in bytes */
  memory: MemoryFacts;
  /** used, 0 to 1 */
  swap: number | undefined;
  disks: StoredDisk[];
}

export interface StoredDisk {
  /** unique */
  name: string;
  /** where it is mounted: its name, unless several are there */
  mount: string;
  /** its hrStorageIndex */
  index: string;
  /** used, 0 to 1; a share of none where it can be read only */
  share: number;
  isReadOnly: boolean;
}

interface Row {
  index: string;
  /** the last number of its hrStorageType (RFC 2790) */
  type: string;
  name: string;
  /** bytes */
  size: number;
  used: number;
}

/** Reads the storage table of the HOST-RESOURCES-MIB. */
export async function readStorage(agent: Agent): Promise<Storage> {
  const table = await agent.table(columns);
  const { disks, others } = await agent.work(sorted(table));
  const locked = disks.length > 0 ? await readOnlyOnes(agent) : new Set<string>();
  const swap = others.find(({ type, name }) => type === '3' && /swap/i.test(name));
  return {
    memory: memoryOf(others),
    // Virtual memory is swap alone or together with the memory, as its name tells.
    swap: swap && swap.size > 0 ? swap.used / swap.size : undefined,
    disks: await agent.work(storedDisks(disks, locked)),
  };
}

/** rows beside the disks that are looked at: there is one for each kind of memory of each part of a device */
const maxOthers = 1000;

function* sorted(table: Table): Generator<void, { disks: Row[]; others: Row[] }> {
  const disks: Row[] = [];
  const others: Row[] = [];
  yield* each(table, ([index, cells]) => {
    const row = toRow(index, cells);
    if (!row) return;
    if (row.type === '4' || row.type === '9') disks.push(row);
    if (row.type !== '4' && others.length < maxOthers) others.push(row);
  });
  return { disks, others };
}

function* storedDisks(
  rows: readonly Row[],
  locked: ReadonlySet<string>,
): Generator<void, StoredDisk[]> {
  const disks: StoredDisk[] = [];
  yield* each(rows, (row) => disks.push(...toDisk(row, locked.has(row.index))));
  return yield* withOwnNames(disks);
}

function toRow(index: string, cells: (Cell | undefined)[]): Row | undefined {
  const [type, descr, unit, size, used] = cells;
  const [all, taken] = [number(size), number(used)];
  const name = text(descr);
  if (name === '' || all === undefined || taken === undefined) return undefined;
  const bytes = Math.max(1, number(unit) ?? 1);
  // What is more than the whole was not told: some write -1.
  if (taken >>> 0 > all >>> 0) return undefined;
  return {
    index,
    type: /^1\.3\.6\.1\.2\.1\.25\.2\.1\.(\d+)$/.exec(String(type?.value))?.[1] ?? '',
    name,
    // Agents let these 32 bits overflow.
    size: (all >>> 0) * bytes,
    used: (taken >>> 0) * bytes,
  };
}

/**
 * The memory by the names of its rows, without the disks: net-snmp's rows of cache and buffers are a part of what the row of the
 * whole memory calls used. Of the type RAM Junos has what is in memory too, such as `re0:devtmpfs`.
 */
function memoryOf(rows: readonly Row[]): MemoryFacts {
  const find = (name: RegExp) => rows.find((row) => name.test(row.name));
  const whole =
    find(/^(?:physical|real|system|main) memory\b/i) ??
    find(/^(?:(?:re|node|slot|unit|fpc)\s?\d+[:\s]+)?(?:ram|memory|mem)$/i) ??
    rows.find(
      (row) =>
        row.type === '2' &&
        /^(?!.*(?:mounted|swap|buffer|cache|tmpfs)).*\b(?:memory|ram)\b/i.test(row.name),
    );
  if (!whole) return {};
  const of = (name: RegExp) => find(name)?.used;
  const available = find(/^available memory$/i);
  return {
    total: whole.size,
    free: whole.size - whole.used,
    buffers: of(/^(?:memory buffers|ram \(buffers?\)|buffers?|buffer memory)$/i),
    cached: of(/^(?:cached memory|ram \(cache\)|cache|cache memory)$/i),
    shared: of(/^(?:shared memory|ram \(shared\))$/i),
    // Newer agents say it themselves: its size, of which they call nothing used.
    ...(available && { available: available.size }),
  };
}

function toDisk({ index, name, size, used }: Row, isReadOnly: boolean): StoredDisk[] {
  const { mount, device } = parseStorageName(name);
  if (size === 0 || mount === '' || !isDisk('', mount) || isImageDevice(device)) return [];
  return [{ name: mount, mount, index, share: used / size, isReadOnly }];
}

// A few agents have no such table, or other indexes in it.
async function readOnlyOnes(agent: Agent): Promise<Set<string>> {
  const table = await agent.table(fileSystems);
  return new Set(
    Array.from(table.values()).flatMap(([storage, access]) =>
      number(access) === readOnly && storage !== undefined ? [String(storage.value)] : [],
    ),
  );
}

// Two file systems at one place hide one another, but both are told: each by its index too, as interfaces are.
function* withOwnNames(disks: readonly StoredDisk[]): Generator<void, StoredDisk[]> {
  const uses = new Map<string, number>();
  yield* each(disks, ({ name }) => uses.set(name, (uses.get(name) ?? 0) + 1));
  const named: StoredDisk[] = [];
  yield* each(disks, (disk) => {
    const isShared = uses.get(disk.name) !== 1;
    named.push(isShared ? { ...disk, name: `${disk.name}#${disk.index}` } : disk);
  });
  return named;
}
