// A network as the elements may be given it: 23 devices, a switch of 48 ports, outages, and names that mean harm.

import type {
  AlertLine,
  AlertsPage,
  AlertStatus,
  Availability,
  BarSlice,
  ChangesPage,
  Chart,
  ChecksPage,
  ConfigurationLine,
  ConfigurationPage,
  ConfigurationsPage,
  DeviceLine,
  DevicePage,
  DevicesPage,
  DeviceState,
  Line,
  OverviewPage,
  Page,
  PageBase,
  PageRequest,
  PortLine,
  PortPage,
  PortState,
  Sparkline,
  StatusPage,
  Timeline,
  TrafficPage,
  VersionLine,
} from '../../nodes/contract/pages.ts';
import { answerChanges, changesPages, harmfulChanges } from './changes-samples.ts';
import { answerTraffic, harmfulTraffic, trafficPages } from './traffic-samples.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** 2026-11-28T14:05:00 UTC */
export const now = 1_795_874_700_000;

/** Names as an attacker would choose them. */
export const hostile = {
  html: '<img src=x onerror="window.harmed = 1"><script>window.harmed = 2</script>',
  vue: '{{ constructor.constructor("window.harmed = 3")() }}',
  angular: "{{ $on.constructor('window.harmed = 4')() }}",
  long: 'x'.repeat(10_000),
  control: 'a\u0000b\u001b[31mc\r\nd\u202ee',
};

// A sequence that is the same each time (Park and Miller 1988).
function random(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 16807) % 2147483647) / 2147483647;
}

interface Curve {
  base: number;
  noise: number;
  /** share of the base that is left at night */
  night?: number;
  seed: number;
}

function valueAt(time: number, { base, noise, night = 0.55 }: Curve, next: () => number): number {
  const clock = (time % day) / hour;
  const light = night + (1 - night) * Math.max(0, Math.sin(((clock - 6) / 15) * Math.PI));
  const peak = next() > 0.985 ? noise * 2.2 : 0;
  return Math.max(0, base * light + noise * (next() - 0.4) + peak);
}

function values(count: number, step: number, curve: Curve, end = now): number[] {
  const next = random(curve.seed);
  return Array.from({ length: count }, (_, i) =>
    valueAt(end - (count - 1 - i) * step, curve, next),
  );
}

function sparkline(curve: Curve, fallsAt = 1): Sparkline {
  const step = 30 * minute;
  const given = values(48, step, curve);
  return {
    start: now - 47 * step,
    step,
    values: given.map((value, i) => (i / 48 > fallsAt ? 0 : value)),
  };
}

interface LineOptions extends Curve {
  name: string;
  key?: string;
  role?: Line['role'];
  unit: string;
  hasBand?: boolean;
  /** ms that the line before is back */
  before?: number;
  /** a time without readings, ms before the end */
  gap?: [number, number];
  count?: number;
}

function line(options: LineOptions): Line {
  const { name, unit, role = 'value', key = name, count = 288, gap } = options;
  const step = day / count;
  const times = Array.from({ length: count }, (_, i) => now - (count - 1 - i) * step);
  const isGap = (time: number) => gap && time > now - gap[0] && time < now - gap[1];
  const known = values(count, step, options).map((value, i) => (isGap(times[i]!) ? null : value));
  const numbers = known.filter((value) => value !== null);
  const ascending = [...numbers].sort((a, b) => a - b);
  const next = random(options.seed + 1);
  const spread = known.map(() => 1 + next() * 0.25);
  return {
    ...{ name, key, role, unit, times, values: known },
    ...(options.hasBand
      ? {
          min: known.map((value, i) => (value === null ? null : value / spread[i]!)),
          max: known.map((value, i) => (value === null ? null : value * spread[i]!)),
        }
      : {}),
    last: known.at(-1) ?? null,
    mean: numbers.reduce((a, b) => a + b, 0) / numbers.length,
    highest: ascending.at(-1)!,
    ...(role === 'value' ? {} : { percentile95: ascending[Math.floor(numbers.length * 0.95)]! }),
    ...(options.before === undefined
      ? {}
      : { before: { times, values: values(count, step, { ...options, seed: options.seed + 7 }) } }),
  };
}

