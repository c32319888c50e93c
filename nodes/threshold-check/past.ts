import type { Alert, PastAlert } from '../contract/alert.ts';
import { readHistory } from '../shared/history/answers.ts';
import type { History } from '../shared/history/history.ts';
import { readRequest, requestDefaults } from '../shared/history/request.ts';
import { type Replay, replay, type ReplayOptions } from './replay.ts';
import type { Rule } from './rule.ts';
import type { Texts } from './summary.ts';

/** What the series of a rule were in the last day, and what the rule would have made of them. */
export interface Past {
  unit: string;
  /** how many series, as far as they were read */
  series: number;
  /** the smallest and the largest of all series in each ten minutes; null where nothing is known */
  low: (number | null)[];
  high: (number | null)[];
  /** how often the rule would have fired; undefined where there are too many readings to try it out in passing */
  fired?: number;
  /** how many messages people would have got of that, from the nodes behind; undefined where none sends any */
  messages?: number;
}

/** series of a rule that are drawn: a rule may be about thousands of ports */
const mostSeries = 500;
const hour = 3_600_000;

export interface PastOptions {
  texts: Texts;
  /** ms since the Unix epoch */
  now: number;
  /** ms for trying the rule out */
  patience?: number;
  signal?: AbortSignal;
  /** how many messages people would have got of alerts */
  messagesOf?: (past: Pick<Replay, 'from' | 'to' | 'alerts'>) => Promise<number | undefined>;
}

/**
 * The last day of a rule's series, from the first history that has any. Undefined where none has. Rejects as
 * `History.read`.
 */
export async function pastOf(
  rule: Rule,
  histories: readonly Pick<History, 'read'>[],
  { texts, now, patience = 5000, signal, messagesOf }: PastOptions,
): Promise<Past | undefined> {
  const span = { from: now - 24 * hour, to: now };
  const asked = readRequest(
    {
      ...{ ...requestDefaults, ...span, metrics: rule.metric, labels: rule.filter.text },
      ...{ step: '10m', aggregation: ['min', 'max'], limit: mostSeries },
    },
    now,
  );
  for (const history of histories) {
    const { series, omitted } = await readHistory(history, asked, '', signal);
    const [first] = series;
    if (!first) continue;
    const low = new Map<number, number>();
    const high = new Map<number, number>();
    for (const { times, values } of series) {
      keep(low, times, values.min ?? [], Math.min);
      keep(high, times, values.max ?? [], Math.max);
    }
    const all = [...new Set(series.flatMap(({ times }) => times))].sort((a, b) => a - b);
    const alerts = await tryOut(history, { rules: [rule], ...span, texts }, patience, signal);
    const messages = alerts && (await messagesOf?.({ ...span, alerts }));
    return {
      unit: first.unit,
      series: series.length + omitted,
      low: all.map((time) => low.get(time) ?? null),
      high: all.map((time) => high.get(time) ?? null),
      ...(alerts && { fired: episodes(alerts) }),
      ...(messages !== undefined && { messages }),
    };
  }
  return undefined;
}

async function tryOut(
  history: Pick<History, 'read'>,
  options: ReplayOptions,
  patience: number,
  signal?: AbortSignal,
): Promise<PastAlert[] | undefined> {
  const enough = AbortSignal.timeout(patience);
  try {
    const either = signal ? AbortSignal.any([signal, enough]) : enough;
    return (await replay(history, { ...options, signal: either })).alerts;
  } catch (error) {
    if (enough.aborted && !signal?.aborted) return undefined;
    throw error;
  }
}

/** How many alerts began: one that gets worse is told of again, and is the same. */
export function episodes(alerts: readonly Alert[]): number {
  const begun = alerts.filter(({ state }) => state === 'firing');
  return new Set(begun.map(({ fingerprint, startsAt }) => `${fingerprint} ${startsAt}`)).size;
}

function keep(
  into: Map<number, number>,
  times: readonly number[],
  values: readonly (number | null)[],
  better: (a: number, b: number) => number,
) {
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const time = times[i]!;
    into.set(time, better(value, into.get(time) ?? value));
  }
}
