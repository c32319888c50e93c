import * as check from '../shared/check.ts';
import { parseNames } from '../shared/match/parse-filter.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  type Setting,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';

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

export const hostSettings = settings({
  ...(Object.fromEntries(groups.map((group) => [group, flag(group !== 'netmon')])) as Record<
    Group,
    Setting<boolean>
  >),
  name: unchecked(''),
  /** the label `device` of the readings; empty for the host's name */
  device: setting('', (field, value) =>
    value === '' ? '' : check.text(field, value, { max: 200 }),
  ),
  /** s between two collections; 0 collects on a message only */
  interval: number(10, { min: 0, max: 86_400, integer: true }),
  output: choice('readings', outputs),
  /** see {@link parseNames} */
  interfaceFilter: setting('!lo, !lo0, !veth*', parseNames),
  /** how many processes, of those that use most */
  processCount: number(5, { min: 1, max: 100, integer: true }),
});

export const { defaults, read: checkSettings } = hostSettings;
export type HostMetricsSettings = Values<typeof hostSettings>;
export type HostMetricsOptions = Parsed<typeof hostSettings>;
