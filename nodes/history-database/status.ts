import type { Outlook } from './outlook.ts';

/** What the dialog shows of a history, as the runtime tells it. */
export interface HistoryStatus extends Outlook {
  folder: string;
  series: number;
  /** raw readings */
  readings: number;
  /** bytes of all files */
  size: number;
  /** ms since the Unix epoch; missing where there is nothing */
  oldest?: number;
  /** readings a second, over the last five minutes */
  perSecond: number;
  /** readings that are not on the disk yet */
  pending: number;
  /** where readings go on to; missing where they go nowhere */
  forward?: ForwardStatus;
}

/** How far a receiver of remote write is. */
export interface ForwardStatus {
  host: string;
  /** readings that it has not got yet, and the time of the oldest in ms since the Unix epoch */
  behind: number;
  since?: number;
  /** readings that it refused for good, or was away too long for */
  refused: number;
  lost: number;
  /** why it does not get them, in the reader's language */
  problem?: string;
}
