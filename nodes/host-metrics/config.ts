import * as check from '../shared/check.ts';
import type { NameFilter } from '../shared/match/name-filter.ts';
import { parseNames } from '../shared/match/parse-filter.ts';

/** What can be collected, each switched on or off by the setting of its name. */
export const groups = [
  'cpu',
  'cores',
  'memory',
  'swap',
  'disks',
  'interfaces',
  'load',
  'temperature',
  'uptime',
  'processes',
  'netmon',
] as const;
export type Group = (typeof groups)[number];

/**
 * What a message's payload holds: readings, or one of the documents of the device API (raw counts of
 * the interfaces; everything else).
 */
const outputs = ['readings', 'interfaces', 'system'] as const;
type Output = (typeof outputs)[number];

/** The settings of a host-metrics node. */
export interface HostMetricsSettings extends Record<Group, boolean> {
  /** the label `device` of the readings; empty for the host's name */
  device: string;
  /** s between two collections; 0 collects on a message only */
  interval: number;
  output: Output;
  /** see {@link parseNames} */
  interfaceFilter: string;
  /** how many processes, of those that use most */
  processCount: number;
}

export const defaults: HostMetricsSettings = {
  device: '',
  interval: 10,
  output: 'readings',
  cpu: true,
  cores: true,
  memory: true,
  swap: true,
  disks: true,
  interfaces: true,
  load: true,
  temperature: true,
  uptime: true,
  processes: true,
  netmon: false,
  interfaceFilter: '!lo, !lo0, !veth*',
  processCount: 5,
};

/** The check of each setting that can be wrong; each returns the value or throws a FieldProblem. */
export const checks = {
  device: (value: unknown) => (value === '' ? '' : check.text('device', value, { max: 200 })),
  interval: (value: unknown) =>
    check.number('interval', value, { min: 0, max: 86_400, integer: true }),
  output: (value: unknown) => check.oneOf('output', value, outputs),
  interfaceFilter: (value: unknown) => parseNames('interfaceFilter', value),
  processCount: (value: unknown) =>
    check.number('processCount', value, { min: 1, max: 100, integer: true }),
};

/** The settings checked and understood. */
export interface HostMetricsOptions extends Omit<HostMetricsSettings, 'interfaceFilter'> {
  interfaceFilter: NameFilter;
}

/** Takes a node's settings as a flow has them; what is missing gets its default. */
export function checkSettings(value: unknown): HostMetricsOptions {
  const raw = { ...defaults, ...check.object('', value) };
  const on = groups.map((group) => [group, check.boolean(group, raw[group])]);
  return {
    ...(Object.fromEntries(on) as Record<Group, boolean>),
    device: checks.device(raw.device),
    interval: checks.interval(raw.interval),
    output: checks.output(raw.output),
    interfaceFilter: checks.interfaceFilter(raw.interfaceFilter),
    processCount: checks.processCount(raw.processCount),
  };
}
