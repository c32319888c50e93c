import type { Sample } from '../../../shared/snapshot.ts';
import type { Varbind } from '../transport.ts';
import { number, seconds, text } from '../values.ts';

const uptimes = {
  /** of the management part; starts again at 0 after 497 days */
  sysUpTime: '1.3.6.1.2.1.1.3.0',
  /** RFC 3411: in seconds, of the management part */
  snmpEngineTime: '1.3.6.1.6.3.10.2.1.3.0',
  /** RFC 2790: of the host */
  hrSystemUptime: '1.3.6.1.2.1.25.1.1.0',
} as const;

const texts = {
  sysDescr: '1.3.6.1.2.1.1.1.0',
  sysName: '1.3.6.1.2.1.1.5.0',
  sysLocation: '1.3.6.1.2.1.1.6.0',
} as const;

/** What {@link readUptime} takes, in this order. */
export const uptimeScalars: readonly string[] = Object.values(uptimes);

/** What {@link readSystem} takes, in this order. */
export const systemScalars: readonly string[] = Object.values(texts);

type Values = readonly (Varbind | undefined)[];

/** Two uptimes in seconds; undefined where the device tells none. */
export interface Uptime {
  /** for telling a restart: that of the part that counts */
  counting?: number;
  /** for people: the longest that the device tells of, which is the one that started over least */
  longest?: number;
}

/** Reads how long a device has been up. */
export function readUptime([sysUpTime, snmpEngineTime, hrSystemUptime]: Values): Uptime {
  const told = [seconds(sysUpTime), number(snmpEngineTime), seconds(hrSystemUptime)].filter(
    (uptime) => uptime !== undefined,
  );
  const counting = told[0];
  return counting === undefined ? {} : { counting, longest: Math.max(...told) };
}

/** The reading of a device's uptime, which carries what else the system group tells. */
export function readSystem(
  { longest }: Uptime,
  [sysDescr, sysName, sysLocation]: Values,
): Sample[] {
  if (longest === undefined) return [];
  const info: Record<string, string> = {};
  const add = (name: string, value: string) => {
    if (value !== '') info[name] = value;
  };
  add('system', text(sysName));
  add('description', text(sysDescr));
  add('location', text(sysLocation));
  return [{ metric: 'uptime', value: longest, unit: 's', info }];
}
