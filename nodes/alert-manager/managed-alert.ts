import type { Alert, Severity } from '../contract/alert.ts';
import type { Flapping } from './flapping.ts';

/** Who has seen an alert. It holds until the alert is resolved or gets worse. */
export interface Acknowledgement {
  by: string;
  comment: string;
  /** ms since the Unix epoch */
  at: number;
  /** of the alert at that time */
  severity: Severity;
}

/** An alert that is pending or firing, or that was lately. */
export interface ManagedAlert {
  /** as it was last taken in */
  alert: Alert;
  /** which sender has it in its list of active ones */
  source?: string | undefined;
  /** when it began to fire here, ms on the monotonic clock */
  firedAt: number;
  acknowledged?: Acknowledgement | undefined;
  flapping: Flapping;
}

/** Whether it counts as firing: one that flaps does all the while. */
export function isFiring({ alert, flapping }: ManagedAlert): boolean {
  return alert.state === 'firing' || flapping.isFlapping;
}

/** Why nobody is told of an alert. */
export interface Suppression {
  /** ids of silences */
  silencedBy: string[];
  /** fingerprints of alerts */
  inhibitedBy: string[];
  /** names of maintenance windows */
  maintainedBy: string[];
  /** the parents that are down, of a device that cannot be reached */
  unreachableBy: string[];
}

export function isSuppressed(suppression: Suppression): boolean {
  return Object.values(suppression).some((by: string[]) => by.length > 0);
}

/** An alert as it stands, for those who look at it. The names are those of Alertmanager's API. */
export interface ListedAlert extends Alert {
  status: {
    /** `unprocessed` while it waits for its group or its parents, `active`, or `suppressed` */
    state: 'unprocessed' | 'active' | 'suppressed';
    acknowledged?: Omit<Acknowledgement, 'severity'>;
    isFlapping: boolean;
    /** when the last of its silences ends, ms since the Unix epoch */
    silencedUntil?: number;
  } & Suppression;
  /** where it is told of */
  receivers: string[];
}
