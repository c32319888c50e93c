import type { WeekLine } from '../contract/pages.ts';
import { rounded } from '../contract/round.ts';
import type { CompareRequest } from '../shared/history/analyses/compare.ts';
import type { ResultOf } from '../shared/history/analyses/index.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';
import { changeOf } from '../shared/series/usage.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;
/** devices whose answers are kept, each for an hour */
const mostKept = 200;
const mostSeries = 400;

type Compare = (request: CompareRequest) => Promise<ResultOf<'compare'>>;

interface Kept {
  /** ms since the Unix epoch */
  until: number;
  /** what is known by now: of before, while it is asked anew */
  lines: WeekLine[] | undefined;
}

/** How the lines of devices were used in the last 7 days and in those before: asked for in the background. */
export class PastWeeks {
  readonly #compare: Compare;
  readonly #kept = new Map<string, Kept>();

  /** @param compare asks a history; where it fails, others tell of that */
  constructor(compare: Compare) {
    this.#compare = compare;
  }

  /** What is known of a device by now. @param now ms since the Unix epoch */
  of(device: string, now: number): WeekLine[] | undefined {
    const kept = this.#kept.get(device);
    if (kept && kept.until > now) return kept.lines;
    const asked: Kept = { until: now + hour, lines: kept?.lines };
    this.#kept.delete(device);
    this.#kept.set(device, asked);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    this.#ask(device, now).then(
      (lines) => (asked.lines = lines),
      // It may be there in a minute.
      () => (asked.until = now + hour / 60),
    );
    return asked.lines;
  }

  async #ask(device: string, now: number): Promise<WeekLine[]> {
    const end = Math.floor(now / hour) * hour;
    const { series } = await this.#compare({
      ...{ metrics: 'in_rate, out_rate', labels: labelMatchers({ device }), maxSeries: mostSeries },
      now: { from: end - week, to: end },
      before: { from: end - 2 * week, to: end - week },
    });
    return series.flatMap((one) => lineOf(one) ?? []).sort((a, b) => b.mean - a.mean);
  }
}

function lineOf({
  metric,
  labels,
  now,
  before,
}: ResultOf<'compare'>['series'][number]): WeekLine | undefined {
  const { interface: name } = labels;
  if (name === undefined || !now) return undefined;
  const change = before && changeOf(now.mean, before.mean);
  const rate = (value: number) => rounded(value, 'bit/s');
  return {
    ...{ name, role: metric === 'in_rate' ? 'in' : 'out' },
    ...{ mean: rate(now.mean), percentile95: rate(now.percentile95), highest: rate(now.peak) },
    change: change === undefined ? null : rounded(change, '%'),
  };
}
