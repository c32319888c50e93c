// What to ask about traffic. The sum of a series counts what it had in each interval of its collector: where it had nothing,
// it was not among the largest and counts as nothing. A mean is such a sum by the number of intervals.

import type { AskedQuery } from '../history/store/messages.ts';
import { labelMatchers } from '../match/label-matchers.ts';
import { subjectLabels, type TrafficSubject, trafficSubjects } from './subjects.ts';

/** Which rates of flows are meant, and over which time. */
export interface TrafficQuery {
  /** the exporter; all where missing */
  device?: string | undefined;
  /** all where missing */
  interface?: string | undefined;
  /** what the traffic is divided by; the whole of each interface where missing */
  subject?: TrafficSubject;
  /** only what has this value of a label */
  only?: { label: 'talker' | 'source' | 'destination'; value: string };
  /** where steps begin and the last one ends, ms since the Unix epoch, in order */
  edges: Float64Array;
  /** series, the largest first */
  most: number;
}

/** A series with the sum of its values in each step, and how many they were; NaN where there are none. */
export interface TrafficSums {
  labels: Readonly<Record<string, string>>;
  info: Readonly<Record<string, string>> | undefined;
  sums: Float64Array;
  counts: Float64Array;
}

/** characters that a history takes of label matchers */
const longest = 1000;

/** The query as a history takes it; undefined where names are too long to be those of anything. */
export function askedOf(query: TrafficQuery): AskedQuery | undefined {
  const { device, interface: name, subject, only, edges, most } = query;
  const exact = {
    ...(device !== undefined && { device }),
    ...(name !== undefined && { interface: name }),
    ...(only && { [only.label]: only.value }),
  };
  const own = subject === undefined ? [] : subjectLabels[subject];
  const isThere = own.filter((label) => label !== only?.label).map((label) => `${label}!=""`);
  const isMissing = subject === undefined ? allLabels.map((label) => `${label}=""`) : [];
  const labels = [labelMatchers(exact), ...isThere, ...isMissing]
    .filter((text) => text !== '')
    .join(', ');
  if (labels.length > longest) return undefined;
  return {
    ...{ metrics: 'flow_rate', labels, limit: Infinity, top: most, maxSeries: most },
    ...{ from: edges[0]!, to: edges.at(-1)!, edges, aggregations: ['sum', 'count'] },
  };
}

/** Whether a series is one of those that a query means. */
export function isMeant(query: TrafficQuery, labels: Readonly<Record<string, string>>): boolean {
  const { device, interface: name, subject, only } = query;
  return (
    (device === undefined || labels.device === device) &&
    (name === undefined || labels.interface === name) &&
    subjectOf(labels) === subject &&
    (only === undefined || labels[only.label] === only.value)
  );
}

const allLabels = trafficSubjects.flatMap((subject) => subjectLabels[subject]);

/** What the labels of a reading divide traffic by; undefined for the whole of an interface. */
function subjectOf(labels: Readonly<Record<string, string>>): TrafficSubject | undefined {
  return trafficSubjects.find((subject) =>
    subjectLabels[subject].every((label) => labels[label] !== undefined),
  );
}
