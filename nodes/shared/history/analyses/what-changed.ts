import type { ChangeEvent } from '../../../contract/change-event.ts';
import { seriesKey } from '../../../contract/reading.ts';
import { labelMatchers } from '../../match/label-matchers.ts';
import { movement } from '../../series/movement.ts';
import { type LookedAt, type Ranked, rankMovements, scoreOf } from '../../series/rank-movements.ts';
import { TogetherWith } from '../../series/together-with.ts';
import { usualStep } from '../calendar.ts';
import type { Answer, Answered } from '../store/query.ts';
import { ask, eachSeries, type Work } from './analysis.ts';
import { findEvents } from './find-events.ts';
import type { FoundChange } from './found-change.ts';
import { Lifetimes } from './lifetimes.ts';
import { notAsUsual } from './not-as-usual.ts';

/** What is asked: what changed in a span, against the time before. Times are ms since the Unix epoch. */
export interface WhatChangedRequest {
  metrics: string;
  labels: string;
  from: number;
  to: number;
  /** when the time before begins */
  before: number;
  /** the series in question: how the others move with it is told too */
  subject?: { metric: string; labels: Record<string, string> };
  /** when an alert began, which changes are told against where the series in question did not move */
  alertAt?: number;
  /** where nobody asks what happened */
  isWithoutEvents?: true;
  /** series at most */
  maxSeries: number;
  /** changes to tell at most */
  most: number;
}

export interface WhatChanged {
  /** the span as it was looked at: whole steps */
  from: number;
  to: number;
  before: number;
  /** ms */
  step: number;
  /** how many series have anything in either span, and how many of them in both */
  series: number;
  compared: number;
  /** how many were left out for the limit */
  omitted: number;
  /** how many changed, of which these are the first */
  changed: number;
  changes: FoundChange[];
  events: ChangeEvent[];
  /** how many events there are more */
  eventsLeft: number;
  /** whether there is such a series as the one in question, and when it moved */
  subject?: { isKnown: boolean; movedAt?: number };
}

/** steps of the span: as many as tell, and as few as 2,000 series are looked at in half a second */
const mostSteps = 60;
/** series that are read at a time: their steps are few */
const batch = 500;
/** series whose levels are no news: they only grow, or are told as events */
const passedOver = new Set(['uptime', 'alert_state', 'alert_acknowledged', 'maintenance']);
/** what of a finding counts that came later than what it would explain */
const later = 0.5;
/** the same of one about the same port or disk as the series in question: mostly the same figure in another unit */
const sameThing = 0.25;
/** probability above which a level is as it was, whatever the others do */
const unlikely = 0.05;

