import type { Reading } from '../contract/reading.ts';
import { duration, format } from '../contract/units.ts';
import type { Translate } from '../shared/problem.ts';
import { oneLine } from '../shared/text.ts';

/** What the readings of one poll tell of a device as a whole. */
export interface ResultSummary {
  /** its name or address, and the name that it gives itself where that is another */
  device: string;
  /** what it says it is, such as the system description of SNMP; empty where it does not */
  description: string;
  /** s */
  uptime?: number;
  /** ms */
  duration: number;
  interfaces: number;
  /** of those, how many work */
  up: number;
  readings: number;
}

export function summaryOf(readings: readonly Reading[]): ResultSummary {
  const summary: ResultSummary = {
    ...{ device: '', description: '', duration: 0, interfaces: 0, up: 0 },
    readings: readings.length,
  };
  const interfaces = new Set<string>();
  for (const { metric, value, labels, info } of readings) {
    if (metric === 'device_up') {
      const { device = '' } = labels;
      const hostname = info?.hostname ?? device;
      summary.device = hostname === device ? device : `${device} (${hostname})`;
    }
    if (metric === 'uptime') {
      summary.uptime = value;
      summary.description = kindOf(info?.description ?? '');
    }
    if (metric === 'poll_duration') summary.duration = value;
    if (labels.interface !== undefined) interfaces.add(labels.interface);
    if (metric === 'interface_up') summary.up += value;
  }
  summary.interfaces = interfaces.size;
  return summary;
}

// A description is long: what comes first tells the vendor and the kind.
function kindOf(description: string): string {
  const [first = ''] = oneLine(description, 500).split(/,|\(| Version /);
  return oneLine(first, 60);
}

/** A summary as one sentence. @param language a BCP 47 tag, for the decimal sign */
export function summaryWords(summary: ResultSummary, t: Translate, language: string): string {
  const { description, uptime, duration: took, interfaces, up, readings } = summary;
  const time = format(took >= 1000 ? took / 1000 : took, took >= 1000 ? 's' : 'ms', language);
  const running =
    uptime === undefined ? '' : t('device-poll.result.running', { time: duration(uptime) });
  const device = [summary.device, description, running].filter((part) => part !== '').join(', ');
  return interfaces > 0
    ? t('device-poll.result.interfaces', {
        ...{ device, time, count: String(interfaces), up: String(up) },
      })
    : t('device-poll.result.values', { device, time, count: String(readings) });
}
