import type { TrafficPart, TrafficShare } from '../../contract/pages.ts';
import { rounded } from '../../contract/round.ts';
import type { TrafficSums } from '../../shared/traffic/queries.ts';
import { subjectLabels, type TrafficSubject } from '../../shared/traffic/subjects.ts';
import { rank, type Ranked, type Ranking } from './ranking.ts';
import { meanOf, type Told } from './told.ts';
import { stackedChart } from './traffic-chart.ts';
import type { TrafficSpan } from './traffic-span.ts';

/** parts of a chart: so many colours can be told apart */
const mostDrawn = 7;
const mostListed = 10;

/**
 * The largest of a subject; undefined where nothing is known of it; yields now and then.
 * @param span of the chart, where the series have its steps
 */
export function* partOf(
  subject: TrafficSubject,
  series: readonly TrafficSums[],
  told: Told,
  span?: TrafficSpan,
): Generator<void, TrafficPart | undefined> {
  const ranking = yield* rank(series, subjectLabels[subject], span ? mostDrawn : mostListed);
  if (ranking.top.length === 0) return undefined;
  const errorBound = boundOf(series);
  return {
    ...{ subject, shares: sharesOf(ranking, told) },
    ...(span && { chart: stackedChart(ranking, told, span) }),
    ...(errorBound > 0 && { errorBound }),
  };
}

/** Shares of all traffic, all others last. */
export function sharesOf({ top, rest }: Ranking, told: Told): TrafficShare[] {
  const share = ({ names, sum }: Ranked): TrafficShare => {
    const [name = '', to] = names;
    return {
      ...{ name, ...(to !== undefined && { to }) },
      rate: rounded(meanOf(sum, told) ?? 0, 'bit/s'),
      share: told.sumInAll > 0 ? rounded(Math.min(100, (sum / told.sumInAll) * 100), '%') : null,
    };
  };
  return [
    ...top.map(share),
    ...(rest ? [{ ...share({ ...rest, names: [''] }), isOther: true as const }] : []),
  ];
}

// By how much a rate may be too high at most.
function boundOf(series: readonly TrafficSums[]): number {
  return Math.max(0, ...series.slice(0, 1000).map(({ info }) => numberOf(info?.error_bound)));
}

/** The largest factor by which sampled counts were multiplied; 1 where none was. */
export function sampledIn(series: readonly TrafficSums[]): number {
  return Math.max(1, ...series.slice(0, 1000).map(({ info }) => numberOf(info?.sampled)));
}

function numberOf(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) ? value : 0;
}