type Bad = Partial<Record<number, DeviceState>>;

function slices(bad: Bad = {}): BarSlice[] {
  const step = 30 * minute;
  const begin = Math.floor(now / step) * step - 47 * step;
  return Array.from({ length: 48 }, (_, i) => {
    const state = bad[i] ?? 'up';
    const percent = { up: 100, degraded: 100, down: 20, maintenance: null, unknown: null }[state];
    return { start: begin + i * step, end: Math.min(begin + (i + 1) * step, now), state, percent };
  });
}

function availability(bad?: Bad, days = 100, month = 99.99): Availability {
  return { slices: slices(bad), day: days, month };
}

const names = [
  ...['sw-cellar', 'sw-access-3', 'nas-2', 'router', 'fw-1', 'sw-core-1', 'sw-core-2'],
  ...['sw-access-1', 'sw-access-2', 'sw-access-4', 'ap-lobby', 'ap-hall', 'ap-attic', 'ups-1'],
  ...['printer-2', 'nas-1', 'hyper-1', 'hyper-2', 'plc-7', 'cam-1', 'cam-2', 'cam-3', 'cam-4'],
];
const states: Record<string, DeviceState> = {
  'sw-cellar': 'down',
  'sw-access-3': 'degraded',
  'nas-2': 'degraded',
};
const stateOf = (name: string) => states[name] ?? 'up';
const models: Record<string, string> = {
  'sw-cellar': 'Aruba 2530-24G',
  'sw-access-3': 'Cisco C2960X-48TS',
  'nas-2': 'Synology DS1821+',
  router: 'MikroTik RB5009',
  'fw-1': 'FortiGate 60F',
  'sw-core-1': 'Cisco C9300-24UX',
  'sw-core-2': 'Cisco C9300-24UX',
};

const base: PageBase = {
  time: now,
  period: '24h',
  compare: 'none',
  interval: 10_000,
  lastReading: now - 4000,
  hasHistory: true,
  hasConfigurations: true,
  hasTraffic: true,
  devices: names.map((name) => ({ name, title: name, state: stateOf(name) })),
};

const bad: Record<string, Bad> = {
  'sw-cellar': { 20: 'degraded', 46: 'down', 47: 'down' },
  'sw-access-3': { 44: 'degraded', 45: 'degraded', 46: 'degraded', 47: 'degraded' },
  'nas-2': { 10: 'maintenance', 11: 'maintenance', 47: 'degraded' },
};

const deviceLines: DeviceLine[] = names.map((name, i) => {
  const state = stateOf(name);
  const detail = models[name];
  return {
    name,
    title: name,
    kind: 'device',
    state,
    since:
      { 'sw-cellar': now - 14 * minute, 'sw-access-3': now - 32 * minute }[name] ??
      now - (41 + i) * day,
    ...(detail ? { detail } : {}),
    ...(name === 'sw-cellar' ? { reason: 'no answer within 5 s' } : {}),
    ...(name === 'sw-access-3' ? { reason: 'Te1/0/1 is 87 % used, limit 80 %' } : {}),
    ...(name === 'nas-2' ? { reason: 'disk /data is 91 % full, limit 90 %' } : {}),
    responseTime: state === 'down' ? null : [61, 2.31, 0.842, 12.4][i % 4]!,
    packetLoss: i % 5 === 0 ? 0 : i === 1 ? 0.4 : null,
    availability: availability(bad[name], state === 'down' ? 97.92 : 100, i < 3 ? 99.91 : 99.995),
  };
});

const checkLines: DeviceLine[] = [
  {
    name: 'https://www.example.org',
    title: 'www.example.org',
    kind: 'check',
    state: 'degraded',
    since: now - 2 * hour,
    detail: 'HTTPS, certificate 9 days',
    reason: 'the certificate ends in 9 days',
    responseTime: 118,
    packetLoss: null,
    availability: availability(
      {
        8: 'unknown',
        9: 'unknown',
        31: 'degraded',
        43: 'degraded',
        44: 'degraded',
        45: 'degraded',
        46: 'degraded',
        47: 'degraded',
      },
      99.9,
      99.95,
    ),
  },
  ...[
    'mail.example.org:TCP, 993',
    'ns1.example.org:DNS, A',
    'time.example.org:NTP',
    'shop.example.org:HTTPS, certificate 61 days',
  ].map((text, i): DeviceLine => {
    const [name, detail] = text.split(':') as [string, string];
    return {
      ...{ name, title: name, kind: 'check', state: 'up', since: now - (3 + i) * day, detail },
      responseTime: 14 + i * 31.7,
      packetLoss: null,
      availability: availability(i === 2 ? { 5: 'down' } : {}, i === 2 ? 98.61 : 100),
    };
  }),
];

