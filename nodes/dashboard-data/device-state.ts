import type { Alert } from '../contract/alert.ts';
import type { DeviceLine, DeviceState } from '../contract/pages.ts';
import type { DeviceRecord, Moment } from './device-record.ts';

/** How a device is, and why it is not up. */
export interface Verdict {
  state: DeviceState;
  /** in words that came with the readings or the alerts */
  reason?: string;
  /** % of packets lost, where that is the reason */
  loss?: number;
}

/**
 * Judges a device by its newest readings and the alerts that fire on it: down where it does not answer, degraded where
 * it answers beyond a limit, with packets lost or with a firing warning.
 */
export function judge(
  record: DeviceRecord,
  firing: readonly Alert[],
  isMaintained: boolean,
  now: Moment,
): Verdict {
  if (isMaintained) return { state: 'maintenance' };
  if (record.isSilent(now)) return { state: 'unknown' };
  const up = record.latest('device_up');
  if (up && !(up.value > 0)) {
    if (record.isUnreachable) return { state: 'unknown' };
    const { error } = up.info ?? {};
    return { state: 'down', ...(error !== undefined && { reason: error }) };
  }
  const degraded = record.latest('device_degraded');
  if (degraded && degraded.value > 0) {
    const { reason } = degraded.info ?? {};
    return { state: 'degraded', ...(reason !== undefined && { reason }) };
  }
  const [alert] = firing.filter(({ severity }) => severity !== 'info');
  if (alert) return { state: 'degraded', reason: alert.summary };
  const loss = record.value('packet_loss');
  if (loss !== null && loss > 0) return { state: 'degraded', loss };
  return { state: 'up' };
}

/** From worst to best. */
export const deviceStates = [
  'down',
  'degraded',
  'unknown',
  'maintenance',
  'up',
] as const satisfies readonly DeviceState[];

/** Metrics that only a check of a service gives. */
const ofChecks = [
  ...['latency', 'packet_loss', 'certificate_days_left', 'ntp_offset', 'ntp_stratum'],
];
/** Metrics of a device that tells of itself. */
const ofDevices = ['uptime', 'cpu_usage', 'memory_usage', 'counter_gaps', 'temperature'];

/**
 * What a device is: `host` where nobody asks it, because it tells of itself; `check` where only a service of it is
 * asked, as whoever asked it says, or what it tells.
 */
export function kindOf(record: DeviceRecord): DeviceLine['kind'] {
  if (!record.series.has('device_up')) return 'host';
  const has = (metrics: readonly string[]) => metrics.some((metric) => record.series.has(metric));
  const isAsked = checkOf(record) !== undefined || has(ofChecks);
  return record.ports.size === 0 && !has(ofDevices) && isAsked ? 'check' : 'device';
}

/** What is checked of a device, "TCP 443", where whoever asked it says so. */
export function checkOf(record: DeviceRecord): string | undefined {
  return record.latest('device_up')?.info?.check;
}

/** The name that a device gives itself where it goes by its address, or its name. */
export function titleOf(record: DeviceRecord): string {
  // All readings of such a device tell it, and only that one of any other.
  return record.latest('poll_duration')?.info?.hostname ?? record.name;
}

/** What a device is in a few words, of how it describes itself; undefined where it does not. */
export function modelOf(record: DeviceRecord): string | undefined {
  const description = record.latest('uptime')?.info?.description?.trim();
  if (description === undefined || description === '') return undefined;
  // "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E"
  const cisco = /^Cisco .*?\b([A-Z][\w-]+) Software \(/.exec(description);
  if (cisco) return `Cisco ${cisco[1]}`;
  // uname: "Linux core-1 6.1.0-13-amd64 #1 SMP ..."
  const [, system, release] =
    /^(Linux|Darwin|FreeBSD|OpenBSD|NetBSD) \S+ (\d[\d.]*)/.exec(description) ?? [];
  if (system !== undefined) return `${system} ${release!.replace(/\.$/, '')}`;
  const [first = ''] = description.split(/[,;\n]|\s+(?:Version|Software|Copyright)\b/i);
  return first.length > 60 ? `${first.slice(0, 59)}…` : first;
}
