import { type Alert, type AlertState, severities } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import { Problem } from '../shared/problem.ts';
import { alertOf } from './alert-of.ts';
import type { Cause } from './cause.ts';
import { LatestValues } from './latest-values.ts';
import { criticalAfter, limited, severityOf } from './limits.ts';
import { MetricSeries } from './metric-series.ts';
import {
  afterReading,
  type Elapse,
  elapses,
  interrupted,
  isWaiting,
  ok,
  type Phase,
  postponed,
  validFor,
} from './phase.ts';
import { compare, type Rule } from './rule.ts';
import type { Siblings } from './siblings.ts';
import type { Texts } from './summary.ts';
import type { KeptSeries, Series, Watch } from './watch.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A series without a reading for this long is forgotten, and its alerts end: its device is gone. */
const forgetAfter = 24 * hour;
/** The same where an alert fires just because readings stopped: over a weekend and more. */
const forgetMissingAfter = 7 * 24 * hour;

/** Where no more series fit in, one without a reading for this long gives way, if no rule needs it. */
const yieldAfter = hour;

/** ms for which a series must be missed at least until its alerts end because its siblings go on. */
const missedFor = 10 * minute;

export interface Options {
  texts: Texts;
  /** whether pending alerts are told of */
  sendPending: boolean;
  /** ms on the monotonic clock by which all is judged: a clock that can be set never decides */
  now: number;
  /** The time of day at a time on that clock, ms since the Unix epoch. */
  toDate?: (time: number) => number;
  maxSeries?: number;
}

/** What readings, rules or time have changed. */
export interface Changes {
  /** the alerts that tell of it, in the order in which it happened */
  alerts: Alert[];
  /** whether the list of {@link ThresholdCheck.active} alerts is another one */
  active: boolean;
  /** whether anything worth keeping changed: while something has to last, that it did for another minute */
  kept: boolean;
}

function isMissing(phase: Phase): boolean {
  return phase.state === 'firing' && phase.missing === true;
}

function unchanged(): Changes {
  return { alerts: [], active: false, kept: false };
}

// What is given away may be changed there.
function copy(alert: Alert): Alert {
  return { ...alert, labels: { ...alert.labels } };
}

/**
 * Checks readings against rules: each rule stands in one phase on each series, and what changes
 * becomes an alert. The caller says what time it is, on a monotonic clock, and calls {@link elapse} at
 * {@link wakeAt}. Order and durations are those of arrival: a reading's own time decides nothing.
 */
export class ThresholdCheck {
  readonly #options: Options;
  readonly #maxSeries: number;
  #rules: readonly Rule[] = [];
  #groups = new Map<string, MetricSeries>();
  readonly #latest: LatestValues;
  /** what time alone may change: everything but rules that wait for a high enough reading */
  readonly #live = new Set<Watch>();
  /** those of rules that ask for a good value first, and had one */
  readonly #wereOk = new Set<Watch>();
  readonly #toDate: (time: number) => number;
  #seriesCount = 0;
  #watchedSince: number;
  #now: number;
  #forgetAt: number;
  #madeRoomAt = -Infinity;
  /** when to keep again what has to last, so that a crash costs little of it */
  #keepAt: number;
  #wakeAt: number;
  /** since they were last given away */
  #changes: Changes = unchanged();

