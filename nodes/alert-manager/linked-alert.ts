import type { Alert } from '../contract/alert.ts';
import type { ActionLink } from './action-link.ts';

/** How an alert stands that a link is about. */
export interface LinkedAlert {
  alert: Alert;
  acknowledged?: { by: string; at: number };
  /** until when nobody is told of it, ms since the Unix epoch */
  silencedUntil?: number;
  /** how many others of its groups fire and are not acknowledged */
  others: number;
}

/** What links can do. */
export interface LinkedAlerts {
  /** An alert that fires, with its fingerprint. */
  find: (fingerprint: string) => LinkedAlert | undefined;
  acknowledge: (alert: Alert, by: string, comment: string, withOthers: boolean) => void;
  /** Silences what has exactly its labels, for a number of s. */
  silence: (alert: Alert, by: string, comment: string, duration: number) => void;
}

/** s that a silence may be chosen to last */
export const silenceDurations = [3600, 4 * 3600, 24 * 3600, 7 * 86_400] as const;

/** Whether what a link allows has been done already. */
export function isDone({ action }: ActionLink, linked: LinkedAlert): boolean {
  return action === 'acknowledge'
    ? linked.acknowledged !== undefined
    : linked.silencedUntil !== undefined;
}
