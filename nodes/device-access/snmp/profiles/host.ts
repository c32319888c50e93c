import type { Sample } from '../../../shared/snapshot.ts';
import type { Agent } from '../agent.ts';
import type { Growth } from '../growth.ts';
import type { Varbind } from '../transport.ts';
import { number } from '../values.ts';
import { readStorage, type Storage } from './storage.ts';

const ucd = '1.3.6.1.4.1.2021';
const hrProcessorLoad = '1.3.6.1.2.1.25.3.3.1.2';

/** user, nice, system, idle, wait, interrupt, softirq, steal: ssCpuRaw* in ticks */
const ticks = [50, 51, 52, 53, 54, 56, 61, 64].map((n) => `${ucd}.11.${n}.0`);
const idle = 3;
/** memTotalReal, memAvailReal, memBuffer, memCached, memShared, memTotalSwap, memAvailSwap in kB */
const memory = [5, 6, 14, 15, 13, 3, 4].map((n) => `${ucd}.4.${n}.0`);
/** laLoadInt: in hundredths */
const loads = [1, 2, 3].map((n) => `${ucd}.10.1.5.${n}`);
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
    ...storage
      .filter(({ kind }) => kind === 'disk')
      .map(({ name, share }): Sample => percent('disk_usage', share, { disk: name })),
    ...loadsOf(rest.slice(memory.length)),
  ];
}

function cpuOf(values: (Varbind | undefined)[], growth: Growth): Sample[] {
  const grown = values.map((value) => growth.of(value));
  const total = grown.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const rested = grown[idle];
  if (rested === undefined || total === 0) return [];
  return [percent('cpu_usage', 1 - rested / total)];
}

// Each the average of the last minute.
async function processors(agent: Agent): Promise<Sample[]> {
  const table = await agent.table([hrProcessorLoad]);
  const all = Array.from(table.values(), ([load]) => number(load)).filter((n) => n !== undefined);
  if (all.length === 0) return [];
  return [percent('cpu_usage', all.reduce((sum, load) => sum + load, 0) / all.length / 100)];
}

function memoryOf(kilobytes: (number | undefined)[], storage: Storage[]): Sample[] {
  const [total = 0, free, buffers = 0, cached = 0, shared = 0, swap = 0, freeSwap] = kilobytes;
  const of = (kind: Storage['kind']) => storage.find((s) => s.kind === kind)?.share;
  // Shared memory is counted as cache, but is not given back.
  const used =
    total > 0 && free !== undefined
      ? (total - free - buffers - Math.max(0, cached - shared)) / total
      : of('memory');
  const usedSwap = swap > 0 && freeSwap !== undefined ? 1 - freeSwap / swap : of('swap');
  return [
    ...(used === undefined ? [] : [percent('memory_usage', used)]),
    ...(usedSwap === undefined ? [] : [percent('swap_usage', usedSwap)]),
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
