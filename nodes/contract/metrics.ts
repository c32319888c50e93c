import { rounded } from './round.ts';

/** The metrics that Netmon's own nodes emit, with their units. A user may add any other. */
export const metrics = {
  device_up: '1',
  poll_duration: 'ms',
  device_degraded: '1',
  clock_offset: 's',
  latency: 'ms',
  latency_min: 'ms',
  latency_max: 'ms',
  jitter: 'ms',
  packet_loss: '%',
  certificate_days_left: 'd',
  ntp_offset: 'ms',
  ntp_stratum: '1',
  ntp_root_delay: 'ms',
  ntp_root_dispersion: 'ms',
  cpu_usage: '%',
  cpu_core_usage: '%',
  memory_usage: '%',
  swap_usage: '%',
  disk_usage: '%',
  disk_read_only: '1',
  inode_usage: '%',
  load_average: '1',
  temperature: '°C',
  uptime: 's',
  configuration_age: 's',
  in_rate: 'bit/s',
  out_rate: 'bit/s',
  in_utilization: '%',
  out_utilization: '%',
  utilization: '%',
  error_rate: '1',
  discard_rate: '1',
  in_packets: '1/s',
  out_packets: '1/s',
  interface_up: '1',
  interface_speed: 'bit/s',
  counter_gaps: '1',
  lldp_neighbor: '1',
  bridge_neighbor: '1',
  interface_admin_up: '1',
  ip_in_packets: '1/s',
  ip_out_packets: '1/s',
  ip_forwarded_packets: '1/s',
  ip_in_discards: '1/s',
  ip_out_discards: '1/s',
  ip_in_header_errors: '1/s',
  ip_no_routes: '1/s',
  icmp_in_messages: '1/s',
  icmp_out_messages: '1/s',
  icmp_in_errors: '1/s',
  tcp_connections: '1',
  tcp_active_opens: '1/s',
  tcp_passive_opens: '1/s',
  tcp_failed_opens: '1/s',
  tcp_resets: '1/s',
  tcp_retransmit_share: '%',
  udp_in_datagrams: '1/s',
  udp_out_datagrams: '1/s',
  udp_in_errors: '1/s',
  udp_no_ports: '1/s',
  process_cpu_usage: '%',
  process_memory_usage: '%',
  netmon_polls: '1/s',
  netmon_failed_polls: '1/s',
  netmon_late_polls: '1/s',
  netmon_memory: 'B',
  event_loop_delay: 'ms',
  alert_state: '1',
  alert_acknowledged: '1',
  alert_time_to_acknowledge: 's',
  alert_time_to_resolve: 's',
  device_unreachable: '1',
  maintenance: '1',
  flow_rate: 'bit/s',
  flow_packets: '1/s',
  flow_peers: '1',
  time_until_limit: 's',
  deviation: '1',
  suspect: '1',
  change: '%',
  series_change: '%',
} as const satisfies Record<string, string>;

/** The unit of a known metric, "1" for any other. */
export function metricUnit(metric: string): string {
  return Object.hasOwn(metrics, metric) ? metrics[metric as keyof typeof metrics] : '1';
}

const shares = new Set(['error_rate', 'discard_rate']);

/**
 * The unit that people read a metric in, and what its values are multiplied by for it: shares of 1 are read in %.
 * @param unit the unit of the values
 */
export function readUnit(metric: string, unit: string): { unit: string; factor: number } {
  return unit === '1' && shares.has(metric) ? { unit: '%', factor: 100 } : { unit, factor: 1 };
}

/** A value in the unit that people read its metric in, as {@link readUnit} has it. */
export function readValue(metric: string, value: number, unit: string): number {
  const read = readUnit(metric, unit);
  return read.factor === 1 ? value : rounded(value * read.factor, read.unit);
}

/**
 * The least and the most that a metric can be, in its unit: a share is from 0 to 100 %, and only a
 * temperature, the days of a certificate and the offset of a clock fall below zero. Of a metric that Netmon
 * does not know, any number can be.
 */
export function metricBounds(metric: string): { min?: number; max?: number } {
  if (!Object.hasOwn(metrics, metric) || mayBeNegative.has(metric)) return {};
  const unit = metricUnit(metric);
  if (unit === '°C') return { min: -273.15 };
  // That of a process may be of several cores.
  return unit === '%' && metric !== 'process_cpu_usage' ? { min: 0, max: 100 } : { min: 0 };
}

const mayBeNegative = new Set([
  'certificate_days_left',
  'clock_offset',
  'ntp_offset',
  'series_change',
]);

// What comes of rounding may be a little more than all.
const tolerance = 1;

/** Whether a value can be one of a metric: within its {@link metricBounds}, or a rounding error above. */
export function isPlausible(metric: string, value: number): boolean {
  const { min = -Infinity, max = Infinity } = metricBounds(metric);
  return value >= min && value <= max + tolerance;
}

/** characters of a metric's name */
const maxName = 200;

/**
 * Whether a text is the name of a metric. Beside Prometheus' own characters it may have those of MQTT's
 * topics and of Prometheus 3's names: whatever can be read can be charted, checked, kept and forwarded.
 */
export function isMetricName(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text.length <= maxName &&
    /^[a-zA-Z_:][a-zA-Z0-9_:./-]*$/.test(text) &&
    text !== '__proto__'
  );
}

/** The nearest metric name to any text: what does not belong in one becomes `_`. */
export function toMetricName(text: string): string {
  const name = toMetricPart(text.trim()).slice(0, maxName);
  if (isMetricName(name)) return name;
  return `_${name as string}`.slice(0, maxName);
}

/** The same for a part of a name. */
export function toMetricPart(text: string): string {
  return text.replace(/[^a-zA-Z0-9_:./-]/gu, '_');
}