  constructor(options: Options) {
    this.#options = options;
    this.#toDate = options.toDate ?? ((time) => time);
    this.#maxSeries = options.maxSeries ?? 100_000;
    this.#latest = new LatestValues(this.#maxSeries);
    this.#watchedSince = this.#now = options.now;
    this.#wakeAt = this.#forgetAt = options.now + hour;
    this.#keepAt = options.now + minute;
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** When to call {@link elapse} next. */
  get wakeAt(): number {
    return this.#wakeAt;
  }

  /** How many series are checked. */
  get seriesCount(): number {
    return this.#seriesCount;
  }

  /**
   * Puts rules in the place of those before. A rule that decides as one before goes on where that
   * stood; the alerts of the others are resolved.
   */
  setRules(rules: readonly Rule[], now: number): Changes {
    const before = this.#groups;
    this.#now = now;
    this.#rules = rules;
    this.#groups = new Map();
    this.#live.clear();
    this.#wereOk.clear();
    this.#seriesCount = 0;
    this.#changes.kept = this.#changes.active = true;
    this.#latest.setMetrics(new Set(rules.flatMap(({ relativeTo }) => relativeTo?.metric ?? [])));
    for (const rule of rules) {
      const group = this.#groups.get(rule.metric) ?? new MetricSeries(rule.metric);
      group.rules.push(rule);
      this.#groups.set(rule.metric, group);
    }
    for (const group of before.values()) {
      for (const series of group.values()) this.#takeOver(series, now);
    }
    return this.#takeChanges();
  }

  /** Takes a series as it was kept, for the rules that are set. */
  restore({ steady, ...kept }: KeptSeries, watches: readonly Omit<Watch, 'series'>[]): void {
    const group = this.#groups.get(kept.metric);
    if (!group) return;
    const series: Series = { ...kept, watches: [] };
    series.watches = watches.map((watch) => ({ ...watch, series }));
    this.#add(group, series, steady);
  }

  /** The series of which something must be kept over a restart. */
  kept(): Set<Series> {
    return new Set([...this.#live, ...this.#wereOk].map((watch) => watch.series));
  }

  /** The last time that it was told. */
  get now(): number {
    return this.#now;
  }

  /** Checks readings. Gives what they change, and the problems of those that cannot be used. */
  observe(readings: readonly Reading[], now: number): Changes & { problems: Error[] } {
    this.#now = now;
    const problems: Error[] = [];
    let full = false;
    this.#latest.take(readings, now);
    for (const reading of readings) {
      const group = this.#groups.get(reading.metric);
      if (!group) continue;
      const series = group.get(reading.labels) ?? this.#addNew(group, reading);
      if (series) this.#observe(series, reading, now);
      else full = true;
    }
    if (full) problems.push(new Problem('seriesLimit', { max: this.#maxSeries }));
    return { ...this.#takeChanges(), problems };
  }

  /** Lets time pass without a reading. */
  elapse(now: number): Changes {
    this.#now = now;
    // The machine slept: that nothing came meanwhile says nothing.
    if (now - this.#wakeAt > minute) this.#watchedSince = now;
    for (const watch of this.#live) {
      const due = this.#elapses(watch).find(({ at, until }) => at <= now && now <= until);
      if (due) this.#change(watch, due.phase, due.at, due.cause);
    }
    if (now >= this.#forgetAt) this.#forget(now);
    this.#wakeAt = this.#forgetAt;
    for (const watch of this.#live) {
      for (const { at } of this.#elapses(watch)) if (at > now) this.#wakeBy(at);
    }
    return this.#takeChanges();
  }

  /** Forgets all series of devices that are gone, and ends their alerts. */
  removeDevices(devices: ReadonlySet<string>, now: number): Changes {
    this.#now = now;
    for (const group of this.#groups.values()) {
      for (const series of group.values()) {
        if (devices.has(series.labels.device!)) this.#remove(group, series, now);
      }
    }
    return this.#takeChanges();
  }

  /** The firing alerts as they were sent: the worst first, of equal ones the oldest. */
  active(): Alert[] {
    const alerts: Alert[] = [];
    for (const watch of this.#live) {
      if (watch.phase.state !== 'firing') continue;
      watch.alert ??= this.#alert(watch, 'firing', watch.phase.missing ? 'silence' : 'reading');
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

  #observe(series: Series, { value, unit, info }: Reading, now: number) {
    const pause = now - series.time;
    const unknown = pause > validFor(series.rhythm);
    // Over a restart what had to last has lasted until the reading before: more, nobody watched.
    const unwatched = series.resumed ? pause : 0;
    const gap = pause - unwatched;
    series.resumed = undefined;
    if (gap > 0) {
      series.rhythm = Math.min(gap, series.gap ?? gap);
      series.gap = gap;
    }
    series.time = now;
    series.value = value;
    series.unit = unit;
    series.info = info;
    if (series.sibling?.come()) this.#endMissed(series.sibling.siblings, now);
    for (const watch of series.watches) {
      watch.phase = postponed(watch.phase, unwatched);
      watch.critical &&= postponed(watch.critical, unwatched);
      const rule = this.#limited(watch, now);
      if (!rule) continue;
      if (rule.onlyAfterOk && !watch.wasOk && !this.#hadGood(watch, rule, value)) continue;
      const before = unknown ? interrupted(watch.phase) : watch.phase;
      const phase = afterReading(rule, before, value, now, gap);
      const severity = severityOf(watch);
      watch.critical = criticalAfter(rule, watch.critical, { value, time: now, gap, unknown });
      const isOther = severityOf(watch) !== severity;
      if (phase !== watch.phase || isOther) this.#change(watch, phase, now, 'reading', isOther);
      if (now >= this.#keepAt && isWaiting(phase)) {
        this.#keepAt = now + minute;
        this.#changes.kept = true;
      }
    }
  }

  // The device goes on, so what is missing is no longer there: a disk, an interface, a process.
  #endMissed({ firing }: Siblings<Watch>, now: number) {
    for (const watch of firing) {
      const { sibling, time } = watch.series;
      if (sibling?.isGone && now - time >= missedFor) this.#change(watch, ok, now, 'gone');
    }
  }

  // A rule with the limits of now; undefined where what they are multiples of is not known.
  #limited(watch: Watch, now: number): Rule | undefined {
    const { rule, series } = watch;
    if (!rule.relativeTo) return rule;
    const base = this.#latest.beside(rule.relativeTo, series.labels, now);
    if (base === undefined) return undefined;
    watch.base = base;
    return limited(rule, base);
  }

  #hadGood(watch: Watch, { comparison, threshold }: Rule, value: number): boolean {
    if (compare(comparison, value, threshold)) return false;
    watch.wasOk = true;
    this.#wereOk.add(watch);
    this.#track(watch);
    this.#changes.kept = true;
    return true;
  }

  #addNew(group: MetricSeries, reading: Reading): Series | undefined {
    if (this.#seriesCount >= this.#maxSeries && !this.#makeRoom(this.#now)) return undefined;
    const series = group.begin(reading, this.#now);
    this.#add(group, series);
    return series;
  }

  #add(group: MetricSeries, series: Series, steady?: boolean) {
    group.add(series, steady);
    this.#seriesCount++;
    for (const watch of series.watches) {
      this.#track(watch);
      if (watch.wasOk) this.#wereOk.add(watch);
    }
  }

  // What comes of a series under the rules of now.
  #takeOver(old: Series, now: number) {
    const group = this.#groups.get(old.metric);
    const next = group?.continued(old);
    if (group && next) this.#add(group, next.series, old.sibling?.steady);
    for (const watch of next?.ended ?? old.watches) this.#drop(watch, now, 'rule');
  }

  /** @param regraded whether its severity is another one */
  #change(watch: Watch, phase: Phase, at: number, cause: Cause, regraded = false) {
    const before = watch.phase;
    watch.phase = phase;
    if (phase.state === 'ok' || isMissing(phase)) watch.critical = undefined;
    this.#track(watch);
    this.#changes.kept = true;
    // Readings are back and bad: the alert goes on, and from now on tells the value.
    const found = isMissing(before) && phase.state === 'firing' && !isMissing(phase);
    if (phase.state !== 'ok' && (before.state === 'ok' || before.since !== phase.since)) {
      watch.startsAt = this.#toDate(phase.since);
    }
    const isNews = found || (regraded && phase.state === 'firing');
    if (before.state === phase.state && !isNews) return;
    if (before.state === 'firing' || phase.state === 'firing') this.#changes.active = true;
    if (phase.state === 'ok') {
      if (watch.told && before.state !== 'ok') {
        const endsAt = this.#toDate(at);
        this.#changes.alerts.push({ ...this.#alert(watch, 'resolved', cause), endsAt });
      }
      watch.told = false;
      watch.startsAt = undefined;
    } else if (phase.state === 'firing' || this.#options.sendPending) {
      watch.alert = this.#alert(watch, phase.state, cause);
      this.#changes.alerts.push(copy(watch.alert));
      watch.told = true;
    }
  }

  #alert(watch: Watch, state: AlertState, cause: Cause): Alert {
    return alertOf(watch, { state, startsAt: watch.startsAt! }, cause, this.#options.texts);
  }

  // Ends what is told of a watch that is no more.
  #drop(watch: Watch, now: number, cause: Cause) {
    this.#change(watch, ok, now, cause);
    this.#live.delete(watch);
    this.#wereOk.delete(watch);
  }

  #track(watch: Watch) {
    const firing = watch.series.sibling?.siblings.firing;
    if (watch.phase.state === 'firing' && watch.rule.noData === 'keep') firing?.add(watch);
    else firing?.delete(watch);
    if (watch.phase.state === 'ok' && watch.rule.noData !== 'fire') {
      this.#live.delete(watch);
      return;
    }
    if (!this.#live.has(watch)) this.#changes.kept = true;
    this.#live.add(watch);
    for (const { at } of this.#elapses(watch)) this.#wakeBy(at);
  }

  #elapses({ rule, phase, wasOk, series: { time, rhythm, resumed } }: Watch): Elapse[] {
    // Nor does its silence say anything.
    if (rule.onlyAfterOk && !wasOk) return [];
    return elapses(rule, phase, { time, rhythm, resumed, watchedSince: this.#watchedSince });
  }

  #wakeBy(at: number) {
    if (at < this.#wakeAt) this.#wakeAt = Math.max(at, this.#now);
  }

  #forget(now: number) {
    this.#forgetAt = now + hour;
    this.#latest.forget(now, forgetAfter);
    for (const group of this.#groups.values()) {
      for (const series of group.values()) {
        const missing = series.watches.some((watch) => isMissing(watch.phase));
        if (now - series.time < (missing ? forgetMissingAfter : forgetAfter)) continue;
        this.#remove(group, series, now);
      }
    }
  }

  // Flows have a series for each address that ever was among the largest: most of them never come again.
  #makeRoom(now: number): boolean {
    if (now - this.#madeRoomAt < minute) return false;
    this.#madeRoomAt = now;
    for (const group of this.#groups.values()) {
      for (const series of group.values()) {
        const isNeeded = series.watches.some(
          ({ phase, rule, wasOk }) => phase.state !== 'ok' || wasOk || rule.noData === 'fire',
        );
        if (!isNeeded && now - series.time >= yieldAfter) this.#remove(group, series, now);
      }
    }
    return this.#seriesCount < this.#maxSeries;
  }

  #remove(group: MetricSeries, series: Series, now: number) {
    for (const watch of series.watches) this.#drop(watch, now, 'gone');
    group.delete(series);
    this.#seriesCount--;
  }

  #takeChanges(): Changes {
    const changes = this.#changes;
    this.#changes = unchanged();
    return changes;
  }
}
