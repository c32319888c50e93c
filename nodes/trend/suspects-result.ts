import { rounded } from '../contract/round.ts';
import { format } from '../contract/units.ts';
import type { ResultOf } from '../shared/history/analyses/index.ts';
import type { SuspectsRequest } from '../shared/history/analyses/suspects.ts';
import { readLength } from '../shared/history/request.ts';
import type { Asked } from './asked.ts';
import { usualDays } from './config.ts';
import { columnsOf, labelsOf } from './of-series.ts';
import type { Result, Row } from './result.ts';

const day = 86_400_000;

/** What to ask of a history to tell what stands out. */
export function suspectsRequest({ settings, at }: Asked): SuspectsRequest {
  const { metrics, labels, back, limit } = settings;
  const from = at - (readLength(back) ?? usualDays.suspects * day);
  return { metrics, labels, from, to: at, maxSeries: limit };
}

/**
 * What stood out: all of the span as rows, the newest first, and what is new as readings, each at its time.
 * @param since when it was looked before, ms since the Unix epoch
 */
export function suspectsResult(
  { suspects, series, omitted }: ResultOf<'suspects'>,
  since: number,
): Result {
  const fresh = suspects.filter(({ time }) => time > since);
  const readings = fresh.map(({ metric, labels, unit, time, value, score, kind, usual }) => ({
    ...{ metric: 'suspect', value: rounded(score, 'ms'), unit: '1', time },
    labels: labelsOf(metric, labels),
    info: { kind, value: format(value, unit), usual: format(usual, unit) },
  }));
  const rows = suspects.map(({ metric, labels, unit, time, value, score, kind, usual }): Row => {
    const own: Row = {
      ...{ time, metric, value: rounded(value, unit), usual: rounded(usual, unit), unit },
      ...{ score: rounded(score, 'ms'), kind },
    };
    return { ...columnsOf(labels, own), ...own };
  });
  return { readings, curves: [], rows: rows.reverse(), series, omitted };
}
