import type { FlowAddress } from './address.ts';
import { applicationText } from './applications.ts';
import { type Subject, subjects } from './choices.ts';
import { conversationOf } from './conversation.ts';
import type { Exporter } from './exporter.ts';
import type { Names } from './names.ts';
import { protocolName } from './protocol-names.ts';
import type { Key, TopRow } from './top-table.ts';
import type { ExporterTraffic, InterfaceTraffic } from './traffic-counter.ts';

/** What one subject had in an interval: `other` is what is beyond the largest. */
interface ReportRow {
  /** the labels of the subject */
  labels: Record<string, string>;
  octets: number;
  packets: number;
  /** by how many octets it may be more */
  bound: number;
}

export interface InterfaceReport {
  /** ifIndex; -1 for those that were too many */
  index: number;
  /** as the exporter calls it itself */
  name: string | undefined;
  octets: number;
  packets: number;
  factor: number;
  rows: ReportRow[];
}

/** What an exporter told of an interval, in the form that leaves the thread. */
export interface FlowReport {
  /** its address */
  exporter: string;
  /** when the interval ended, ms since the Unix epoch */
  time: number;
  /** s */
  seconds: number;
  interfaces: InterfaceReport[];
  peers: { talker: string; count: number }[];
}

/** the value of what is beyond the largest */
export const other = 'other';

/** Makes the report of an exporter, of the `top` largest of each subject, with names where there are some. */
export async function reportOf(
  exporter: Exporter,
  traffic: ExporterTraffic,
  { names, top, time, seconds }: { names: Names; top: number; time: number; seconds: number },
): Promise<FlowReport> {
  const found = Array.from(traffic.interfaces, ([index, each]) => ({
    ...{ index, each },
    tops: each.tables.map((table) => table?.top(top) ?? []),
  }));
  const peers = traffic.peers.top(top);
  const addresses = new Set<FlowAddress>(peers.map(({ key }) => key));
  for (const { tops } of found) addressesIn(tops, addresses);
  await names.find(addresses);
  return {
    ...{ exporter: exporter.address, time, seconds },
    interfaces: found.map(({ index, each, tops }) => ({
      ...{ index, octets: each.octets, packets: each.packets, factor: each.factor },
      name: exporter.interfaceNames.get(index),
      rows: subjects.flatMap((subject, i) => rowsOf(subject, tops[i]!, each, names)),
    })),
    peers: merged(peers.map(({ key, peers: count }) => ({ talker: names.textOf(key), count }))),
  };
}

function addressesIn(tops: readonly (readonly TopRow[])[], into: Set<FlowAddress>): void {
  for (const { key } of tops[subjects.indexOf('talker')]!) into.add(key);
  for (const { key } of tops[subjects.indexOf('conversation')]!) {
    for (const address of conversationOf(String(key))) into.add(address);
  }
}

function rowsOf(
  subject: Subject,
  tops: readonly TopRow[],
  total: InterfaceTraffic,
  names: Names,
): ReportRow[] {
  if (tops.length === 0) return [];
  const rows = new Map<string, ReportRow>();
  let [octets, packets] = [0, 0];
  for (const row of tops) {
    const labels = labelsOf(subject, row.key, names);
    const id = Object.values(labels).join('\0');
    const same = rows.get(id);
    // Several addresses may have one name.
    if (same) {
      same.octets += row.octets;
      same.packets += row.packets;
      same.bound += row.bound;
    } else {
      rows.set(id, { labels, octets: row.octets, packets: row.packets, bound: row.bound });
    }
    octets += row.octets;
    packets += row.packets;
  }
  const left = { octets: total.octets - octets, packets: total.packets - packets };
  // What is left of sums of fractions is no traffic.
  if (left.octets > total.octets * 1e-9) {
    const labels: Record<string, string> =
      subject === 'conversation' ? { source: other, destination: other } : { [subject]: other };
    const packetsLeft = Math.max(left.packets, 0);
    rows.set(other, { labels, octets: left.octets, packets: packetsLeft, bound: 0 });
  }
  return [...rows.values()];
}

function labelsOf(subject: Subject, key: Key, names: Names): Record<string, string> {
  switch (subject) {
    case 'protocol':
      return { protocol: protocolName(Number(key)) };
    case 'application':
      return { application: applicationText(key) };
    case 'talker':
      return { talker: names.textOf(key) };
    case 'conversation': {
      const [source, destination] = conversationOf(String(key));
      return { source: names.textOf(source), destination: names.textOf(destination) };
    }
    case 'as':
      return { as: typeof key === 'number' ? `AS${key}` : key };
    case 'country':
      return { country: String(key) };
  }
}

function merged(rows: readonly { talker: string; count: number }[]) {
  const most = new Map<string, number>();
  for (const { talker, count } of rows) most.set(talker, Math.max(count, most.get(talker) ?? 0));
  return Array.from(most, ([talker, count]) => ({ talker, count }));
}
