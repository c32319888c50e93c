import type { Alert } from '../shared/alert.ts';
import type { Phase } from './phase.ts';
import type { Rule } from './rule.ts';

/** A series that rules look at, with its last reading. */
export interface Series {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info?: Record<string, string> | undefined;
  /** of the last reading, ms since the Unix epoch */
  time: number;
  value: number;
  watches: Watch[];
}

/** One rule on one series. */
export interface Watch {
  series: Series;
  rule: Rule;
  phase: Phase;
  /** whether an alert of it was sent that has not been resolved */
  told: boolean;
  /** the one that tells of this phase, once made */
  alert?: Alert;
}
