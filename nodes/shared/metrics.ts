/** The metrics that Netmon's own nodes emit, with their units. A user may add any other. */
export const metrics = {
  device_up: '1',
  poll_duration: 'ms',
  latency: 'ms',
  jitter: 'ms',
  packet_loss: '%',
  cpu_usage: '%',
  cpu_core_usage: '%',
  memory_usage: '%',
  swap_usage: '%',
  disk_usage: '%',
  load_average: '1',
  temperature: '°C',
  uptime: 's',
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
  process_cpu_usage: '%',
  process_memory_usage: '%',
} as const satisfies Record<string, string>;

/** The unit of a known metric, "1" for any other. */
export function metricUnit(metric: string): string {
  return Object.hasOwn(metrics, metric) ? metrics[metric as keyof typeof metrics] : '1';
}
