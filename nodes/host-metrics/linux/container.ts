import { type Files, textIfAny } from './files.ts';

/** What a container may use at most, where it has limits of its own. */
export interface Limits {
  /** bytes; what it uses, without the cache that is given back */
  memory?: { limit: number; used: number };
  /** how many processors it may use, perhaps a fraction, and for how many ms it has used one */
  cpu?: { cpus: number; used: number };
}

const root = '/sys/fs/cgroup';

/**
 * Reads the limits of the control group that this process is in, of version 2 or 1: a container sees its own
 * at the root (see the kernel's admin-guide/cgroup-v2).
 */
export async function readLimits(files: Files): Promise<Limits> {
  const read = (name: string) => textIfAny(files, `${root}/${name}`);
  const number = (text: string | undefined) =>
    /^\d+$/.test(text ?? '') ? Number(text) : undefined;
  const [limit, used, stat, max, cpuStat] = await Promise.all(
    ['memory.max', 'memory.current', 'memory.stat', 'cpu.max', 'cpu.stat'].map(read),
  );
  if (limit !== undefined || max !== undefined) {
    const [quota = 0, period = 0] = (max ?? '').split(' ').map(Number);
    return {
      ...memory(number(limit), number(used), valueOf(stat, 'inactive_file')),
      ...cpu(quota / period, valueOf(cpuStat, 'usage_usec') / 1000),
    };
  }
  const [limit1, used1, stat1, quota, period, usage] = await Promise.all(
    [
      'memory/memory.limit_in_bytes',
      'memory/memory.usage_in_bytes',
      'memory/memory.stat',
      'cpu/cpu.cfs_quota_us',
      'cpu/cpu.cfs_period_us',
      'cpuacct/cpuacct.usage',
    ].map(read),
  );
  return {
    ...memory(number(limit1), number(used1), valueOf(stat1, 'total_inactive_file')),
    ...cpu(Number(quota) / Number(period), Number(usage) / 1e6),
  };
}

function memory(limit: number | undefined, used: number | undefined, cache: number) {
  if (limit === undefined || used === undefined) return {};
  return { memory: { limit, used: Math.max(0, used - cache) } };
}

// Without a limit the quota is "max" or -1.
function cpu(cpus: number, used: number) {
  return cpus > 0 && cpus < Infinity && used >= 0 ? { cpu: { cpus, used } } : {};
}

function valueOf(stat: string | undefined, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat ?? '')?.[1] ?? 0);
}
