import type { CountName, InterfaceState, Sample, Snapshot } from '../../contract/snapshot.ts';
import { isDisk } from '../../shared/host/file-system.ts';
import { memoryUse, swapUse } from '../../shared/host/memory.ts';
import { namingSensors, type Sensor } from '../../shared/host/temperature.ts';
import { each } from '../../shared/steps.ts';
import { sample } from '../sample.ts';
import type { Series } from './series.ts';

// Names: https://github.com/prometheus/node_exporter, from version 0.16 (2018) on.

const counts: Record<CountName, string> = {
  inOctets: 'node_network_receive_bytes_total',
  outOctets: 'node_network_transmit_bytes_total',
  inPackets: 'node_network_receive_packets_total',
  outPackets: 'node_network_transmit_packets_total',
  inErrors: 'node_network_receive_errs_total',
  outErrors: 'node_network_transmit_errs_total',
  inDiscards: 'node_network_receive_drop_total',
  outDiscards: 'node_network_transmit_drop_total',
};

const periods = { node_load1: '1m', node_load5: '5m', node_load15: '15m' };

/** The names that are read. */
export const nodeExporterNames: ReadonlySet<string> = new Set([
  ...Object.values(counts),
  ...Object.keys(periods),
  ...['info', 'up', 'speed_bytes', 'iface_id'].map((name) => `node_network_${name}`),
  'node_cpu_seconds_total',
  ...['MemTotal', 'MemAvailable', 'MemFree', 'Buffers', 'Cached', 'Shmem', 'SReclaimable'].map(
    (name) => `node_memory_${name}_bytes`,
  ),
  ...['SwapTotal', 'SwapFree'].map((name) => `node_memory_${name}_bytes`),
  ...['node_zfs_arc_size', 'node_zfs_arc_c_min'],
  ...['size', 'free', 'avail'].map((name) => `node_filesystem_${name}_bytes`),
  ...['files', 'files_free', 'readonly'].map((name) => `node_filesystem_${name}`),
  ...['node_uname_info', 'node_hwmon_temp_fault'],
  ...['node_time_seconds', 'node_boot_time_seconds'],
  ...['node_hwmon_temp_celsius', 'node_hwmon_sensor_label', 'node_thermal_zone_temp'],
]);

/**
 * What a node_exporter's metrics say under Netmon's own names; nothing of those that are not there. Yields
 * every few series.
 * @param now ms since the Unix epoch
 */
export function* readNodeExporter(
  series: Series,
  now: number,
): Generator<void, Omit<Snapshot, 'time'>> {
  const interfaces = yield* interfacesOf(series);
  const uptime = uptimeOf(series, now);
  const hostname = series.all('node_uname_info')[0]?.labels.nodename;
  return {
    ...(hostname && { hostname }),
    ...(interfaces.length > 0 && { interfaces }),
    ...(uptime !== undefined && { uptime }),
    readings: [
      ...(uptime === undefined ? [] : [sample('uptime', uptime)]),
      ...(yield* cpu(series)),
      ...memory(series),
      ...(yield* disks(series)),
      ...load(series),
      ...(yield* temperatures(series)),
    ],
  };
}

function* interfacesOf(series: Series): Generator<void, InterfaceState[]> {
  const states = new Map<string, InterfaceState>();
  const eachOf = (name: string, take: (state: InterfaceState, value: number) => void) =>
    each(series.all(name), ({ labels: { device }, value }) => {
      if (device === undefined) return;
      let state = states.get(device);
      if (!state) states.set(device, (state = { name: device }));
      take(state, value);
    });
  for (const [name, metric] of Object.entries(counts) as [CountName, string][]) {
    yield* eachOf(metric, (state, value) => (state[name] = value));
  }
  yield* eachOf('node_network_iface_id', (state, value) => (state.index = value));
  // Bytes a second; what is not known is 0 or -1 Mbit/s.
  yield* eachOf('node_network_speed_bytes', (state, value) => {
    if (value > 0) state.speed = value * 8;
  });
  yield* eachOf('node_network_up', (state, value) => (state.up = value === 1));
  yield* each(series.all('node_network_info'), ({ labels }) => {
    const state = states.get(labels.device ?? '');
    if (state) describe(state, labels);
  });
  for (const state of states.values()) {
    if (state.up === false && emptyBridge.test(state.name)) delete state.up;
  }
  return [...states.values()];
}

// The bridges that container engines and libvirt make by themselves: one that is down has nothing on it, and
// lacks nothing. What is on a bridge, no metric tells.
const emptyBridge = /^(?:docker|podman|cni|lxcbr|lxdbr|virbr)\d+$|^br-[0-9a-f]{12}$/;

function describe(state: InterfaceState, labels: Record<string, string>): void {
  const { operstate, adminstate, duplex, ifalias } = labels;
  // node_network_up takes "unknown", which loopback and tunnels always are, for down.
  if (operstate === 'unknown') delete state.up;
  if (adminstate !== undefined) state.adminUp = adminstate === 'up';
  if (duplex === 'full' || duplex === 'half') state.duplex = duplex;
  if (ifalias !== undefined) state.alias = ifalias;
}

function uptimeOf(series: Series, now: number): number | undefined {
  const boot = series.value('node_boot_time_seconds');
  if (boot === undefined) return undefined;
  const uptime = (series.value('node_time_seconds') ?? now / 1000) - boot;
  return uptime >= 0 ? uptime : undefined;
}

