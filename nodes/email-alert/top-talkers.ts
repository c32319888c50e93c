import type { Alert } from '../contract/alert.ts';
import { rounded } from '../contract/round.ts';
import type { History } from '../shared/history/history.ts';
import { askedOf, type TrafficQuery } from '../shared/traffic/queries.ts';
import { others } from '../shared/traffic/subjects.ts';

/** talkers of an alert, and interfaces that are looked up for one mail */
const mostTalkers = 3;
const mostInterfaces = 20;
/** ms before an alert that are looked at too, and ms that are looked back at most: it may last for days */
const before = 5 * 60_000;
const longest = 60 * 60_000;
/** series of one interface: the largest of each interval */
const mostSeries = 5000;

/** Metrics of how much goes through an interface: who uses it is why. */
const ofTraffic = new Set([
  ...['in_rate', 'out_rate', 'in_utilization', 'out_utilization', 'utilization'],
  ...['in_packets', 'out_packets', 'discard_rate', 'flow_rate', 'flow_packets'],
]);

/** Who uses a line. */
export interface Talker {
  name: string;
  /** bit/s, the mean */
  rate: number;
  /** %, of all traffic of the line */
  share: number;
}

/**
 * Who used the interface of each alert most, from shortly before it fired until now, by the alerts' fingerprints; of
 * interfaces of which a history has flows.
 * @param now ms since the Unix epoch
 * @throws as `History.read`
 */
export async function topTalkers(
  alerts: readonly Alert[],
  history: Pick<History, 'read'>,
  now: number,
  signal: AbortSignal,
): Promise<Map<string, Talker[]>> {
  const found = new Map<string, Talker[]>();
  const known = new Map<string, Talker[]>();
  for (const { state, metric, labels, startsAt, fingerprint } of alerts) {
    const { device, interface: name } = labels;
    if (state !== 'firing' || !ofTraffic.has(metric) || !device || !name) continue;
    const from = Math.max(startsAt - before, now - longest);
    const key = JSON.stringify([device, name, from]);
    if (!known.has(key)) {
      if (known.size === mostInterfaces) break;
      known.set(key, await talkersOf(history, { device, interface: name }, from, now, signal));
    }
    const talkers = known.get(key)!;
    if (talkers.length > 0) found.set(fingerprint, talkers);
  }
  return found;
}

async function talkersOf(
  history: Pick<History, 'read'>,
  scope: Pick<TrafficQuery, 'device' | 'interface'>,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<Talker[]> {
  // Alerts of another clock may begin in the future.
  if (!(from < to)) return [];
  const edges = Float64Array.of(from, to + 1);
  const read = async (subject?: 'talker') => {
    const most = subject ? mostSeries : 1;
    const asked = askedOf({ ...scope, ...(subject && { subject }), edges, most });
    return asked ? (await history.read(asked, signal)).series : [];
  };
  const [total] = await read();
  const intervals = total?.columns.count![0] ?? 0;
  const sum = total?.columns.sum![0] ?? 0;
  if (!(intervals > 0) || !(sum > 0)) return [];
  const talkers = await read('talker');
  return talkers
    .map(({ labels, columns }) => ({ name: labels.talker!, sum: columns.sum![0]! }))
    .filter((one) => one.name !== others && one.sum > 0)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, mostTalkers)
    .map((one) => ({
      ...{ name: one.name, rate: rounded(one.sum / intervals, 'bit/s') },
      share: rounded(Math.min(100, (one.sum / sum) * 100), '%'),
    }));
}
