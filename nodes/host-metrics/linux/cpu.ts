import type { CoreTimes } from '../source.ts';
import { readLimits } from './container.ts';
import type { Files } from './files.ts';

/**
 * The times of the cores that run, from /proc/stat (see proc_stat(5)). A container that may use fewer has
 * one core of just that size.
 * @param now ms of any clock that never jumps
 */
export async function readCpu(files: Files, now: number): Promise<CoreTimes[]> {
  const { cpu } = await readLimits(files);
  const cores = await coresOf(files);
  if (!cpu || cpu.cpus >= cores.length) return cores;
  return [{ core: '0', busy: cpu.used, total: now * cpu.cpus }];
}

async function coresOf(files: Files): Promise<CoreTimes[]> {
  const lines = (await files.text('/proc/stat')).matchAll(/^cpu(\d+) (.*)$/gm);
  return Array.from(lines, ([, core, times]) => {
    // user nice system idle iowait irq softirq steal; user has what guests took in it
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] =
      times!.split(' ').map(Number);
    const busy = user + nice + system + irq + soft + steal;
    return { core: core!, busy, total: busy + idle + wait };
  });
}
