import { memoryUse } from '../../shared/host/memory.ts';
import type { Memory } from '../source.ts';
import { readLimits } from './container.ts';
import { type Files, textIfAny } from './files.ts';

/**
 * Memory and swap from /proc/meminfo (see proc_meminfo(5)), the cache of ZFS from its statistics. In a
 * container that may use less, its own limit and use.
 */
export async function readMemory(files: Files): Promise<Memory> {
  const lines = (await files.text('/proc/meminfo')).matchAll(/^(\w+): +(\d+) kB$/gm);
  const bytes = new Map(Array.from(lines, ([, name, kB]) => [name, Number(kB) * 1024]));
  const total = bytes.get('MemTotal') ?? 0;
  const arc = await readArc(files);
  const use = memoryUse({
    total,
    available: bytes.get('MemAvailable'),
    free: bytes.get('MemFree'),
    buffers: bytes.get('Buffers'),
    cached: bytes.get('Cached'),
    shared: bytes.get('Shmem'),
    reclaimable: bytes.get('SReclaimable'),
    ...arc,
  });
  const swapTotal = bytes.get('SwapTotal') ?? 0;
  const swap = { swapTotal, swapUsed: swapTotal - (bytes.get('SwapFree') ?? 0) };
  const { memory } = await readLimits(files);
  if (memory && memory.limit < total) {
    return { total: memory.limit, available: Math.max(0, memory.limit - memory.used), ...swap };
  }
  return {
    total,
    available: use === undefined ? Number.NaN : Math.round(total * (1 - use)),
    ...swap,
  };
}

// "size 4 53687091200": name, type and value (zfs' arcstats).
async function readArc(files: Files): Promise<{ arc?: number; leastArc?: number }> {
  const text = await textIfAny(files, '/proc/spl/kstat/zfs/arcstats');
  const value = (name: string) => {
    const found = new RegExp(`^${name}\\s+\\d+\\s+(\\d+)$`, 'm').exec(text ?? '')?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [arc, leastArc] = [value('size'), value('c_min')];
  return { ...(arc !== undefined && { arc }), ...(leastArc !== undefined && { leastArc }) };
}