export const alerts: AlertLine[] = [
  {
    fingerprint: 'f1',
    ...{ name: 'Device down', severity: 'critical', state: 'firing', device: 'sw-cellar' },
    summary: 'sw-cellar does not answer',
    startsAt: now - 14 * minute,
    ...{ value: 0, threshold: null, unit: '1' },
    sparkline: sparkline({ base: 30, noise: 10, seed: 3 }, 0.75),
  },
  {
    fingerprint: 'f2',
    ...{ name: 'Port busy', severity: 'warning', state: 'firing', device: 'sw-access-3' },
    interface: 'Te1/0/1',
    summary: 'Te1/0/1 (uplink) on sw-access-3 is 87 % used, limit 80 %',
    startsAt: now - 32 * minute,
    ...{ value: 87.1, threshold: 80, unit: '%' },
    suspects: [
      {
        ...{ kind: 'moved', metric: 'in_rate', unit: 'bit/s', sentence: 'as a node says it' },
        labels: { device: 'nas-2', interface: 'eth0' },
        ...{ before: 12e6, after: 48e6, factor: 4, lag: -120 },
      },
      {
        ...{ kind: 'ended', metric: 'latency', unit: 'ms', sentence: 'as a node says it' },
        ...{ labels: { device: 'cam-4' }, count: 6, lag: 45 },
      },
    ],
    sparkline: sparkline({ base: 80, noise: 18, seed: 4 }),
  },
  {
    fingerprint: 'f3',
    ...{ name: 'Disk full', severity: 'warning', state: 'firing', device: 'nas-2' },
    summary: 'Disk /data on nas-2 is 91.2 % full, limit 90 %',
    startsAt: now - 26 * hour,
    ...{ value: 91.2, threshold: 90, unit: '%' },
    sparkline: sparkline({ base: 90, noise: 2, night: 0.9, seed: 5 }),
  },
];

function port(device: string, name: string, index: number, more: Partial<PortLine> = {}): PortLine {
  const state = more.state ?? 'up';
  const isUp = state === 'up' || state === 'busy';
  const speed = more.speed ?? (name.startsWith('Te') ? 1e10 : 1e9);
  const share = isUp ? (more.utilization ?? ((index * 37) % 90) / 10) : null;
  const inUtilization = share;
  const outUtilization = share === null ? null : share * (0.2 + ((index * 13) % 7) / 10);
  const rate = (used: number | null) => (used === null ? null : (used / 100) * speed);
  return {
    ...{ device, name, index, state, speed: isUp ? speed : null },
    since: state === 'lost-link' ? now - 2 * hour : null,
    isVirtual: false,
    inRate: rate(inUtilization),
    outRate: rate(outUtilization),
    ...{ inUtilization, outUtilization, utilization: share },
    errorRate: isUp ? (index === 8 ? 0.003 : 0) : null,
    discardRate: isUp ? (index === 48 ? 0.0002 : 0) : null,
    ...(isUp ? { sparkline: sparkline({ base: 60, noise: 25, seed: index + 11 }) } : {}),
    ...more,
  };
}

const portStates: Partial<Record<number, PortState>> = {
  ...{ 4: 'lost-link', 18: 'lost-link', 10: 'switched-off', 23: 'no-link', 31: 'no-link' },
  ...{ 32: 'no-link', 41: 'no-link', 45: 'no-link', 47: 'no-link', 24: 'busy', 8: 'busy' },
};
const aliases: Partial<Record<number, string>> = {
  ...{ 4: 'printer-2', 7: 'hyper-2', 8: 'PLC 7', 24: 'AP lobby' },
};

