import { createHash } from 'node:crypto';
import type { Alert } from '../contract/alert.ts';
import { seriesKey } from '../contract/reading.ts';
import type { History } from '../shared/history/history.ts';
import { inSlices } from '../shared/in-slices.ts';
import { drawMetric } from '../shared/mail/picture/metric-picture.ts';
import { toPng } from '../shared/mail/picture/png.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';

/** Pictures in one mail at most. */
export const mostPictures = 8;

const step = 5 * 60_000;
const steps = 288;

/** A picture of an alert's metric over the last 24 hours. */
export interface Picture {
  /** its name in the mail, unique in all mails */
  cid: string;
  png: Buffer;
}

/**
 * The pictures of some alerts, by the alerts' fingerprints; of a series that is in the history once, and the first ones
 * only.
 * @param messageId of the mail
 * @param now ms since the Unix epoch
 * @throws as `History.read`
 */
export async function metricPictures(
  alerts: readonly Alert[],
  history: Pick<History, 'read'>,
  messageId: string,
  now: number,
  signal: AbortSignal,
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  const drawn = new Map<string, Picture | undefined>();
  for (const alert of alerts) {
    const series = JSON.stringify([seriesKey(alert.metric, alert.labels), alert.threshold]);
    if (!drawn.has(series)) {
      if (drawn.size === mostPictures) break;
      const png = await draw(alert, history, now, signal);
      drawn.set(series, png && { cid: cidOf(messageId, drawn.size), png });
    }
    const picture = drawn.get(series);
    if (picture) pictures.set(alert.fingerprint, picture);
  }
  return pictures;
}

async function draw(
  { metric, labels, threshold, unit }: Alert,
  history: Pick<History, 'read'>,
  now: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const last = Math.ceil(now / step);
  const edges = Float64Array.from({ length: steps + 1 }, (_, i) => (last - steps + i) * step);
  const { series } = await history.read(
    {
      metrics: metric,
      labels: labelMatchers(labels),
      from: edges[0]!,
      to: now,
      edges,
      aggregations: ['average', 'min', 'max'],
      limit: Infinity,
      maxSeries: 2,
    },
    signal,
  );
  // The series may have further labels than its alert.
  const exact = series.find((one) => seriesKey('', one.labels) === seriesKey('', labels));
  const own = exact ?? (series.length === 1 ? series[0] : undefined);
  if (!own) return undefined;
  const { average, min, max } = own.columns;
  const data = { edges, average: average!, min: min!, max: max!, limit: threshold, zone: '' };
  return toPng(await inSlices(drawMetric({ ...data, unit: own.unit || unit }), { signal }));
}

function cidOf(messageId: string, number: number): string {
  const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 24);
  return `${hash}.${number}@netmon`;
}
