import type { PastAlert } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import type { History } from '../shared/history/history.ts';
import type { Answered } from '../shared/history/store/query.ts';
import { inSlices } from '../shared/in-slices.ts';
import type { Rule } from './rule.ts';
import type { Texts } from './summary.ts';
import { type Changes, ThresholdCheck } from './threshold-check.ts';

/** What rules would have told of past readings. */
export interface Replay {
  /** ms since the Unix epoch */
  from: number;
  to: number;
  /** how many were read */
  readings: number;
  series: number;
  /** each change of state, in order, and when it would have been told of */
  alerts: PastAlert[];
}

export interface ReplayOptions {
  rules: readonly Rule[];
  /** ms since the Unix epoch */
  from: number;
  to: number;
  texts: Texts;
  /** whether pending alerts are told of */
  sendPending?: boolean;
  signal?: AbortSignal;
}

/** readings of a metric that are asked for at once, about: what is sorted at once holds up nobody */
const readingsAtOnce = 4000;
/** series of a rule that are read */
const mostSeries = 10_000;
const hour = 3_600_000;

/**
 * Checks the readings that a history has as they would have been checked when they came, and sends nothing. Rejects as
 * `History.read`.
 */
export async function replay(
  history: Pick<History, 'read'>,
  { rules, from, to, texts, sendPending = false, signal }: ReplayOptions,
): Promise<Replay> {
  const thresholds = new ThresholdCheck({ texts, sendPending, now: from });
  const alerts: Replay['alerts'] = [];
  const take = ({ alerts: told }: Changes, at: number) => {
    for (const alert of told) alerts.push({ ...alert, at });
  };
  const elapse = (until: number) => {
    while (thresholds.wakeAt <= until) {
      const at = thresholds.wakeAt;
      take(thresholds.elapse(at), at);
    }
  };
  take(thresholds.setRules(rules, from), from);
  let readings = 0;
  let span = hour;
  for (let begin = from; begin < to;) {
    const end = Math.min(to, begin + span);
    const messages = await readSpan(history, rules, begin, end, signal);
    let count = 0;
    await inSlices(
      (function* () {
        for (const [time, message] of messages) {
          elapse(time);
          take(thresholds.observe(message, time), time);
          count += message.length;
          yield;
        }
      })(),
      { ...(signal && { signal }) },
    );
    readings += count;
    begin = end;
    span = Math.min(24 * hour, Math.max(60_000, (span * readingsAtOnce) / Math.max(1, count)));
  }
  elapse(to);
  return { from, to, readings, series: thresholds.seriesCount, alerts };
}

/** The readings of a span that rules look at, by their times in order. */
async function readSpan(
  history: Pick<History, 'read'>,
  rules: readonly Rule[],
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): Promise<[number, Reading[]][]> {
  const messages = new Map<number, Reading[]>();
  for (const [metrics, labels] of selections(rules)) {
    const asked = { metrics, labels, from, to, limit: 1e7, maxSeries: mostSeries };
    const { series } = await history.read(asked, signal);
    for (const one of series) add(messages, one);
  }
  return [...messages].sort(([a], [b]) => a - b);
}

// Where rules of a metric ask for different labels, all of it is read: none is to be read twice.
function selections(rules: readonly Rule[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { metric, filter, relativeTo } of rules) {
    const known = labels.get(metric);
    labels.set(metric, known === undefined || known === filter.text ? filter.text : '');
    if (relativeTo) labels.set(relativeTo.metric, '');
  }
  return labels;
}

function add(
  messages: Map<number, Reading[]>,
  { metric, labels, unit, info, times, columns }: Answered,
) {
  const values = columns.value!;
  for (const [i, time] of times.entries()) {
    const reading = { metric, labels, unit, time, value: values[i]!, ...(info && { info }) };
    const message = messages.get(time);
    if (message) message.push(reading);
    else messages.set(time, [reading]);
  }
}