export const switchPorts: PortLine[] = [
  ...Array.from({ length: 48 }, (_, i) => {
    const n = i + 1;
    const alias = aliases[n];
    return port('sw-access-3', `Gi1/0/${n}`, i, {
      ...(portStates[n] ? { state: portStates[n] } : {}),
      ...(alias ? { alias } : {}),
      ...(n === 24 ? { utilization: 44 } : {}),
      ...(n === 8 ? { speed: 1e8, utilization: 41 } : {}),
    });
  }),
  port('sw-access-3', 'Te1/0/1', 48, { alias: 'uplink', utilization: 87, state: 'busy' }),
  port('sw-access-3', 'Te1/0/2', 49, { alias: 'nas-2', utilization: 0.42 }),
  port('sw-access-3', 'Vlan1', 50, { isVirtual: true, utilization: null, speed: null }),
  port('sw-access-3', 'Null0', 51, { isVirtual: true, utilization: null, speed: null }),
];

const internet: Chart = {
  title: 'router wan',
  unit: 'bit/s',
  isMirrored: true,
  lines: [
    line({ name: 'in', key: 'wan', role: 'in', unit: 'bit/s', base: 5.2e8, noise: 1.2e8, seed: 7 }),
    line({ name: 'out', key: 'wan', role: 'out', unit: 'bit/s', base: 1.5e8, noise: 6e7, seed: 9 }),
  ],
  limits: [{ value: 8e8, severity: 'critical', rule: 'Line busy' }],
  marks: [{ time: now - 9 * hour, text: 'router restarted' }],
};

export const overview: OverviewPage = {
  ...base,
  page: 'overview',
  counts: {
    devices: { up: 20, degraded: 2, down: 1, maintenance: 0, unknown: 0 },
    checks: { up: 14, degraded: 1, down: 0, maintenance: 0, unknown: 0 },
    alerts: { critical: 1, warning: 2, info: 0 },
    ...{ acknowledged: 0, withheld: 0 },
  },
  uplink: { title: 'router wan', inRate: 4.12e8, outRate: 9.6e7, utilization: 41.2 },
  availability30: 99.934,
  attention: alerts,
  attentionLeft: 0,
  grid: names.map((name) => ({ name, title: name, state: stateOf(name), kind: 'device' })),
  traffic: internet,
  busiest: [
    port('sw-access-3', 'Te1/0/1', 48, { alias: 'uplink', utilization: 87 }),
    port('sw-access-3', 'Gi1/0/24', 23, { alias: 'AP lobby', utilization: 44 }),
    port('router', 'wan', 1, { alias: 'fibre', utilization: 41.2 }),
    port('sw-core-1', 'Te1/0/2', 2, { alias: 'nas-2', speed: 1e10, utilization: 36 }),
    port('sw-access-1', 'Gi1/0/7', 7, { alias: 'hyper-2', utilization: 21 }),
    port('sw-access-2', 'Gi1/0/11', 11, { alias: 'cam-3', utilization: 9.2 }),
  ],
  lines: [...deviceLines.slice(0, 3), checkLines[0]!, ...deviceLines.slice(3, 8)],
};

export const devices: DevicesPage = {
  ...base,
  page: 'devices',
  lines: deviceLines.map((one, i) => ({
    ...one,
    portsUp: i === 1 ? 41 : i < 10 ? 20 + i : null,
    ports: i === 1 ? 50 : i < 10 ? 30 : null,
    cpu: one.state === 'down' ? null : (i * 17) % 60,
    memory: one.state === 'down' ? null : 30 + ((i * 7) % 50),
  })),
};

const usage = (title: string, seed: number, limit?: number): Chart => ({
  title,
  unit: '%',
  isMirrored: false,
  lines: [line({ name: title, unit: '%', base: 45, noise: 12, seed, hasBand: true })],
  limits: limit === undefined ? [] : [{ value: limit, severity: 'warning', rule: title }],
  marks: [],
});

