import type { Reading } from '../contract/reading.ts';
import { ok } from './phase.ts';
import { type Rule, ruleIdentity } from './rule.ts';
import { SeriesMap } from './series-map.ts';
import { Siblings } from './siblings.ts';
import type { Series, Watch } from './watch.ts';

/** The series of a metric that has rules, and these rules. */
export class MetricSeries {
  readonly rules: Rule[] = [];
  readonly #series: SeriesMap<Series>;
  /** by device */
  readonly #siblings = new Map<string, Siblings<Watch>>();

  constructor(metric: string) {
    this.#series = new SeriesMap(metric);
  }

  get(labels: Readonly<Record<string, string>>): Series | undefined {
    return this.#series.get(labels);
  }

  values(): Iterable<Series> {
    return this.#series.values();
  }

  /** Adds a series. @param steady see {@link Sibling} */
  add(series: Series, steady?: boolean): void {
    this.#series.set(series.labels, series);
    const { device } = series.labels;
    if (device === undefined) return;
    const siblings = this.#siblings.get(device) ?? new Siblings<Watch>();
    this.#siblings.set(device, siblings);
    series.sibling = siblings.join(steady);
  }

  delete(series: Series): void {
    this.#series.delete(series.labels);
    const siblings = series.sibling?.siblings;
    if (siblings && --siblings.size === 0) this.#siblings.delete(series.labels.device!);
  }

  /** The series of its first reading, to be added, with each rule that looks at it. */
  begin({ metric, unit, value, labels: told }: Reading, now: number): Series {
    const labels = { ...told };
    const series: Series = { metric, labels, unit, info: undefined, time: now, value, watches: [] };
    for (const rule of this.rules) {
      if (rule.filter.takes(labels)) series.watches.push({ series, rule, phase: ok, told: false });
    }
    return series;
  }

  /**
   * A series of other rules as it is under these, to be added: a rule that decides as one of those goes on
   * where that one stood. Beside it, what of the old one has ended.
   */
  continued(old: Series): { series: Series; ended: Iterable<Watch> } {
    const before = new Map(old.watches.map((watch) => [ruleIdentity(watch.rule), watch]));
    const series: Series = { ...old, watches: [] };
    for (const rule of this.rules) {
      if (!rule.filter.takes(old.labels)) continue;
      const identity = ruleIdentity(rule);
      const { phase, critical, base, told, startsAt, wasOk }: Omit<Watch, 'series' | 'rule'> =
        before.get(identity) ?? { phase: ok, told: false };
      before.delete(identity);
      series.watches.push({ series, rule, phase, critical, base, told, startsAt, wasOk });
    }
    return { series, ended: before.values() };
  }
}
