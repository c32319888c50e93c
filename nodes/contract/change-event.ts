import type { Severity } from './alert.ts';

type EventKind =
  | 'restart'
  | 'link-down'
  | 'link-up'
  | 'device-down'
  | 'device-up'
  | 'device-new'
  | 'device-silent'
  | 'configuration'
  | 'alert';

/** What happened in the span. */
export interface ChangeEvent {
  kind: EventKind;
  time: number;
  labels: Record<string, string>;
  /** of an alert, what it says; of a configuration, who changed it */
  text?: string;
  /** of an alert */
  severity?: Severity;
  /** of a configuration: lines */
  added?: number;
  removed?: number;
  /** of a configuration: the version's number */
  version?: number;
}
