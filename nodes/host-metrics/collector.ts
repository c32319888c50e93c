import type { Sample, Snapshot } from '../contract/snapshot.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Group, HostMetricsOptions } from './config.ts';
import { CpuUsage } from './cpu-usage.ts';
import {
  cpuSamples,
  diskSamples,
  loadSamples,
  memorySamples,
  processSamples,
  sample,
  temperatureSamples,
} from './samples.ts';
import type { HostSource, NetmonSource } from './source.ts';

/** What one collection saw, and why a group is missing in it. */
export interface Collection {
  snapshot: Snapshot;
  failures: { group: Group; error: unknown }[];
}

/** Collects what its settings ask for, and nothing else, from a host. */
export class Collector {
  readonly #source: HostSource;
  readonly #netmon: NetmonSource | undefined;
  readonly #settings: HostMetricsOptions;
  readonly #clock: Clock;
  readonly #cpu = new CpuUsage();

  /** @param netmon needed where its group is on */
  constructor(
    source: HostSource,
    settings: HostMetricsOptions,
    netmon?: NetmonSource,
    clock = systemClock,
  ) {
    this.#source = source;
    this.#netmon = netmon;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Collects once. A group that fails is told of, and the others are there. */
  async collect(): Promise<Collection> {
    const hostname = this.#source.hostname?.();
    const snapshot: Snapshot = {
      time: this.#clock.date(),
      uptime: this.#source.uptime(),
      ...(hostname && { hostname }),
    };
    const failures: Collection['failures'] = [];
    const attempt = async <T>(group: Group, read: () => T | Promise<T>) => {
      try {
        return await read();
      } catch (error) {
        failures.push({ group, error });
        return undefined;
      }
    };

    const { output, interfaceFilter } = this.#settings;
    const wanted = (name: string) => interfaceFilter.takes(name);
    const parts = Promise.all(this.#reads().map(([group, read]) => attempt(group, read)));
    if (output === 'interfaces' || (output === 'readings' && this.#settings.interfaces)) {
      const interfaces = await attempt('interfaces', () => this.#source.interfaces(wanted));
      if (interfaces) snapshot.interfaces = interfaces;
    }
    if (output !== 'interfaces') {
      const samples = (await parts).flatMap((part) => part ?? []);
      snapshot.readings = samples.filter(({ value }) => Number.isFinite(value));
    }
    return { snapshot, failures };
  }

  #reads(): [Group, () => Sample[] | Promise<Sample[]>][] {
    const [s, source] = [this.#settings, this.#source];
    const reads: [Group, boolean, () => Sample[] | Promise<Sample[]>][] = [
      ['cpu', s.cpu || s.cores, async () => cpuSamples(this.#cpu.update(await source.cpu()), s)],
      ['memory', s.memory || s.swap, async () => memorySamples(await source.memory(), s)],
      ['disks', s.disks, async () => diskSamples(await source.disks())],
      ['load', s.load, () => loadSamples(source.load())],
      ['temperature', s.temperature, async () => temperatureSamples(await source.temperatures())],
      ['uptime', s.uptime, () => [sample('uptime', source.uptime())]],
      [
        'processes',
        s.processes,
        async () => processSamples(await source.processes(), s.processCount),
      ],
      ['netmon', s.netmon, () => this.#netmon?.samples() ?? []],
    ];
    return reads
      .filter(([, on]) => on && s.output !== 'interfaces')
      .map(([group, , read]) => [group, read]);
  }
}
