import type { PortLine, PortState } from '../contract/pages.ts';
import { isVirtual } from '../shared/match/port-kind.ts';
import type { DeviceRecord, Moment, Port, Series } from './device-record.ts';

/** The ports of a device in its own order. @param busyShare % of its speed above which a port is busy */
export function portsOf(record: DeviceRecord, busyShare: number, now: Moment): PortLine[] {
  return record.portsInOrder.map((port, index) => portLine(record, port, index, busyShare, now));
}

function portLine(
  record: DeviceRecord,
  port: Port,
  index: number,
  busyShare: number,
  now: Moment,
): PortLine {
  const isSilent = record.isSilent(now);
  const value = (metric: string): number | null => {
    const series = port.series.get(metric);
    return series && !isSilent && record.isFresh(series) ? series.value : null;
  };
  const { alias, type } = infoOf(port);
  const utilization = value('utilization');
  return {
    ...{ device: record.name, name: port.name, index, since: port.since, utilization },
    ...(alias !== undefined && alias !== '' && { alias }),
    isVirtual: isVirtual(port.name, type),
    state: stateOf(port, value, utilization !== null && utilization >= busyShare),
    speed: value('interface_speed'),
    inRate: value('in_rate'),
    outRate: value('out_rate'),
    inUtilization: value('in_utilization'),
    outUtilization: value('out_utilization'),
    errorRate: value('error_rate'),
    discardRate: value('discard_rate'),
  };
}

function stateOf(
  { hadLink }: Port,
  value: (metric: string) => number | null,
  isBusy: boolean,
): PortState {
  // While a port is switched off nobody tells of its link.
  if (value('interface_admin_up') === 0) return 'switched-off';
  const up = value('interface_up');
  if (up === null) return 'unknown';
  if (up > 0) return isBusy ? 'busy' : 'up';
  return hadLink ? 'lost-link' : 'no-link';
}

// What describes a port comes with each of its series; the newest tells it as it is.
function infoOf({ series }: Port): Record<string, string> {
  let newest: Series | undefined;
  for (const one of series.values()) {
    if (one.info && (!newest || one.at.steady > newest.at.steady)) newest = one;
  }
  return newest?.info ?? {};
}

/** in and out together, bit/s; what is not known counts nothing */
export function rateOf({ inRate, outRate }: PortLine): number {
  return (inRate ?? 0) + (outRate ?? 0);
}
