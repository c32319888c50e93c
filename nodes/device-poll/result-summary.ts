import type { Reading } from '../contract/reading.ts';
import { format } from '../contract/units.ts';
import type { Translate } from '../shared/problem.ts';

/** What the readings of one poll tell of a device as a whole. */
export interface ResultSummary {
  /** its name or address, and the name that it gives itself where that is another */
  device: string;
  /** ms */
  duration: number;
  interfaces: number;
  /** of those, how many work */
  up: number;
  readings: number;
}

export function summaryOf(readings: readonly Reading[]): ResultSummary {
  const summary = { device: '', duration: 0, interfaces: 0, up: 0, readings: readings.length };
  const interfaces = new Set<string>();
  for (const { metric, value, labels, info } of readings) {
    if (metric === 'device_up') {
      const { device = '' } = labels;
      const hostname = info?.hostname ?? device;
      summary.device = hostname === device ? device : `${device} (${hostname})`;
    }
    if (metric === 'poll_duration') summary.duration = value;
    if (labels.interface !== undefined) interfaces.add(labels.interface);
    if (metric === 'interface_up') summary.up += value;
  }
  summary.interfaces = interfaces.size;
  return summary;
}

/** A summary as one sentence. */
export function summaryWords(summary: ResultSummary, t: Translate): string {
  const { device, duration, interfaces, up, readings } = summary;
  const time = format(duration >= 1000 ? duration / 1000 : duration, duration >= 1000 ? 's' : 'ms');
  return interfaces > 0
    ? t('device-poll.result.interfaces', {
        ...{ device, time, count: String(interfaces), up: String(up) },
      })
    : t('device-poll.result.values', { device, time, count: String(readings) });
}