const uplink: Chart = {
  ...internet,
  title: 'Te1/0/1 (uplink)',
  lines: [
    line({
      name: 'in',
      key: 'te1',
      role: 'in',
      unit: 'bit/s',
      base: 6.2e9,
      noise: 1.6e9,
      seed: 17,
      before: day,
      hasBand: true,
    }),
    line({
      name: 'out',
      key: 'te1',
      role: 'out',
      unit: 'bit/s',
      base: 2.1e9,
      noise: 8e8,
      seed: 19,
      before: day,
      hasBand: true,
    }),
  ],
  limits: [{ value: 8e9, severity: 'warning', rule: 'Port busy' }],
  marks: [{ time: now - 5 * hour, text: 'configuration changed' }],
};

export const device: DevicePage = {
  ...base,
  compare: 'yesterday',
  page: 'device',
  line: deviceLines[1]!,
  facts: {
    ...{ model: 'Cisco C2960X-48TS', location: 'rack 2, floor 3', address: '10.0.0.13' },
    ...{ protocol: 'SNMP v3', uptime: 100 * 86_400, lastPoll: now - 4000 },
  },
  gauges: [
    {
      metric: 'cpu_usage',
      value: 23.2,
      unit: '%',
      severity: 'ok',
      sparkline: sparkline({ base: 30, noise: 14, seed: 21 }),
    },
    {
      metric: 'memory_usage',
      value: 41,
      unit: '%',
      severity: 'ok',
      sparkline: sparkline({ base: 40, noise: 8, night: 0.9, seed: 22 }),
    },
    {
      metric: 'temperature',
      title: 'Hottest',
      value: 46,
      unit: '°C',
      severity: 'warning',
      sparkline: sparkline({ base: 45, noise: 6, night: 0.8, seed: 23 }),
    },
  ],
  ports: switchPorts,
  timeline: { from: now - 24 * hour, alerts: [] },
  alerts: [alerts[1]!],
  charts: [
    uplink,
    usage('CPU', 31, 90),
    {
      ...usage('Memory', 32),
      lines: ['Processor', 'I/O', 'Driver text'].map((name, i) =>
        line({
          name,
          unit: '%',
          base: 20 + i * 20,
          noise: 4,
          night: 0.9,
          seed: 41 + i,
          ...(i === 1 ? { gap: [6 * hour, 4 * hour] as [number, number] } : {}),
        }),
      ),
    },
  ],
};

export const portPage: PortPage = {
  ...base,
  compare: 'yesterday',
  page: 'port',
  port: switchPorts[48]!,
  talkers: [
    { name: 'nas-1', rate: 4.1e9, share: 41.2 },
    { name: '10.0.0.7', rate: 8.8e8, share: 8.8 },
  ],
  alerts: [alerts[1]!],
  charts: [
    uplink,
    {
      ...{ title: 'Errors and discards', unit: '1', isMirrored: false, limits: [], marks: [] },
      lines: [
        line({ name: 'errors', unit: '1', base: 0.0002, noise: 0.0003, seed: 51 }),
        line({ name: 'discards', unit: '1', base: 0.0008, noise: 0.0004, seed: 52 }),
      ],
    },
    usage('Utilization', 53, 80),
  ],
};

export const checks: ChecksPage = { ...base, page: 'checks', lines: checkLines };

const plain: AlertStatus = {
  ...{ isFlapping: false, silencedBy: [], inhibitedBy: [], maintainedBy: [], unreachableBy: [] },
};

const timeline: Timeline = {
  from: now - 24 * hour,
  alerts: [
    {
      ...{ name: 'Device down', severity: 'critical', device: 'sw-cellar' },
      summary: 'sw-cellar does not answer',
      spans: [
        { start: now - 20 * hour, end: now - 19 * hour, acknowledged: now - 19.8 * hour },
        { start: now - 6 * hour, end: now - 6 * hour + minute },
        { start: now - 14 * minute },
      ],
    },
    {
      ...{ name: 'Disk full', severity: 'warning', device: 'nas-2' },
      summary: 'Disk /data on nas-2 is 91.2 % full, limit 90 %',
      spans: [{ start: now - 26 * hour, acknowledged: now - 9 * hour }],
    },
    {
      ...{ name: 'Port busy', severity: 'info', device: 'sw-access-3', interface: 'Te1/0/1' },
      summary: 'Te1/0/1 (uplink) on sw-access-3 is 87 % used, limit 80 %',
      spans: [{ start: now - 9 * hour, end: now - 7 * hour }],
    },
  ],
};

