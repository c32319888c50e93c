import type { Alert } from '../contract/alert.ts';
import type { Phase } from './phase.ts';
import type { Rule } from './rule.ts';
import type { Sibling } from './siblings.ts';

/** A series that rules look at, with its last reading. */
export interface Series {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info?: Record<string, string> | undefined;
  /** when the last reading arrived, ms on a monotonic clock */
  time: number;
  /** ms between its last readings: the shorter of the last two pauses */
  rhythm?: number | undefined;
  /** ms between the last two readings */
  gap?: number | undefined;
  value: number;
  /** whether none has arrived since a restart: nobody knows what was in between */
  resumed?: boolean | undefined;
  watches: Watch[];
  /** its place among the others of its metric and device, where it has one */
  sibling?: Sibling<Watch> | undefined;
}

/** What is kept of a series over a restart. */
export interface KeptSeries extends Omit<Series, 'watches' | 'sibling'> {
  /** see {@link Sibling} */
  steady?: boolean | undefined;
}

/** One rule on one series. */
export interface Watch {
  series: Series;
  rule: Rule;
  phase: Phase;
  /** the same at the rule's critical limit, where it is beyond that one */
  critical?: Phase | undefined;
  /** the last known value of the series that the rule's limits are multiples of */
  base?: number | undefined;
  /** when it left the phase `ok`, ms since the Unix epoch */
  startsAt?: number | undefined;
  /** whether its series had a good value, where the rule asks for one first */
  wasOk?: boolean | undefined;
  /** whether an alert of it was sent that has not been resolved */
  told: boolean;
  /** the last one that was sent or listed; while the phase is `firing` it tells of that */
  alert?: Alert;
}
