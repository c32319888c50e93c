import os from 'node:os';
import { isDisk } from '../shared/host/file-system.ts';
import { usableSensors } from '../shared/host/temperature.ts';
import type { CoreTimes, HostSource } from './source.ts';

/** The facts of this host on any system that the library systeminformation knows. */
export async function systeminformationSource(): Promise<HostSource> {
  const { default: si } = await import('systeminformation');
  return {
    cpu: () => Promise.resolve(coreTimes(os.cpus())),
    load: () => (process.platform === 'win32' ? [] : os.loadavg()),
    uptime: () => os.uptime(),
    hostname: () => os.hostname(),

    async memory() {
      const { total, available, swaptotal, swapused } = await si.mem();
      return { total, available, swapTotal: swaptotal, swapUsed: swapused };
    },

    async disks() {
      const disks = await si.fsSize();
      return (
        disks
          .filter(({ size, type, mount }) => size > 0 && isDisk(type, mount))
          // An image of whatever type; the root of macOS is read-only, and full only where its disk is.
          .filter(({ rw, mount, available }) => rw || mount === '/' || available > 0)
          .map(({ mount, fs, type, used, available, rw }) => ({
            mount,
            device: fs,
            type,
            used,
            available,
            ...(mount !== '/' && { isReadOnly: !rw }),
          }))
      );
    },

    async interfaces(wanted) {
      const names = Object.keys(os.networkInterfaces()).filter(wanted);
      if (names.length === 0) return [];
      const stats = await si.networkStats(names.join(','));
      const countedAt = performance.now();
      return stats.map((s) => ({
        name: s.iface,
        countedAt,
        ...(s.operstate !== 'unknown' && { up: s.operstate === 'up' }),
        inOctets: s.rx_bytes,
        outOctets: s.tx_bytes,
        inErrors: s.rx_errors,
        outErrors: s.tx_errors,
        inDiscards: s.rx_dropped,
        outDiscards: s.tx_dropped,
      }));
    },

    async temperatures() {
      const { main } = await si.cpuTemperature();
      return main === null ? [] : usableSensors([{ sensor: 'cpu', celsius: main }]);
    },

    async processes() {
      const { list } = await si.processes();
      const sums = new Map<string, { name: string; cpu: number; memory: number }>();
      for (const { name, cpu, mem } of list) {
        const sum = sums.get(name) ?? { name, cpu: 0, memory: 0 };
        sum.cpu += cpu;
        sum.memory += mem;
        sums.set(name, sum);
      }
      return [...sums.values()];
    },
  };
}

function coreTimes(cpus: os.CpuInfo[]): CoreTimes[] {
  return cpus.map(({ times }, i) => {
    const busy = times.user + times.nice + times.sys + times.irq;
    return { core: String(i), busy, total: busy + times.idle };
  });
}
