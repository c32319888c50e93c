import type { Memory } from '../source.ts';
import type { Files } from './files.ts';

/** Memory and swap from /proc/meminfo (see proc_meminfo(5)). */
export async function readMemory(files: Files): Promise<Memory> {
  const lines = (await files.text('/proc/meminfo')).matchAll(/^(\w+): +(\d+) kB$/gm);
  const bytes = new Map(Array.from(lines, ([, name, kB]) => [name, Number(kB) * 1024]));
  const get = (name: string) => bytes.get(name) ?? 0;
  return {
    total: get('MemTotal'),
    available: get('MemAvailable'),
    swapTotal: get('SwapTotal'),
    swapUsed: get('SwapTotal') - get('SwapFree'),
  };
}