/** Tells what changed. Yields after each series. */
export function* whatChanged(request: WhatChangedRequest): Work<WhatChanged> {
  const { metrics, labels, maxSeries, subject: asked, alertAt } = request;
  const step = usualStep(request.to - request.from, mostSteps);
  const first = Math.floor(request.from / step);
  const last = Math.max(first + 1, Math.ceil(request.to / step));
  const start = Math.max(1, Math.round((request.from - request.before) / step));
  const begin = first - start;
  const edges = Float64Array.from({ length: last - begin + 1 }, (_, i) => (begin + i) * step);
  const span = { from: edges[0]!, to: edges.at(-1)!, edges, aggregations: ['average'] as const };
  const timeOf = (place: number) => edges[place]!;

  const subject = asked && (yield* findSubject(asked, span));
  const subjectKey = subject && seriesKey(subject.metric, subject.labels);
  const own = subject && movement(subject.columns.average!, start);
  const with_ = subject && new TogetherWith(subject.columns.average!);
  const movedAt = own && timeOf(own.step);
  const origin = movedAt ?? alertAt;

  const lifetimes = new Lifetimes(start);
  const looked: LookedAt<FoundChange>[] = [];
  let [compared, pairs] = [0, 0];
  const read = yield* eachSeries(
    { metrics, labels, maxSeries, ...span },
    (one) => {
      const values = one.columns.average!;
      const found = movement(values, start);
      lifetimes.add(one, found, timeOf);
      if (found?.kind !== 'began' && values.subarray(start).some(isKnown)) compared++;
      // Lifetimes tell of those that began or ended.
      if (passedOver.has(one.metric) || (found && found.kind !== 'moved')) return;
      if (seriesKey(one.metric, one.labels) === subjectKey) return;
      const together = with_?.look(values);
      if (together) pairs++;
      const isLikely = (probability = 1) => probability > unlikely;
      if (isLikely(found?.probability) && isLikely(together?.probability)) return;
      const change = changeOf(one, found?.step ?? start, timeOf, step);
      looked.push({ one: change, moved: found, together });
    },
    batch,
  );

  const lagOf = ({ together, moved }: Pick<Ranked<FoundChange>, 'together' | 'moved'>) =>
    together !== undefined
      ? (together.lag * step) / 1000
      : origin !== undefined && moved !== undefined
        ? (timeOf(moved.step) - origin) / 1000
        : undefined;
  const weightOf = (found: Ranked<FoundChange>) =>
    weight({ labels: found.one.labels, lag: lagOf(found) }, asked?.labels, step);
  const moving = rankMovements(looked, compared, pairs)
    .map((found) => ({ ...found, score: found.score * weightOf(found) }))
    .sort((a, b) => b.score - a.score);
  const { usual, against, seen } = yield* notAsUsual(
    moving,
    { metrics, labels, from: timeOf(start), to: Math.min(span.to, request.to), most: request.most },
    timeOf,
  );
  // Of fewer that moved, fewer may be chance.
  const unusual = rankMovements(
    looked.map((found) => ({ ...found, ...(usual.has(found.one) && { moved: undefined }) })),
    ...([compared, pairs] as const),
  );
  const toldOf = (found: Ranked<FoundChange>) => {
    const { one, moved, together } = found;
    const then = moved && against.get(one);
    const lag = lagOf(found);
    const { before, after, distance, probability } = moved ?? {};
    const change: FoundChange = {
      ...one,
      ...(moved && {
        before: before!,
        after: after!,
        distance: distance!,
        probability: Math.max(probability!, then?.probability ?? 0),
      }),
      ...(then && { days: then.days, usual: then.usual }),
      ...(together && { correlation: together.correlation }),
      ...(lag !== undefined && { lag }),
    };
    return { change, score: scoreOf(moved, together, then?.usual) * weightOf(found) };
  };
  const appeared = lifetimes.changes(edges, step).map((change) => {
    const lag = origin === undefined ? {} : { lag: (change.time - origin) / 1000 };
    const one = { ...change, ...lag };
    return { change: one, score: lifetimes.score * weight(one, asked?.labels, step) };
  });
  const isSeen = ({ one }: Ranked<FoundChange>) => seen.has(one);
  const isLeft = (found: Ranked<FoundChange>) => !isSeen(found);
  const told = [...unusual.filter(isSeen).map(toldOf), ...appeared].sort(
    (a, b) => b.score - a.score,
  );
  // Those that were not compared with other days are for the count only.
  const all = grouped([...told, ...unusual.filter(isLeft).map(toldOf)]);
  const { events, left } = request.isWithoutEvents
    ? { events: [], left: 0 }
    : yield* findEvents(request, lifetimes.events());
  return {
    ...{ from: timeOf(start), to: Math.min(span.to, request.to), before: span.from, step },
    ...{ series: read.series, compared, omitted: read.omitted, changed: all.length },
    ...{ changes: all.slice(0, request.most), events, eventsLeft: left },
    ...(asked && { subject: { isKnown: subject !== undefined, ...(movedAt && { movedAt }) } }),
  };
}

// Labels that a rule added to the alert are not those of its series.
function* findSubject(
  { metric, labels }: { metric: string; labels: Record<string, string> },
  span: { from: number; to: number; edges: Float64Array; aggregations: readonly ['average'] },
): Work<Answered | undefined> {
  const { device } = labels;
  const answer: Answer = yield* ask({
    ...{ metrics: metric, labels: device === undefined ? '' : labelMatchers({ device }), ...span },
    ...{ limit: Infinity, maxSeries: 1000 },
  });
  const fits = answer.series.filter(
    (one) =>
      one.metric === metric &&
      Object.entries(one.labels).every(([name, value]) => labels[name] === value),
  );
  const size = (one: Answered) => Object.keys(one.labels).length;
  return fits.sort((a, b) => size(b) - size(a))[0];
}

function changeOf(
  { metric, labels, unit, columns }: Answered,
  place: number,
  timeOf: (place: number) => number,
  step: number,
): FoundChange {
  return {
    ...{ kind: 'moved', metric, labels, unit, time: timeOf(place), also: [] },
    ...{ start: timeOf(0), step, values: columns.average! },
  };
}

function weight(
  { labels, lag }: { labels: Record<string, string>; lag?: number | undefined },
  subject: Record<string, string> | undefined,
  step: number,
): number {
  if (!subject) return 1;
  const names = Object.keys(labels);
  const isSame = names.length > 1 && names.every((name) => labels[name] === subject[name]);
  const isLater = lag !== undefined && lag * 1000 > step;
  return (isSame ? sameThing : 1) * (isLater ? later : 1);
}

// Of the figures of one port, disk or device that moved the same way, the first tells all: they mostly are one thing.
function grouped(all: readonly { change: FoundChange }[]): FoundChange[] {
  const groups = new Map<string, FoundChange>();
  for (const { change } of all) {
    const key = seriesKey(change.kind, change.labels);
    const known = groups.get(key);
    if (known) known.also.push(change.metric);
    else groups.set(key, change);
  }
  return [...groups.values()];
}

function isKnown(value: number): boolean {
  return !Number.isNaN(value);
}
