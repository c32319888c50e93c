import { severities, type Alert, type AlertState } from '../shared/alert.ts';
import { matches, parseLabelFilter, type LabelFilter } from '../shared/label-filter.ts';
import { FieldProblem, Problem } from '../shared/problem.ts';
import type { Reading } from '../shared/reading.ts';
import { alertOf } from './alert-of.ts';
import { afterReading, elapses, ok, shifted, type Phase } from './phase.ts';
import { ruleIdentity, type Rule } from './rule.ts';
import { SeriesMap } from './series-map.ts';
import type { Cause, Texts } from './summary.ts';
import type { Series, Watch } from './watch.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A reading may be this much ahead of the clock here; it then counts as of now. */
const maxAhead = 5 * minute;
/** A series without a reading for this long is forgotten, unless an alert of it fires. */
const forgetAfter = 24 * hour;

/** The series of a metric that has rules, and these rules. */
interface Group {
  rules: { rule: Rule; filter: LabelFilter }[];
  series: SeriesMap<Series>;
}

export interface Options {
  texts: Texts;
  /** whether pending alerts are told of */
  sendPending: boolean;
  /** ms since the Unix epoch */
  now: number;
  maxSeries?: number;
}

// What is given away may be changed there.
function copy(alert: Alert): Alert {
  return { ...alert, labels: { ...alert.labels } };
}

/**
 * Checks readings against rules: each rule stands in one phase on each series, and what changes
 * becomes an alert. The caller says what time it is, and calls {@link elapse} at {@link wakeAt}.
 */
export class ThresholdCheck {
  /** When to call {@link elapse} next, ms since the Unix epoch. */
  wakeAt: number;
  /** Whether anything worth keeping has changed since this was last set to false. */
  changed = false;
  /** Whether the list of {@link active} alerts has changed since this was last set to false. */
  activeChanged = false;
  readonly #options: Options;
  readonly #maxSeries: number;
  #rules: readonly Rule[] = [];
  #groups = new Map<string, Group>();
  /** what time alone may change: everything but rules that wait for a high enough reading */
  readonly #live = new Set<Watch>();
  #seriesCount = 0;
  #watchedSince: number;
  #now: number;
  #forgetAt: number;
  #alerts: Alert[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.#maxSeries = options.maxSeries ?? 100_000;
    this.#watchedSince = this.#now = options.now;
    this.wakeAt = this.#forgetAt = options.now + hour;
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** How many series are checked. */
  get seriesCount(): number {
    return this.#seriesCount;
  }

