import type { Points } from './points.ts';

/** What is known of the values of one span of time. */
export interface Summary {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** time and value of the first and the last of them */
  firstTime: number;
  first: number;
  lastTime: number;
  last: number;
}

/** Summarizes points from `start` to before `end` of their places; undefined where there are none. */
export function summarize(
  { times, values }: Points,
  start = 0,
  end = times.length,
): Summary | undefined {
  if (start >= end) return undefined;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    count: end - start,
    sum,
    min,
    max,
    firstTime: times[start]!,
    first: values[start]!,
    lastTime: times[end - 1]!,
    last: values[end - 1]!,
  };
}

/** Puts two summaries together, of spans that follow each other or not. */
export function combine(a: Summary | undefined, b: Summary): Summary {
  if (!a) return b;
  const early = a.firstTime <= b.firstTime ? a : b;
  const end = a.lastTime <= b.lastTime ? b : a;
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    firstTime: early.firstTime,
    first: early.first,
    lastTime: end.lastTime,
    last: end.last,
  };
}

/** Summaries of spans of equal length, by the start of each, in order. */
export function summarizeSpans(points: Points, span: number): Map<number, Summary> {
  const spans = new Map<number, Summary>();
  const { times } = points;
  let start = 0;
  while (start < times.length) {
    const begin = Math.floor(times[start]! / span) * span;
    let end = start + 1;
    while (end < times.length && times[end]! < begin + span) end++;
    spans.set(begin, summarize(points, start, end)!);
    start = end;
  }
  return spans;
}
