import type { Alert, Severity } from '../contract/alert.ts';
import { severities } from '../contract/alert.ts';
import type { AlertPast, AlertSpan } from '../contract/pages.ts';
import { seriesKey } from '../contract/reading.ts';
import type { Answered } from '../shared/history/store/query.ts';
import type { AlertBook, BookedAlert } from './alert-book.ts';

/** An alert as a history has it. */
export interface KeptAlert {
  /** the rule */
  name: string;
  /** of the alert */
  labels: Record<string, string>;
  severity: Severity;
  summary: string;
  spans: AlertSpan[];
}

/** spans of one alert: more can not be told apart */
const mostSpans = 200;

/**
 * The alerts of what a history has of `alert_state` and `alert_acknowledged`, as it came.
 * @param from when the period begins, ms since the Unix epoch: what was firing then began before
 */
export function keptAlerts(series: readonly Answered[], from: number): KeptAlert[] {
  const seen = new Map<string, Answered>();
  for (const one of series) {
    if (one.metric === 'alert_acknowledged') seen.set(seriesKey('', one.labels), one);
  }
  return series.flatMap((one) => {
    const { alert: name, ...labels } = one.labels;
    if (one.metric !== 'alert_state' || name === undefined) return [];
    const spans = spansOf(one, from);
    const acknowledged = seen.get(seriesKey('', one.labels));
    if (acknowledged) acknowledge(spans, acknowledged);
    const severity = severities.find((each) => each === one.info?.severity) ?? 'warning';
    return [{ name, labels, severity, summary: one.info?.summary ?? name, spans }];
  });
}

/**
 * What was firing in a period: of a history, and of the alerts that are known here, which know it better. Those that
 * began last come first.
 */
export function alertPasts(
  { active, ended }: Pick<AlertBook, 'active' | 'ended'>,
  kept: readonly KeptAlert[],
  { from, most }: { from: number; most: number },
  isAbout: (labels: Record<string, string>) => boolean,
): AlertPast[] {
  const pasts = new Map<string, AlertPast>();
  const pastOf = (alert: Pick<Alert, 'name' | 'labels' | 'severity' | 'summary'>): AlertPast => {
    const { name, labels, severity, summary } = alert;
    const key = seriesKey(name, labels);
    let past = pasts.get(key);
    if (!past) {
      const { device = '', interface: port } = labels;
      past = { name, severity, device, ...(port && { interface: port }), summary, spans: [] };
      pasts.set(key, past);
    }
    return past;
  };
  // One that is about to fire has not, and one that flaps is over for now.
  const known = [...active.filter(({ state }) => state !== 'pending'), ...ended];
  for (const alert of known.filter(({ labels }) => isAbout(labels))) {
    if ((alert.endsAt ?? Infinity) > from) pastOf(alert).spans.push(spanOf(alert));
  }
  for (const alert of kept.filter(({ labels }) => isAbout(labels))) {
    const past = pastOf(alert);
    const own = [...past.spans];
    // What is still open here and not known as firing ended unheard.
    past.spans.push(
      ...alert.spans
        .filter((span) => !own.some((other) => overlap(span, other)))
        .map((span) => ({ ...span, end: span.end ?? span.start })),
    );
  }
  const last = ({ spans }: AlertPast) => spans.at(-1)!.start;
  const all = [...pasts.values()].filter(({ spans }) => spans.length > 0);
  for (const past of all) {
    past.spans = past.spans.sort((a, b) => a.start - b.start).slice(-mostSpans);
  }
  return all.sort((a, b) => last(b) - last(a)).slice(0, most);
}

function spanOf({ startsAt, endsAt, state, status }: BookedAlert): AlertSpan {
  const { acknowledged } = status ?? {};
  return {
    start: startsAt,
    ...(state !== 'firing' && { end: endsAt ?? startsAt }),
    ...(acknowledged && { acknowledged: acknowledged.at }),
  };
}

// 2 is firing, 1 pending, 0 resolved.
function spansOf({ times, columns }: Answered, from: number): AlertSpan[] {
  const spans: AlertSpan[] = [];
  let open: AlertSpan | undefined;
  for (const [i, time] of times.entries()) {
    const isFiring = columns.value![i] === 2;
    if (isFiring && !open) {
      open = { start: time };
      spans.push(open);
    } else if (!isFiring && open) {
      open.end = time;
      open = undefined;
    } else if (columns.value![i] === 0 && i === 0) {
      spans.push({ start: from, end: time });
    }
  }
  return spans;
}

function acknowledge(spans: readonly AlertSpan[], { times, columns }: Answered): void {
  for (const [i, time] of times.entries()) {
    if (columns.value![i] !== 1) continue;
    const span = spans.find(({ start, end = Infinity }) => start <= time && time <= end);
    if (span) span.acknowledged ??= time;
  }
}

// A sender and this node hear of a begin at times that are a little apart.
function overlap(a: AlertSpan, b: AlertSpan): boolean {
  return a.start <= (b.end ?? Infinity) && b.start <= (a.end ?? Infinity);
}