/** Alerts as an alert-manager deals with them. */
export const managed: AlertsPage = {
  ...{ ...base, page: 'alerts', ended: [], timeline: { ...timeline, alerts: [] } },
  active: (
    [
      {},
      { acknowledged: { by: 'Ana', comment: 'a new disk is ordered', at: now - 5 * minute } },
      { silencedBy: ['s1'], silencedUntil: now + 2 * hour },
      { unreachableBy: ['sw-core-1'] },
      { inhibitedBy: ['Te1/0/1 (uplink) on sw-access-3 is 87 % used, limit 80 %'] },
      { maintainedBy: ['Sunday updates'], isFlapping: true },
    ] satisfies Partial<AlertStatus>[]
  ).map((status, i) => ({
    ...alerts[i % alerts.length]!,
    ...{ fingerprint: `m${i}`, status: { ...plain, ...status } },
    labels: { device: alerts[i % alerts.length]!.device },
  })),
};

export const alertsPage: AlertsPage = {
  timeline,
  ...base,
  page: 'alerts',
  active: [
    ...alerts,
    {
      ...alerts[1]!,
      ...{ fingerprint: 'f4', severity: 'info', state: 'pending', interface: 'Gi1/0/4' },
      summary: 'Gi1/0/4 (printer-2) on sw-access-3 lost its link',
      startsAt: now - 40_000,
      ...{ value: 0, threshold: null, unit: '1' },
    },
  ],
  ended: Array.from({ length: 12 }, (_, i) => ({
    fingerprint: `e${i}`,
    name: ['Device down', 'Slow answer', 'Port busy'][i % 3]!,
    severity: (['critical', 'warning', 'info'] as const)[i % 3]!,
    state: 'resolved',
    device: names[i + 3]!,
    summary: `${names[i + 3]!} ${['did not answer', 'answered in 812 ms, limit 500 ms', 'was 91 % used, limit 80 %'][i % 3]!}`,
    startsAt: now - (i + 1) * 1.7 * hour,
    endsAt: now - (i + 1) * 1.7 * hour + (i + 2) * 4 * minute,
    ...{ value: null, threshold: null, unit: '%' },
  })),
};

export const status: StatusPage = {
  ...base,
  devices: [],
  page: 'status',
  title: 'Example Ltd',
  lines: [...deviceLines.slice(0, 6), ...checkLines].map(
    ({ name, title, kind, state, since, availability: known }) => ({
      ...{ name, title, kind, state, since, responseTime: null, packetLoss: null },
      ...(known ? { availability: known } : {}),
    }),
  ),
};

const configurationLines: ConfigurationLine[] = names.slice(0, 12).map((name, i) => ({
  ...{ device: name, title: name, versions: 1 + ((i * 7) % 40) },
  ...{ fetchedAt: now - (i + 1) * 7 * minute, changedAt: now - (i + 1) * (i + 2) * 9 * hour },
  ...(i === 4 ? { unsavedSince: now - 3 * hour } : {}),
  ...(i === 0
    ? { failed: { time: now - 5 * minute, reason: 'sw-cellar: no answer within 5 s' } }
    : {}),
}));

const configurationVersions: VersionLine[] = Array.from({ length: 9 }, (_, i) => ({
  ...{ id: 90 - i * 7, time: now - (i + 0.3) * 31 * hour, size: 41_300 - i * 117 },
  ...(i === 8 ? {} : { before: 90 - (i + 1) * 7 }),
  ...{ added: i === 8 ? 0 : (i * 5) % 7, removed: i === 8 ? 0 : (i * 3) % 5 },
  ...(i % 3 === 0 ? { changedBy: 'mallory, 10:11:12 UTC Mon Mar 2 2026' } : {}),
}));

export const configurations: ConfigurationsPage = {
  ...{ ...base, page: 'configurations', lines: configurationLines },
  search: {
    ...{ text: 'snmp-server', isExpression: false, isPartial: true },
    hits: [
      {
        ...{
          device: 'sw-core-1',
          title: 'sw-core-1',
          version: configurationVersions[0]!,
          count: 7,
        },
        lines: [
          { number: 118, text: 'snmp-server community <secret 1a2b3c4d> RO 10' },
          { number: 119, text: 'snmp-server host 192.0.2.20 version 2c <secret 5e6f7081>' },
        ],
      },
    ],
  },
};

