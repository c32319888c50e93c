import type { TrafficSearch } from '../../contract/pages.ts';
import { rounded } from '../../contract/round.ts';
import type { TrafficQuery, TrafficSums } from '../../shared/traffic/queries.ts';
import { others } from '../../shared/traffic/subjects.ts';
import { rank, type Ranked } from './ranking.ts';
import { meanOf, stepMeans, type Told } from './told.ts';
import { lineChart, pairChart } from './traffic-chart.ts';
import type { TrafficSource } from './traffic-reader.ts';
import type { TrafficSpan } from './traffic-span.ts';

const mostPeers = 20;
const mostSimilar = 20;
/** addresses that are looked through for similar ones, and conversations of one */
const mostSought = 5000;
const mostConversations = 1000;

type Scope = Pick<TrafficQuery, 'device' | 'interface'>;

export interface AddressTraffic {
  talker: TrafficSums[];
  /** conversations in which it sends, and in which it gets */
  sent: TrafficSums[];
  received: TrafficSums[];
}

/** Reads what is known of an address. */
export async function readAddress(
  source: TrafficSource,
  scope: Scope,
  address: string,
  { fine }: TrafficSpan,
): Promise<AddressTraffic> {
  const of = (label: NonNullable<TrafficQuery['only']>['label']) =>
    source.read({
      ...{ ...scope, subject: label === 'talker' ? 'talker' : 'conversation' },
      ...{ only: { label, value: address }, edges: fine, most: mostConversations },
    });
  const [talker, sent, received] = await Promise.all([
    of('talker'),
    of('source'),
    of('destination'),
  ]);
  return { talker, sent, received };
}

export function isKnown({ talker, sent, received }: AddressTraffic): boolean {
  return talker.length + sent.length + received.length > 0;
}

/** Reads the names of talkers that have a text in them, whatever its case, the largest first. */
export async function readSimilar(
  source: TrafficSource,
  scope: Scope,
  text: string,
  { whole }: TrafficSpan,
): Promise<string[]> {
  const talkers = await source.read({
    ...{ ...scope, subject: 'talker', edges: whole, most: mostSought },
  });
  const sought = text.toLowerCase();
  const names = new Set<string>();
  for (const { labels } of talkers) {
    const name = labels.talker!;
    if (name !== others && name.toLowerCase().includes(sought)) names.add(name);
    if (names.size === mostSimilar) break;
  }
  return [...names];
}

/** What an address had, and with whom; yields now and then. */
export function* addressOf(
  address: string,
  found: AddressTraffic,
  told: Told,
  span: TrafficSpan,
): Generator<void, TrafficSearch> {
  const talker = yield* together(found.talker, span);
  const sent = yield* together(found.sent, span);
  const received = yield* together(found.received, span);
  const isTalker = found.talker.length > 0;
  const known = isKnown(found);
  const means = stepMeans(talker.sums, told).filter((value) => value !== null);
  const mean = meanOf(talker.sum, told);
  const chart = isTalker
    ? lineChart(address, talker, told, span)
    : pairChart(address, { in: received, out: sent }, told, span);
  return {
    ...{ address, isFound: known, similar: [] },
    rate: isTalker && mean !== null ? rounded(mean, 'bit/s') : null,
    highest: isTalker && means.length > 0 ? rounded(Math.max(...means), 'bit/s') : null,
    volume: isTalker ? volumeOf(talker.sums, told, span) : null,
    ...(known && { chart }),
    peers: yield* peersOf(found, told),
  };
}

/** What has flown, B: each step as long as something is known of it. */
export function volumeOf(sums: Float64Array, told: Told, { fine, to }: TrafficSpan): number {
  let bits = 0;
  for (const [i, mean] of stepMeans(sums, told).entries()) {
    if (mean !== null) bits += (mean * (Math.min(fine[i + 1]!, to) - fine[i]!)) / 1000;
  }
  return Math.round(bits / 8);
}

function* peersOf(
  { sent, received }: AddressTraffic,
  told: Told,
): Generator<void, TrafficSearch['peers']> {
  const to = yield* rank(sent, ['destination'], mostPeers);
  const from = yield* rank(received, ['source'], mostPeers);
  const peers = new Map<string, { name: string; sent: number | null; received: number | null }>();
  const note = (way: 'sent' | 'received', { names, sum }: Ranked) => {
    const name = names[0]!;
    const peer = peers.get(name) ?? { name, sent: null, received: null };
    const mean = meanOf(sum, told);
    peer[way] = mean === null ? null : rounded(mean, 'bit/s');
    peers.set(name, peer);
  };
  for (const one of to.top) note('sent', one);
  for (const one of from.top) note('received', one);
  const size = (peer: { sent: number | null; received: number | null }) =>
    (peer.sent ?? 0) + (peer.received ?? 0);
  return [...peers.values()].sort((a, b) => size(b) - size(a)).slice(0, mostPeers);
}

/** All series as one. */
function* together(series: readonly TrafficSums[], { fine }: TrafficSpan): Generator<void, Ranked> {
  const { top, rest } = yield* rank(series, [], 1);
  return top[0] ?? rest ?? { names: [], sums: new Float64Array(fine.length - 1), sum: 0 };
}
