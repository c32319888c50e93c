import type { Retention } from '../shared/history/store/retention.ts';

const day = 86_400_000;
/** bytes a raw reading until a folder tells its own: what mixed loads take with their summaries */
const usualBytes = 2;
/** readings from which on a folder's own size means something */
const enough = 100_000;

export interface Outlook {
  /** bytes that a day adds at the present rate */
  bytesPerDay: number;
  /** days until the size limit removes the oldest; undefined where the ages do so earlier */
  days: number | undefined;
}

/**
 * What a history will hold if readings go on coming as they do.
 * @param perSecond readings a second now
 */
export function outlook(
  { readings, size }: { readings: number; size: number },
  perSecond: number,
  retention: Retention,
): Outlook {
  const bytes = readings >= enough ? size / readings : usualBytes;
  const bytesPerDay = perSecond * 86_400 * bytes;
  const days = bytesPerDay > 0 ? retention.size / bytesPerDay : Infinity;
  return { bytesPerDay, days: days * day < retention.ages.raw ? days : undefined };
}