const [shownVersion, comparedVersion] = configurationVersions as [VersionLine, VersionLine];

export const configuration: ConfigurationPage = {
  unsaved: {
    ...{ added: 1, removed: 1, omitted: 0, isTooLarge: false },
    hunks: [
      {
        ...{ from: 44, to: 44 },
        lines: [' interface GigabitEthernet1/0/7', '- shutdown', '+ no shutdown', ' !'],
      },
    ],
  },
  ...{ ...base, page: 'configuration', line: configurationLines[5]! },
  ...{ versions: configurationVersions, olderLeft: 12 },
  ...{ shown: shownVersion, compared: comparedVersion },
  diff: {
    ...{ added: 4, removed: 2, omitted: 0, isTooLarge: false },
    hunks: [
      {
        ...{ from: 41, to: 41 },
        lines: [
          ' !',
          ' interface GigabitEthernet1/0/7',
          '- description printer-1',
          '- switchport access vlan 10',
          '+ description printer-2, moved to the hall because the attic is too warm for it in summer',
          '+ switchport access vlan 20',
          '+ spanning-tree portfast',
          ' !',
          ' interface GigabitEthernet1/0/8',
        ],
      },
      {
        ...{ from: 117, to: 118 },
        lines: [
          ' !',
          '+snmp-server host 192.0.2.20 version 2c <secret 5e6f7081>',
          ' snmp-server community <secret 1a2b3c4d> RO 10',
        ],
      },
    ],
  },
};

/** The first version that is kept, as a whole. */
export const wholeConfiguration: ConfigurationPage = {
  ...{ ...base, page: 'configuration', line: configurationLines[5]! },
  ...{ versions: configurationVersions, olderLeft: 0, shown: configurationVersions.at(-1)! },
  text: Array.from(
    { length: 60 },
    (_, i) => `interface GigabitEthernet1/0/${i + 1}\n shutdown\n`,
  ).join(''),
};

export const none = { ...base, page: 'none', asked: 'sw-gone' } satisfies Page;

/** Five ports in one chart. */
const several: Chart = {
  ...internet,
  title: 'Traffic',
  limits: [],
  lines: ['wan', 'lan1', 'lan2', 'lan3', 'wlan0'].flatMap((name, i) => [
    line({ name, role: 'in', unit: 'bit/s', base: 9e8 / (i + 1), noise: 4e7, seed: 61 + i }),
    line({ name, role: 'out', unit: 'bit/s', base: 3e8 / (i + 1), noise: 3e7, seed: 71 + i }),
  ]),
};

/** A small network at peace, without ports, checks or a past. */
export const quiet: OverviewPage = {
  ...overview,
  hasHistory: false,
  devices: base.devices.slice(3, 6),
  counts: {
    devices: { up: 3, degraded: 0, down: 0, maintenance: 0, unknown: 0 },
    checks: { up: 0, degraded: 0, down: 0, maintenance: 0, unknown: 0 },
    alerts: { critical: 0, warning: 0, info: 0 },
    ...{ acknowledged: 0, withheld: 0 },
  },
  ...{ uplink: null, availability30: null, attention: [], traffic: several, busiest: [] },
  grid: overview.grid.slice(3, 6),
  lines: deviceLines.slice(3, 6),
};

