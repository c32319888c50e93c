// Traffic as the elements may be given it: a gateway with two lines, a busy evening, and names that mean harm.

import type {
  Chart,
  PageBase,
  PageRequest,
  TrafficPage,
  TrafficPart,
  TrafficShare,
} from '../../nodes/contract/pages.ts';

const minute = 60_000;
const steps = 288;
const total = 412e6;

/** How large each is, of the mean of all. */
const protocols = { tcp: 0.71, udp: 0.26, icmp: 0.002, esp: 0.02 };
const applications = {
  ...{ https: 0.48, quic: 0.2, smb: 0.09, rtsp: 0.07, imaps: 0.03, ssh: 0.025, dns: 0.012 },
};
const talkers = {
  ...{ 'nas-1': 0.31, '10.0.0.7': 0.17, '10.0.0.12': 0.11, '203.0.113.80': 0.1, 'cam-4': 0.07 },
  ...{ '10.0.0.31': 0.05, 'hyper-1': 0.04, '198.51.100.4': 0.03, '2001:db8:20::15': 0.02 },
  'printer-2': 0.004,
};
const conversations: readonly (readonly [string, string, number])[] = [
  ['203.0.113.80', '10.0.0.7', 0.16],
  ['nas-1', '10.0.0.12', 0.14],
  ['cam-4', 'nas-1', 0.07],
  ['198.51.100.4', '10.0.0.31', 0.05],
  ['nas-1', '198.51.100.77', 0.05],
  ['hyper-1', 'nas-1', 0.04],
  ['10.0.0.7', '203.0.113.80', 0.02],
  ['2001:db8:20::15', '10.0.0.7', 0.02],
  ['10.0.0.12', 'nas-1', 0.012],
  ['10.0.0.31', 'printer-2', 0.004],
];

function sharesOf(all: Record<string, number>): TrafficShare[] {
  const list = Object.entries(all).map(([name, part]): TrafficShare => {
    return { name, rate: Math.round(total * part), share: Math.round(part * 10_000) / 100 };
  });
  const rest = 1 - Object.values(all).reduce((a, b) => a + b, 0);
  if (rest < 0.001) return list;
  const share = Math.round(rest * 10_000) / 100;
  return [...list, { name: '', isOther: true, rate: Math.round(total * rest), share }];
}

function chartOf(shares: readonly TrafficShare[], now: number): Chart {
  const times = Array.from({ length: steps }, (_, i) => now - (steps - 1 - i) * 5 * minute);
  const lines = shares.map(({ name, isOther, rate }, at) => {
    const values = times.map((time, i) => {
      if (i > 120 && i < 132) return null;
      const day = 0.6 + 0.5 * Math.sin((time / 86_400_000) * 2 * Math.PI - 2 + at / 3);
      return Math.round(rate * day * (1 + 0.3 * Math.sin(i * (at + 2) * 0.7)));
    });
    const known = values.filter((value) => value !== null);
    return {
      ...{ name, key: name, role: 'value' as const, unit: 'bit/s', times, values },
      ...(isOther && { isOther }),
      ...{ last: values.at(-1)!, mean: rate, highest: Math.max(...known) },
    };
  });
  const chart = { title: '', unit: 'bit/s', isMirrored: false, lines, limits: [], marks: [] };
  return { ...chart, isStacked: true };
}

function partOf(
  subject: TrafficPart['subject'],
  all: Record<string, number>,
  now?: number,
): TrafficPart {
  const shares = sharesOf(all);
  return { subject, shares, ...(now !== undefined && { chart: chartOf(shares, now) }) };
}

