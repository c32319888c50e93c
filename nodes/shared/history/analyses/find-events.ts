import { severities } from '../../../contract/alert.ts';
import type { ChangeEvent } from '../../../contract/change-event.ts';
import { restarts, stateChanges } from '../../series/state-changes.ts';
import { usualStep } from '../calendar.ts';
import type { Answered } from '../store/query.ts';
import { eachSeries, type Work } from './analysis.ts';

interface EventsRequest {
  labels: string;
  /** ms since the Unix epoch */
  from: number;
  to: number;
  maxSeries: number;
}

/** steps by which times of events are told apart */
const mostSteps = 360;
/** ms before the span in which a state is looked for that it began with */
const lookBack = 30 * 60_000;
/** series that are read at a time */
const batch = 200;
/** events to tell: more nobody reads */
const mostEvents = 200;

/**
 * What happened in a span: restarts, links and devices that went up or down, and alerts that were firing, in order of
 * time. Times are as exact as a step: a 360th of the span.
 * @param more events that are known
 */
export function* findEvents(
  { labels, from, to, maxSeries }: EventsRequest,
  more: readonly ChangeEvent[],
): Work<{ events: ChangeEvent[]; left: number }> {
  const step = usualStep(to - from, mostSteps);
  const first = Math.floor((from - Math.max(lookBack, 2 * step)) / step);
  const length = Math.ceil(to / step) - first;
  const edges = Float64Array.from({ length: length + 1 }, (_, i) => (first + i) * step);
  const begin = edges.findIndex((edge) => edge >= from);
  const events = [...more];
  const metrics = 'uptime, interface_up, device_up, alert_state';
  const span = { from: edges[0]!, to: edges.at(-1)!, edges };
  const aggregations = ['min', 'max', 'last'] as const;
  yield* eachSeries(
    { metrics, labels, maxSeries, ...span, aggregations },
    (one) => {
      for (const event of eventsOf(one, Math.max(0, begin), edges)) {
        if (event.time <= to) events.push({ ...event, time: Math.max(from, event.time) });
      }
    },
    batch,
  );
  events.sort((a, b) => a.time - b.time);
  return { events: events.slice(0, mostEvents), left: Math.max(0, events.length - mostEvents) };
}

function eventsOf(
  { metric, labels, info, columns }: Answered,
  start: number,
  edges: Float64Array,
): ChangeEvent[] {
  const steps = { min: columns.min!, max: columns.max!, last: columns.last! };
  if (metric === 'uptime') {
    return restarts(steps, start).map(({ step, uptime }) => ({
      ...{ kind: 'restart', labels },
      time: Math.max(edges[step]!, edges[step + 1]! - uptime * 1000),
    }));
  }
  if (metric === 'alert_state') {
    const { alert = '', ...own } = labels;
    // 2 is firing, 1 pending.
    const firing = (column: Float64Array) =>
      column.map((value) => (Number.isNaN(value) ? value : Number(value === 2)));
    const [min, max, last] = [firing(steps.min), firing(steps.max), firing(steps.last)];
    const severity = severities.find((each) => each === info?.severity) ?? 'warning';
    // One that begins to be kept is firing anew.
    const known = last.findIndex((value) => !Number.isNaN(value));
    const anew = known >= start && max[known] === 1 ? [{ step: known, to: 1 as const }] : [];
    return [...anew, ...stateChanges({ min, max, last }, start)]
      .filter(({ to }) => to === 1)
      .map(({ step }) => ({
        ...{ kind: 'alert', labels: own, time: edges[step]!, severity },
        text: info?.summary ?? alert,
      }));
  }
  const thing = metric === 'interface_up' ? 'link' : 'device';
  return stateChanges(steps, start).map(({ step, to }) => ({
    ...{ kind: `${thing}-${to === 1 ? 'up' : 'down'}` as const, labels, time: edges[step]! },
  }));
}