/** The overview, a device and configurations with names that mean harm in every place. */
export function harmful(
  text: string,
): [
  OverviewPage,
  DevicePage,
  ConfigurationsPage,
  ConfigurationPage,
  TrafficPage,
  ChangesPage,
  ChangesPage,
] {
  const evil = { name: text, title: text, detail: text, reason: text };
  const lines = overview.lines.map((one, i) => ({ ...one, ...evil, name: `${text}${i}` }));
  const chart = (one: Chart): Chart => ({
    ...one,
    title: text,
    lines: one.lines.map((each) => ({ ...each, name: text })),
    limits: one.limits.map((limit) => ({ ...limit, rule: text })),
    marks: one.marks.map((mark) => ({ ...mark, text })),
  });
  const ports = device.ports.map((one, i) => ({
    ...one,
    device: text,
    name: `${text}${i}`,
    alias: text,
  }));
  const status = {
    ...{ isFlapping: true, silencedBy: [text], silencedUntil: now, inhibitedBy: [text] },
    ...{ maintainedBy: [text], unreachableBy: [text] },
    acknowledged: { by: text, comment: text, at: now },
  };
  const attention = alerts.map((one) => ({
    ...{ ...one, name: text, device: text, summary: text, status, labels: { device: text } },
  }));
  const chooser = base.devices.map((one, i) => ({ ...one, name: `${text}${i}`, title: text }));
  const evilLine = (one: ConfigurationLine): ConfigurationLine => ({
    ...{ ...one, device: text, title: text, failed: { time: now, reason: text } },
  });
  return [
    {
      ...overview,
      ...{
        devices: chooser,
        attention,
        lines,
        traffic: chart(internet),
        busiest: ports.slice(0, 6),
      },
      uplink: { ...overview.uplink!, title: text },
      grid: overview.grid.map((one, i) => ({ ...one, name: `${text}${i}`, title: text })),
    },
    {
      ...device,
      ...{ devices: chooser, ports, alerts: attention, charts: device.charts.map(chart) },
      line: { ...device.line, ...evil },
      facts: { ...device.facts, model: text, location: text, address: text, protocol: text },
      timeline: {
        ...timeline,
        alerts: timeline.alerts.map((one) => ({ ...one, name: text, device: text, summary: text })),
      },
      gauges: device.gauges.map((gauge) => ({ ...gauge, title: text })),
    },
    {
      ...{ ...configurations, devices: chooser, problem: text },
      lines: configurationLines.map((one, i) => ({ ...evilLine(one), device: `${text}${i}` })),
      search: {
        ...{ text, isExpression: true, isPartial: true },
        hits: configurations.search!.hits.map((hit) => ({
          ...{ ...hit, device: text, title: text, lines: [{ number: 1, text }] },
        })),
      },
    },
    {
      ...{ ...configuration, devices: chooser, line: evilLine(configuration.line) },
      shown: { ...configuration.shown, changedBy: text },
      versions: configurationVersions.map((one) => ({ ...one, changedBy: text })),
      diff: {
        ...configuration.diff!,
        hunks: [{ from: 1, to: 1, lines: [' ', '-', '+'].map((sign) => `${sign}${text}`) }],
      },
    },
    { ...harmfulTraffic(traffic, text), devices: chooser },
    { ...harmfulChanges(changes, text), devices: chooser },
    { ...harmfulChanges(changesOfAlert, text), devices: chooser },
  ];
}

function listOf(request: PageRequest): ConfigurationsPage {
  const { search, ...list } = configurations;
  const text = request.page === 'configurations' ? request.search : undefined;
  return text === undefined || !search ? list : { ...list, search: { ...search, text } };
}

const pagesOfTraffic = trafficPages(base);
const pagesOfChanges = changesPages(base);
export const { changes, changesOfAlert, changesNone } = pagesOfChanges;
export const { traffic, trafficAddress, trafficUnknown, trafficNone } = pagesOfTraffic;

/** What the node would answer. */
export function answer(request: PageRequest): Page {
  const { period = '24h', compare = 'none' } = request;
  const own = { period, compare, ...(request.request && { request: request.request }) };
  const page: Record<PageRequest['page'], Page> = {
    ...{ overview, devices, device, checks, status, alerts: alertsPage, port: portPage },
    configurations: listOf(request),
    configuration: 'isWhole' in request ? wholeConfiguration : configuration,
    changes: answerChanges(pagesOfChanges, request),
    traffic: request.page === 'traffic' ? answerTraffic(pagesOfTraffic, request) : traffic,
  };
  const found = page[request.page];
  const isThere =
    (request.page !== 'device' || request.device === device.line.name) &&
    (request.page !== 'configuration' || request.device === configuration.line.device) &&
    (request.page !== 'port' || request.interface === portPage.port.name);
  const asked = ('device' in request ? request.device : undefined) ?? request.page;
  return isThere ? { ...found, ...own } : { ...none, asked, ...own };
}
