import { metrics } from '../../contract/metrics.ts';
import type { Reading } from '../../contract/reading.ts';
import { rounded } from '../../contract/round.ts';
import { type FlowReport, type InterfaceReport, other } from './report.ts';

/** rows between two yields */
const stretch = 50;

/**
 * Makes the readings of a report, and yields every few.
 * @param device what the exporter is called
 * @param interfaceName the name of an interface by its index, where one is known here
 */
export function* flowReadings(
  report: FlowReport,
  device: string,
  interfaceName: (index: number) => string | undefined,
): Generator<void, Reading[]> {
  const { time, seconds } = report;
  const readings: Reading[] = [];
  const put = (
    metric: keyof typeof metrics,
    value: number,
    labels: Record<string, string>,
    info: Record<string, string> | undefined,
  ) => {
    const unit = metrics[metric];
    readings.push({
      ...{ metric, value: rounded(value, unit), unit, time, labels },
      ...(info && { info }),
    });
  };
  for (const [name, one] of byName(report.interfaces, interfaceName)) {
    const own = { device, interface: name };
    const info: Record<string, string> = {};
    if (one.index > 0) info.index = String(one.index);
    if (one.factor > 1) info.sampled = String(one.factor);
    const told = Object.keys(info).length > 0 ? info : undefined;
    put('flow_rate', (one.octets * 8) / seconds, own, told);
    put('flow_packets', one.packets / seconds, own, told);
    for (const [i, { labels, octets, packets, bound }] of one.rows.entries()) {
      const error_bound = bound > 0 ? String(rounded((bound * 8) / seconds, 'bit/s')) : undefined;
      const about = error_bound === undefined ? told : { ...info, error_bound };
      put('flow_rate', (octets * 8) / seconds, { ...own, ...labels }, about);
      put('flow_packets', packets / seconds, { ...own, ...labels }, told);
      if (i % stretch === stretch - 1) yield;
    }
    yield;
  }
  for (const { talker, count } of report.peers) {
    put('flow_peers', count, { device, talker }, undefined);
  }
  return readings;
}

// A message has no series twice: where two interfaces go by one name, they go by their index.
function byName(
  interfaces: readonly InterfaceReport[],
  interfaceName: (index: number) => string | undefined,
): Map<string, InterfaceReport> {
  const nameOf = (one: InterfaceReport) =>
    one.index < 0 ? other : (interfaceName(one.index) ?? one.name ?? String(one.index));
  const uses = new Map<string, number>();
  for (const one of interfaces) uses.set(nameOf(one), (uses.get(nameOf(one)) ?? 0) + 1);
  return new Map(
    interfaces.map((one) => {
      const name = nameOf(one);
      return [uses.get(name)! > 1 ? `${name} (${one.index})` : name, one] as const;
    }),
  );
}
