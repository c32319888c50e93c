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
}
