import { metrics } from '../contract/metrics.ts';
import type { Sample } from '../contract/snapshot.ts';
import type { CpuUse } from './cpu-usage.ts';
import type { Disk, Memory, ProcessUse, Temperature } from './source.ts';

/** A sample of a known metric. */
export function sample(
  metric: keyof typeof metrics,
  value: number,
  labels: Record<string, string> = {},
): Sample {
  return { metric, value, unit: metrics[metric], labels };
}

/** The use of all cores together (`cpu`) and of each (`cores`). */
export function cpuSamples(
  use: CpuUse | undefined,
  wanted: { cpu: boolean; cores: boolean },
): Sample[] {
  if (!use) return [];
  return [
    ...(wanted.cpu ? [sample('cpu_usage', use.total)] : []),
    ...(wanted.cores
      ? use.cores.map(({ core, usage }) => sample('cpu_core_usage', usage, { core }))
      : []),
  ];
}

/** A host without swap has no swap usage. */
export function memorySamples(
  { total, available, swapTotal, swapUsed }: Memory,
  wanted: { memory: boolean; swap: boolean },
): Sample[] {
  return [
    ...(wanted.memory ? [sample('memory_usage', (1 - available / total) * 100)] : []),
    ...(wanted.swap && swapTotal > 0 ? [sample('swap_usage', (swapUsed / swapTotal) * 100)] : []),
  ];
}

/** Of what a user may fill, as `df` has it: what is reserved for root counts neither way. */
export function diskSamples(disks: readonly Disk[]): Sample[] {
  return disks.flatMap(({ mount, device, type, used, available, isReadOnly, inodes }) => {
    const of = (metric: Parameters<typeof sample>[0], value: number) => ({
      ...sample(metric, value, { disk: mount }),
      info: { device, type },
    });
    // What cannot be written does not fill up.
    const usage = isReadOnly ? [] : [of('disk_usage', (used / (used + available)) * 100)];
    const files =
      isReadOnly || !inodes ? [] : [of('inode_usage', (1 - inodes.free / inodes.all) * 100)];
    const lock = isReadOnly === undefined ? [] : [of('disk_read_only', isReadOnly ? 1 : 0)];
    return [...usage, ...files, ...lock];
  });
}

const periods = ['1m', '5m', '15m'] as const;

export function loadSamples(load: readonly number[]): Sample[] {
  return load.map((value, i) => sample('load_average', value, { period: periods[i]! }));
}

export function temperatureSamples(temperatures: readonly Temperature[]): Sample[] {
  return temperatures.map(({ sensor, celsius }) => sample('temperature', celsius, { sensor }));
}

/** The `count` processes that use most of the processor, and those that use most memory. */
export function processSamples(processes: readonly ProcessUse[], count: number): Sample[] {
  const top = (
    metric: 'process_cpu_usage' | 'process_memory_usage',
    use: (process: ProcessUse) => number | undefined,
  ) =>
    processes
      .map((process) => sample(metric, use(process) ?? 0, { process: process.name }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => Number(b.value) - Number(a.value))
      .slice(0, count);
  return [
    ...top('process_cpu_usage', ({ cpu }) => cpu),
    ...top('process_memory_usage', ({ memory }) => memory),
  ];
}