  /**
   * Puts rules in the place of those before. A rule that decides as one before goes on where that
   * stood; the alerts of the others are resolved.
   */
  setRules(rules: readonly Rule[], now: number): Alert[] {
    const before = this.#groups;
    this.#rules = rules;
    this.#groups = new Map();
    this.#live.clear();
    this.#seriesCount = 0;
    this.changed = this.activeChanged = true;
    for (const rule of rules) {
      const group = this.#groups.get(rule.metric) ?? {
        rules: [],
        series: new SeriesMap(rule.metric),
      };
      group.rules.push({ rule, filter: parseLabelFilter('filter', rule.filter) });
      this.#groups.set(rule.metric, group);
    }
    for (const group of before.values()) {
      for (const series of group.series.values()) this.#takeOver(series, now);
    }
    return this.#takeAlerts();
  }

  /** Takes a series as it was kept, for the rules that are set. */
  restore(kept: Omit<Series, 'watches'>, watches: readonly Omit<Watch, 'series'>[]): void {
    const group = this.#groups.get(kept.metric);
    if (!group) return;
    const series: Series = { ...kept, watches: [] };
    series.watches = watches.map((watch) => ({ ...watch, series }));
    this.#add(group, series);
  }

  /** The series of which something must be kept over a restart. */
  kept(): Set<Series> {
    return new Set([...this.#live].map((watch) => watch.series));
  }

  /** Checks readings. Gives the alerts they lead to and a problem for each that cannot be used. */
  observe(readings: readonly Reading[], now: number): { alerts: Alert[]; problems: Error[] } {
    this.#now = now;
    const problems: Error[] = [];
    let full = false;
    for (const reading of readings) {
      const group = this.#groups.get(reading.metric);
      if (!group) continue;
      if (reading.time > now + maxAhead) {
        const time = new Date(reading.time);
        const shown = Number.isNaN(time.getTime()) ? reading.time : time;
        problems.push(new FieldProblem(`${reading.metric}.time`, 'notAhead', shown));
        continue;
      }
      const series = group.series.get(reading.labels) ?? this.#addNew(group, reading);
      if (series) this.#observe(series, reading, now);
      else full = true;
    }
    if (full) problems.push(new Problem('seriesLimit', { max: this.#maxSeries }));
    return { alerts: this.#takeAlerts(), problems };
  }

  /** Lets time pass without a reading. */
  elapse(now: number): Alert[] {
    this.#now = now;
    // The clock was set or the machine slept: that nothing came meanwhile says nothing.
    if (now - this.wakeAt > minute || now < this.#watchedSince) this.#watchedSince = now;
    this.#forgetAt = Math.min(this.#forgetAt, now + hour);
    for (const watch of this.#live) {
      const due = this.#elapses(watch).find(({ at, until }) => at <= now && now <= until);
      if (due)
        this.#change(watch, due.phase, due.at, due.until === Infinity ? 'silence' : 'reading');
    }
    if (now >= this.#forgetAt) this.#forget(now);
    this.wakeAt = this.#forgetAt;
    for (const watch of this.#live) {
      for (const { at } of this.#elapses(watch)) if (at > now) this.#wakeBy(at);
    }
    return this.#takeAlerts();
  }

  /** The firing alerts as they were sent: the worst first, of equal ones the oldest. */
  active(): Alert[] {
    const alerts: Alert[] = [];
    for (const watch of this.#live) {
      if (watch.phase.state !== 'firing') continue;
      const { since, missing } = watch.phase;
      watch.alert ??= this.#alert(watch, 'firing', since, missing ? 'silence' : 'reading');
      alerts.push(copy(watch.alert));
    }
    const rank = (alert: Alert) => severities.indexOf(alert.severity);
    return alerts.sort((a, b) => rank(b) - rank(a) || a.startsAt - b.startsAt);
  }

  /** How many rules are in a state, counted for each series. */
  count(state: 'pending' | 'firing'): number {
    let count = 0;
    for (const watch of this.#live) if (watch.phase.state === state) count++;
    return count;
  }

  #observe(series: Series, { value, unit, info, time: observed }: Reading, now: number) {
    const time = Math.min(observed, now);
    if (time < series.time) {
      if (series.time <= now) return;
      // The clock was set back: what has lasted so far stays as long.
      for (const watch of series.watches) watch.phase = shifted(watch.phase, time - series.time);
    }
    series.time = time;
    series.value = value;
    series.unit = unit;
    series.info = info;
    for (const watch of series.watches) {
      const phase = afterReading(watch.rule, watch.phase, value, time);
      if (phase !== watch.phase) this.#change(watch, phase, time, 'reading');
    }
  }

  #addNew(group: Group, reading: Reading): Series | undefined {
    if (this.#seriesCount >= this.#maxSeries) return undefined;
    const { metric, unit, value } = reading;
    const labels = { ...reading.labels };
    const time = Math.min(reading.time, this.#now);
    const series: Series = { metric, labels, unit, info: undefined, time, value, watches: [] };
    for (const { rule, filter } of group.rules) {
      if (matches(filter, labels)) series.watches.push({ series, rule, phase: ok, told: false });
    }
    this.#add(group, series);
    return series;
  }

  #add(group: Group, series: Series) {
    group.series.set(series.labels, series);
    this.#seriesCount++;
    for (const watch of series.watches) this.#track(watch);
  }

  // What comes of a series under the rules of now.
  #takeOver(old: Series, now: number) {
    const group = this.#groups.get(old.metric);
    const before = new Map(old.watches.map((watch) => [ruleIdentity(watch.rule), watch]));
    if (group) {
      const series: Series = { ...old, watches: [] };
      for (const { rule, filter } of group.rules) {
        if (!matches(filter, old.labels)) continue;
        const identity = ruleIdentity(rule);
        const same = before.get(identity);
        before.delete(identity);
        const { phase, told } = same ?? { phase: ok, told: false };
        series.watches.push({ series, rule, phase, told });
      }
      this.#add(group, series);
    }
    for (const watch of before.values()) {
      this.#change(watch, ok, now, 'rule');
      this.#live.delete(watch);
    }
  }

  #change(watch: Watch, phase: Phase, at: number, cause: Cause) {
    const before = watch.phase;
    watch.phase = phase;
    this.#track(watch);
    this.changed = true;
    if (before.state === phase.state) return;
    if (before.state === 'firing' || phase.state === 'firing') this.activeChanged = true;
    delete watch.alert;
    if (phase.state === 'ok') {
      if (watch.told && before.state !== 'ok') {
        this.#alerts.push({ ...this.#alert(watch, 'resolved', before.since, cause), endsAt: at });
      }
      watch.told = false;
    } else if (phase.state === 'firing' || this.#options.sendPending) {
      watch.alert = this.#alert(watch, phase.state, phase.since, cause);
      this.#alerts.push(copy(watch.alert));
      watch.told = true;
    }
  }

  #alert(watch: Watch, state: AlertState, startsAt: number, cause: Cause): Alert {
    return alertOf(watch, { state, startsAt }, cause, this.#options.texts);
  }

  #track(watch: Watch) {
    if (watch.phase.state === 'ok' && watch.rule.noData !== 'fire') {
      this.#live.delete(watch);
      return;
    }
    if (!this.#live.has(watch)) this.changed = true;
    this.#live.add(watch);
    for (const { at } of this.#elapses(watch)) this.#wakeBy(at);
  }

  #elapses({ rule, phase, series }: Watch) {
    return elapses(rule, phase, { time: series.time, watchedSince: this.#watchedSince });
  }

  #wakeBy(at: number) {
    if (at < this.wakeAt) this.wakeAt = Math.max(at, this.#now);
  }

  #forget(now: number) {
    this.#forgetAt = now + hour;
    for (const group of this.#groups.values()) {
      for (const series of group.series.values()) {
        if (now - Math.max(series.time, this.#watchedSince) < forgetAfter) continue;
        if (series.watches.some((watch) => watch.phase.state === 'firing')) continue;
        for (const watch of series.watches) {
          this.#change(watch, ok, now, 'silence');
          this.#live.delete(watch);
        }
        group.series.delete(series.labels);
        this.#seriesCount--;
      }
    }
  }

  #takeAlerts(): Alert[] {
    const alerts = this.#alerts;
    this.#alerts = [];
    return alerts;
  }
}
