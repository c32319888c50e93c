import type { Sample } from '../../../contract/snapshot.ts';
import { memoryUse, swapUse } from '../../../shared/host/memory.ts';
import { each } from '../../../shared/steps.ts';
import { number, text } from '../../if-mib/values.ts';
import type { Varbind } from '../../if-mib/varbind.ts';
import type { Agent } from '../agent.ts';
import type { Growth } from '../growth.ts';
import type { Table } from '../table.ts';
import { readStorage, type Storage, type StoredDisk } from './storage.ts';

const ucd = '1.3.6.1.4.1.2021';
const hrProcessorLoad = '1.3.6.1.2.1.25.3.3.1.2';

/** user, nice, system, idle, wait, interrupt, softirq, steal: ssCpuRaw* in ticks */
const ticks = [50, 51, 52, 53, 54, 56, 61, 64].map((n) => `${ucd}.11.${n}.0`);
const [idle, wait] = [3, 4];
/** memTotalReal, memAvailReal, memBuffer, memCached, memShared, memTotalSwap, memAvailSwap in kB */
const memory = [5, 6, 14, 15, 13, 3, 4].map((n) => `${ucd}.4.${n}.0`);
/** laLoadInt: in hundredths */
const loads = [1, 2, 3].map((n) => `${ucd}.10.1.5.${n}`);
/** dskPath, dskPercentNode */
const inodes = [2, 10].map((n) => `${ucd}.9.1.${n}`);
const periods = ['1m', '5m', '15m'];

/**
 * Reads a host's CPU, memory, storage and load: what the UCD-SNMP-MIB tells comes first, as it knows
 * the cache, else the HOST-RESOURCES-MIB (RFC 2790).
 */
export async function readHost(agent: Agent, growth: Growth): Promise<Sample[]> {
  const values = await agent.get([...ticks, ...memory, ...loads]);
  const storage = await readStorage(agent);
  const cpu = values.slice(0, ticks.length);
  const rest = values.slice(ticks.length);
  return [
    ...(cpu[idle] ? cpuOf(cpu, growth) : await processors(agent)),
    ...memoryOf(rest.slice(0, memory.length).map(number), storage),
    ...(await agent.work(samplesOf(storage.disks))),
    // What tells nothing else of this MIB need not be asked for its disks.
    ...(values.some(Boolean) ? await inodesOf(agent, storage.disks) : []),
    ...loadsOf(rest.slice(memory.length)),
  ];
}

function cpuOf(values: (Varbind | undefined)[], growth: Growth): Sample[] {
  const grown = values.map((value) => growth.of(value));
  const total = grown.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const rested = grown[idle];
  if (rested === undefined || total === 0) return [];
  // What waits for a disk is not busy.
  return [percent('cpu_usage', 1 - (rested + (grown[wait] ?? 0)) / total)];
}

function* samplesOf(disks: readonly StoredDisk[]): Generator<void, Sample[]> {
  const samples: Sample[] = [];
  yield* each(disks, (disk) => samples.push(...diskOf(disk)));
  return samples;
}

// A read-only file system never fills up: many are images, which are always full.
function diskOf({ name, share, isReadOnly }: StoredDisk): Sample[] {
  const labels = { disk: name };
  if (isReadOnly) return share >= 1 ? [] : [flag('disk_read_only', true, labels)];
  return [percent('disk_usage', share, labels), flag('disk_read_only', false, labels)];
}

// The agent tells of the disks that its settings name. Of several at one place it is unknown which one is meant.
async function inodesOf(agent: Agent, disks: readonly StoredDisk[]): Promise<Sample[]> {
  const filling = disks.filter(({ name, mount, isReadOnly }) => name === mount && !isReadOnly);
  if (filling.length === 0) return [];
  const table = await agent.table(inodes);
  return agent.work(inodeSamples(filling, table));
}

function* inodeSamples(disks: readonly StoredDisk[], table: Table): Generator<void, Sample[]> {
  const used = new Map<string, number | undefined>();
  yield* each(table.values(), ([path, share]) => used.set(text(path), number(share)));
  const samples: Sample[] = [];
  yield* each(disks, ({ name }) => {
    const share = used.get(name);
    // Less than none is not known.
    if (share === undefined || share < 0) return;
    samples.push(percent('inode_usage', share / 100, { disk: name }));
  });
  return samples;
}

function flag(metric: string, isOn: boolean, labels: Record<string, string>): Sample {
  return { metric, value: isOn ? 1 : 0, unit: '1', labels };
}

// Each the average of the last minute.
async function processors(agent: Agent): Promise<Sample[]> {
  const table = await agent.table([hrProcessorLoad]);
  const all = Array.from(table.values(), ([load]) => number(load)).filter((n) => n !== undefined);
  if (all.length === 0) return [];
  return [percent('cpu_usage', all.reduce((sum, load) => sum + load, 0) / all.length / 100)];
}

function memoryOf(kilobytes: (number | undefined)[], storage: Storage): Sample[] {
  const [total, free, buffers, cached, shared, swap, freeSwap] = kilobytes;
  // Where one part overflowed, the sum is wrong too.
  const isWhole = [total, free, buffers, cached, shared].every((kB) => kB === undefined || kB >= 0);
  const own = isWhole ? memoryUse({ total, free, buffers, cached, shared }) : undefined;
  const use =
    own ?? memoryUse(storage.memory) ?? memoryUse({ total, free, buffers, cached, shared });
  const swapShare = swapUse(swap, freeSwap) ?? storage.swap;
  return [
    ...(use === undefined ? [] : [percent('memory_usage', use)]),
    ...(swapShare === undefined ? [] : [percent('swap_usage', swapShare)]),
  ];
}

function loadsOf(values: (Varbind | undefined)[]): Sample[] {
  return periods.flatMap((period, i) => {
    const load = number(values[i]);
    if (load === undefined) return [];
    return [{ metric: 'load_average', value: load / 100, unit: '1', labels: { period } }];
  });
}

function percent(metric: string, share: number, labels?: Record<string, string>): Sample {
  const value = 100 * Math.min(1, Math.max(0, share));
  return { metric, value, unit: '%', ...(labels && { labels }) };
}
