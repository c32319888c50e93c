import type { Sample } from '../../../contract/snapshot.ts';
import { number, seconds, text } from '../../if-mib/values.ts';
import type { Varbind } from '../../if-mib/varbind.ts';

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

/** When the configuration changed, on the clock of sysUpTime: the better one first. */
const changes = {
  /** CISCO-CONFIG-MAN-MIB: the running configuration */
  ccmHistoryRunningLastChanged: '1.3.6.1.4.1.9.9.43.1.1.1.0',
  /** RFC 3418: what the agent supports, which modules and features change */
  sysORLastChange: '1.3.6.1.2.1.1.8.0',
} as const;

/** What {@link readUptime} takes, in this order. */
export const uptimeScalars: readonly string[] = Object.values(uptimes);

/** What {@link readSystem} takes, in this order. */
export const systemScalars: readonly string[] = [
  ...Object.values(texts),
  ...Object.values(changes),
];

type Values = readonly (Varbind | undefined)[];

/** Two uptimes in seconds; undefined where the device tells none. */
export interface Uptime {
  /** for telling a restart: that of the part that counts */
  counting?: number;
  /** sysUpTime itself, which other times of the device are told by */
  management?: number;
  /** for people: with the times that sysUpTime has started again */
  longest?: number;
}

/** s after which sysUpTime, 32 bits of hundredths, starts again at 0 */
const wrap = 2 ** 32 / 100;
/** s by which two parts of a device may have started one after the other */
const slack = 300;

/**
 * Reads how long a device has been up. Many tell nonsense beside sysUpTime, such as the time of day as the
 * time of their engine: another one is believed only where it is sysUpTime and a number of the periods after
 * which that starts again, and of those the longest.
 */
export function readUptime([sysUpTime, snmpEngineTime, hrSystemUptime]: Values): Uptime {
  const told = [seconds(sysUpTime), number(snmpEngineTime), seconds(hrSystemUptime)];
  const [management, ...others] = told.map((s) => (s !== undefined && s >= 0 ? s : undefined));
  const known = others.filter((s) => s !== undefined);
  const counting = management ?? known[0];
  if (counting === undefined) return {};
  if (management === undefined) return { counting, longest: Math.min(...known) };
  const fitting = known.filter((s) => {
    const periods = Math.round((s - management) / wrap);
    return periods >= 0 && Math.abs(s - management - periods * wrap) <= slack;
  });
  return { counting, management, longest: Math.max(management, ...fitting) };
}

/**
 * The reading of a device's uptime, which carries what else the system group tells, and of how long ago its configuration
 * changed, where it tells.
 */
export function readSystem(
  { longest, management }: Uptime,
  [sysDescr, sysName, sysLocation, ...changed]: Values,
): Sample[] {
  if (longest === undefined) return [];
  const info: Record<string, string> = {};
  const add = (name: string, value: string) => {
    if (value !== '') info[name] = value;
  };
  add('system', text(sysName));
  add('description', text(sysDescr));
  add('location', text(sysLocation));
  return [{ metric: 'uptime', value: longest, unit: 's', info }, ...readAge(management, changed)];
}

// Both times start again at 0 after 497 days: one that lies ahead is of the period before.
function readAge(management: number | undefined, changed: Values): Sample[] {
  if (management === undefined) return [];
  for (const [i, source] of Object.keys(changes).entries()) {
    const at = seconds(changed[i]);
    if (at === undefined) continue;
    const age = management - at;
    const value = Math.round((age < 0 ? age + wrap : age) * 100) / 100;
    return [{ metric: 'configuration_age', value, unit: 's', info: { source } }];
  }
  return [];
}