// The seconds of all cores and modes together grow by one a core and second. What waits is not busy.
function* cpu(series: Series): Generator<void, Sample[]> {
  const samples = series.all('node_cpu_seconds_total');
  if (samples.length === 0) return [];
  const cores = new Set<string | undefined>();
  let busy = 0;
  yield* each(samples, ({ labels, value }) => {
    cores.add(labels.cpu);
    if (labels.mode !== 'idle' && labels.mode !== 'iowait') busy += value;
  });
  return [sample('cpu_usage', busy, { counter: true, scale: 100 / cores.size })];
}

function memory(series: Series): Sample[] {
  const bytes = (name: string) => series.value(`node_memory_${name}_bytes`);
  const use = memoryUse({
    total: bytes('MemTotal'),
    available: bytes('MemAvailable'),
    free: bytes('MemFree'),
    buffers: bytes('Buffers'),
    cached: bytes('Cached'),
    shared: bytes('Shmem'),
    reclaimable: bytes('SReclaimable'),
    arc: series.value('node_zfs_arc_size'),
    leastArc: series.value('node_zfs_arc_c_min'),
  });
  const swap = swapUse(bytes('SwapTotal'), bytes('SwapFree'));
  return [
    ...(use === undefined ? [] : [sample('memory_usage', use * 100)]),
    ...(swap === undefined ? [] : [sample('swap_usage', swap * 100)]),
  ];
}

// As df has it: what is reserved for root counts neither way. Of several file systems at one place the one
// that was mounted last hides the others.
function* disks(series: Series): Generator<void, Sample[]> {
  const key = ({ device = '', fstype = '', mountpoint = '' }: Record<string, string>) =>
    [device, fstype, mountpoint].join('\0');
  function* by(name: string): Generator<void, Map<string, number>> {
    const values = new Map<string, number>();
    const all = series.all(`node_filesystem_${name}`);
    yield* each(all, ({ labels, value }) => values.set(key(labels), value));
    return values;
  }
  const free = yield* by('free_bytes');
  const available = yield* by('avail_bytes');
  const readOnly = yield* by('readonly');
  const inodes = yield* by('files');
  const freeInodes = yield* by('files_free');
  const found = new Map<string, Sample[]>();
  yield* each(series.all('node_filesystem_size_bytes'), ({ labels, value }) => {
    const { mountpoint: disk = '', device = '', fstype: type = '' } = labels;
    if (disk === '' || !isDisk(type, disk)) return;
    const more = { labels: { disk }, info: { device, type } };
    const isReadOnly = readOnly.get(key(labels)) === 1;
    const used = value - (free.get(key(labels)) ?? Number.NaN);
    const nodes = inodes.get(key(labels)) ?? Number.NaN;
    if (value === 0) return;
    found.set(disk, [
      ...(isReadOnly
        ? []
        : [
            ...share('disk_usage', used, used + (available.get(key(labels)) ?? Number.NaN), more),
            ...share(
              'inode_usage',
              nodes - (freeInodes.get(key(labels)) ?? Number.NaN),
              nodes,
              more,
            ),
          ]),
      ...(readOnly.has(key(labels)) ? [sample('disk_read_only', isReadOnly ? 1 : 0, more)] : []),
    ]);
  });
  return [...found.values()].flat();
}

function load(series: Series): Sample[] {
  return Object.entries(periods).flatMap(([name, period]) => {
    const value = series.value(name);
    return value === undefined ? [] : [sample('load_average', value, { labels: { period } })];
  });
}

function* temperatures(series: Series): Generator<void, Sample[]> {
  const key = (labels: Record<string, string>) => `${labels.chip ?? ''} ${labels.sensor ?? ''}`;
  const names = new Map<string, string | undefined>();
  yield* each(series.all('node_hwmon_sensor_label'), ({ labels }) =>
    names.set(key(labels), labels.label),
  );
  const faults = new Set<string>();
  yield* each(series.all('node_hwmon_temp_fault'), ({ labels, value }) => {
    if (value === 1) faults.add(key(labels));
  });
  const sensors: Sensor[] = [];
  yield* each(series.all('node_hwmon_temp_celsius'), ({ labels, value }) =>
    sensors.push({
      celsius: value,
      sensor: `${labels.chip ?? ''} ${names.get(key(labels)) ?? labels.sensor ?? ''}`.trim(),
      ...(names.has(key(labels)) && { own: labels.sensor ?? '' }),
      faulty: faults.has(key(labels)),
    }),
  );
  yield* each(series.all('node_thermal_zone_temp'), ({ labels, value }) =>
    sensors.push({
      celsius: value,
      sensor: `${labels.type ?? ''} ${labels.zone ?? ''}`.trim(),
    }),
  );
  const samples: Sample[] = [];
  yield* each(yield* namingSensors(sensors), ({ sensor, celsius }) =>
    samples.push(sample('temperature', celsius, { labels: { sensor } })),
  );
  return samples;
}

function share(
  metric: 'disk_usage' | 'inode_usage',
  part: number,
  whole: number,
  more: Pick<Sample, 'labels' | 'info'> = {},
): Sample[] {
  const percent = (part / whole) * 100;
  return percent >= 0 && percent <= 100 ? [sample(metric, percent, more)] : [];
}