/** The pages of traffic. */
export function trafficPages(base: PageBase) {
  const { time: now } = base;
  const sources = [...new Set(conversations.map(([source]) => source)), ''];
  const destinations = [...new Set(conversations.map(([, destination]) => destination)), ''];
  const cells = conversations.map(([source, destination, part]) => ({
    ...{ from: sources.indexOf(source), to: destinations.indexOf(destination) },
    rate: Math.round(total * part),
  }));
  const rest = { from: sources.length - 1, to: destinations.length - 1, rate: 90e6 };
  const traffic: TrafficPage = {
    ...{ ...base, page: 'traffic', hasTraffic: true },
    exporters: [
      { name: 'router', title: 'router', interfaces: ['wan', 'lte', 'bridge'] },
      { name: '192.0.2.9', title: 'fw-branch', interfaces: ['port1'] },
    ],
    ...{ device: 'router', interface: 'wan', from: now - 86_400_000, to: now },
    ...{ rate: total, highest: 871e6, volume: (total * 86_400) / 8, sampled: 512 },
    parts: [
      partOf('protocol', protocols, now),
      partOf('application', applications, now),
      { ...partOf('talker', talkers), errorBound: 61_000 },
      {
        subject: 'conversation',
        shares: conversations.map(([name, to, part]) => ({
          ...{ name, to, rate: total * part, share: part * 100 },
        })),
      },
      partOf('as', { 'AS64500 Example Video': 0.22, 'AS64501 Example Cloud': 0.12 }),
      partOf('country', { DE: 0.31, US: 0.22, IE: 0.05 }),
    ],
    between: { sources, destinations, cells: [rest, ...cells] },
  };
  const nothing = { parts: [], rate: null, highest: null, volume: null };
  const whole = { ...traffic };
  delete whole.between;
  const notStacked = { ...traffic.parts[0]!.chart! };
  delete notStacked.isStacked;
  const [line] = chartOf(sharesOf({ '10.0.0.7': 0.17 }), now).lines;
  const trafficAddress: TrafficPage = {
    ...{ ...whole, parts: [], at: now - 18 * 3_600_000, period: '1h' },
    search: {
      ...{ address: '10.0.0.7', isFound: true, rate: 70e6, highest: 210e6, volume: 31e9 },
      chart: { ...notStacked, lines: [line!] },
      peers: [
        { name: '203.0.113.80', sent: 8e6, received: 66e6 },
        { name: '2001:db8:20::15', sent: null, received: 8e6 },
      ],
      similar: [],
    },
  };
  const trafficUnknown: TrafficPage = {
    ...{ ...whole, parts: [] },
    search: {
      ...{ address: '10.0.1', isFound: false, rate: null, highest: null, volume: null },
      ...{ peers: [], similar: ['10.0.1.7', '10.0.1.12'] },
    },
  };
  const trafficNone: TrafficPage = {
    ...{ ...base, page: 'traffic', exporters: [], device: null },
    ...{ from: now - 86_400_000, to: now, ...nothing },
  };
  return { traffic, trafficAddress, trafficUnknown, trafficNone };
}

/** What the node would answer. */
export function answerTraffic(
  { traffic, trafficAddress }: ReturnType<typeof trafficPages>,
  { device = 'router', interface: name, address, at }: Extract<PageRequest, { page: 'traffic' }>,
): TrafficPage {
  const page = { ...(address === undefined ? traffic : trafficAddress) };
  delete page.interface;
  delete page.at;
  return {
    ...page,
    device,
    ...(name !== undefined && { interface: name }),
    ...(at !== undefined && { at }),
    ...(address !== undefined && { search: { ...trafficAddress.search!, address } }),
  };
}

/** A page in which all names are one text. */
export function harmfulTraffic(traffic: TrafficPage, text: string): TrafficPage {
  const many = (names: readonly string[]) => names.map((_, i) => `${text}${i}`);
  const { between } = traffic;
  return {
    ...{ ...traffic, device: text, interface: text },
    exporters: [{ name: text, title: text, interfaces: [text, `${text}2`] }],
    parts: traffic.parts.map((part) => ({
      ...part,
      shares: part.shares.map((share, i) => ({ ...share, name: `${text}${i}`, to: text })),
      ...(part.chart && {
        chart: {
          ...part.chart,
          lines: part.chart.lines.map((line) => ({ ...line, name: text })),
        },
      }),
    })),
    between: {
      ...{ cells: between!.cells, sources: many(between!.sources) },
      destinations: many(between!.destinations),
    },
  };
}
