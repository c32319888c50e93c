import type { CoreTimes } from './source.ts';

/** Usage in %, 0 to 100. */
export interface CpuUse {
  total: number;
  cores: { core: string; usage: number }[];
}

/** Turns the growing times of the cores into their usage from one call to the next. */
export class CpuUsage {
  #before = new Map<string, CoreTimes>();
  #last: CpuUse | undefined;

  /**
   * The usage since the call before; undefined in the first call. Where no time has passed since, the
   * last usage stands.
   */
  update(times: readonly CoreTimes[]): CpuUse | undefined {
    let busy = 0;
    let total = 0;
    const cores: CpuUse['cores'] = [];
    for (const now of times) {
      const before = this.#before.get(now.core);
      if (!before || !(now.total > before.total)) continue;
      busy += now.busy - before.busy;
      total += now.total - before.total;
      cores.push({
        core: now.core,
        usage: percent(now.busy - before.busy, now.total - before.total),
      });
    }
    if (total === 0 && this.#before.size > 0) return this.#last;
    this.#before = new Map(times.map((t) => [t.core, t]));
    this.#last = total > 0 ? { total: percent(busy, total), cores } : undefined;
    return this.#last;
  }
}

// The kernel may take back a little of the time that a core waited.
function percent(part: number, whole: number): number {
  return Math.min(Math.max((part / whole) * 100, 0), 100);
}
