import os from 'node:os';
import { systemClock } from '../../shared/clock.ts';
import type { HostSource } from '../source.ts';
import { readCpu } from './cpu.ts';
import { readDisks } from './disks.ts';
import { type Files, files } from './files.ts';
import { readInterfaces } from './interfaces.ts';
import { readMemory } from './memory.ts';
import { Processes } from './processes.ts';
import { readTemperatures } from './temperatures.ts';

/**
 * The facts of this host on Linux, read from the kernel's files. systeminformation starts shells for
 * most of them, and waits for some: 5 to 100 ms in which all of Node-RED stands still.
 */
export async function linuxSource(): Promise<HostSource> {
  const machine = {
    cores: os.cpus().length,
    memory: os.totalmem(),
    pageSize: await pageSize(files),
  };
  const processes = new Processes(files, machine, systemClock);
  return {
    cpu: () => readCpu(files, systemClock.steady()),
    memory: () => readMemory(files),
    disks: () => readDisks(files),
    interfaces: (wanted) => readInterfaces(files, wanted, systemClock),
    load: () => os.loadavg(),
    temperatures: () => readTemperatures(files),
    uptime: () => os.uptime(),
    hostname: () => os.hostname(),
    processes: () => processes.read(),
  };
}

// Node does not tell it, but what this process takes in bytes and in pages. It is a power of two.
async function pageSize(from: Files): Promise<number> {
  const pages = Number((await from.text('/proc/self/statm')).split(' ')[1]);
  return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
}
