import type { CoreTimes } from '../source.ts';
import type { Files } from './files.ts';

/** The times of the cores that run, from /proc/stat (see proc_stat(5)). */
export async function readCpu(files: Files): Promise<CoreTimes[]> {
  const lines = (await files.text('/proc/stat')).matchAll(/^cpu(\d+) (.*)$/gm);
  return Array.from(lines, ([, core, times]) => {
    // user nice system idle iowait irq softirq steal; user has what guests took in it
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] =
      times!.split(' ').map(Number);
    const busy = user + nice + system + irq + soft + steal;
    return { core: core!, busy, total: busy + idle + wait };
  });
}
