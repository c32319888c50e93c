import type { Clock } from '../shared/clock.ts';
import type { CheckedSettings } from './config.ts';
import { lastDue, nextDue, type SummaryPeriod, type SummarySchedule } from './summary-schedule.ts';

/** ms between two looks at the date at most: it may be set */
const mostWait = 600_000;
/** ms after which a summary that was missed is of no use any more */
const missedFor = 12 * 3_600_000;

/** When summaries are sent; undefined where none are. */
export function scheduleOf(settings: CheckedSettings): SummarySchedule | undefined {
  const { summary, summaryDay: day, summaryTime: timeOfDay, summaryZone: zone } = settings;
  return summary === 'never' ? undefined : { every: summary, day, timeOfDay, zone };
}

/**
 * Has a summary mailed whenever one is due, also one that was missed while Node-RED did not run; of a time before the
 * first start none.
 * @param mailer takes each
 * @returns what ends it
 */
export function followSchedule(
  schedule: SummarySchedule,
  mailer: {
    readonly summarized: number | undefined;
    summarize: (period: SummaryPeriod, isLate: boolean) => void;
  },
  clock: Clock,
): () => void {
  let cancel = () => {};
  const look = () => {
    const now = clock.date();
    const last = lastDue(schedule, now);
    mailer.summarize(last, mailer.summarized === undefined || now - last.to > missedFor);
    cancel = clock.after(Math.min(nextDue(schedule, now) - now, mostWait), look);
  };
  look();
  return () => cancel();
}
