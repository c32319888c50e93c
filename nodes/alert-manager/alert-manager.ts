import { type Alert, severities } from '../contract/alert.ts';
import { metrics } from '../contract/metrics.ts';
import type { Reading } from '../contract/reading.ts';
import type { LabelFilter } from '../shared/match/label-filter.ts';
import { alertReading } from '../shared/messages/alert-reading.ts';
import { Problem } from '../shared/problem.ts';
import { sortedInSteps } from '../shared/sorted-in-steps.ts';
import { atOnce } from '../shared/steps.ts';
import type { Configuration } from './configuration.ts';
import { Dispatcher, type GroupState } from './dispatcher.ts';
import { Flapping, type FlapRule } from './flapping.ts';
import type { Group } from './group.ts';
import {
  type Acknowledgement,
  isFiring,
  isSuppressed,
  type ListedAlert,
  type ManagedAlert,
} from './managed-alert.ts';
import type { Moment } from './moment.ts';
import { byUrgency, type Due, type Notices } from './notices.ts';
import { type Notification, notificationOf, type Texts } from './notification.ts';
import { routingLabels } from './routing-labels.ts';
import type { Silence, Silences } from './silence.ts';
import { Suppressions, type SuppressionsState } from './suppressions.ts';

export interface Options {
  configuration: Configuration;
  texts: Texts;
  now: Moment;
  maxAlerts?: number;
}

/** alerts of a list between two yields */
const stretch = 32;

/** What came of alerts, readings, commands or time. */
export interface Changes {
  /** in the order in which they are to go out */
  notifications: Notification[];
  /** what a history keeps of it */
  readings: Reading[];
  /** whether {@link AlertManager.list} is another one */
  listed: boolean;
  /** whether anything worth keeping changed */
  kept: boolean;
}

/** Which alerts are meant: those that meet all of these. */
export interface Selection {
  matchers?: LabelFilter;
  /** the key of a group that they are in */
  group?: string;
  fingerprints?: ReadonlySet<string>;
}

/** What must outlive a restart, beside the configuration. Its times are on the clock of the run that kept it. */
export interface AlertsState {
  alerts: KeptAlert[];
  groups: GroupState[];
  silences: Silence[];
  suppressions: SuppressionsState;
}

export interface KeptAlert {
  alert: Alert;
  source?: string | undefined;
  firedAt: number;
  acknowledged?: Acknowledgement | undefined;
  changes: readonly number[];
  isFlapping: boolean;
}

function unchanged(): Changes {
  return { notifications: [], readings: [], listed: false, kept: false };
}

/**
 * Decides who is told of which alerts, and when: by routes and in groups, with repeats, and not of what is silenced,
 * inhibited, under maintenance or unreachable. The model is Alertmanager's. The caller says what time it is, and calls
 * {@link elapse} within {@link wakeIn}.
 */
export class AlertManager {
  readonly #texts: Texts;
  readonly #maxAlerts: number;
  #configuration: Configuration;
  readonly #suppressions: Suppressions;
  readonly #dispatcher: Dispatcher;
  /** by fingerprint: what is pending or firing, and what ended but is still to be told of, or may yet flap */
  readonly #alerts = new Map<string, ManagedAlert>();
  /** those that ended, and those that flap: time alone changes them, and none before `#passAt` */
  readonly #passing = new Set<ManagedAlert>();
  #passAt = Infinity;
  /** since they were last given away */
  #changes: Changes = unchanged();

  constructor({ configuration, texts, now, maxAlerts = 50_000 }: Options) {
    this.#texts = texts;
    this.#maxAlerts = maxAlerts;
    this.#configuration = configuration;
    this.#suppressions = new Suppressions(configuration);
    this.#suppressions.configure(configuration, now.now);
    this.#dispatcher = new Dispatcher(configuration, {
      known: (fingerprint) => this.#alerts.get(fingerprint),
      isWithheld: ({ alert }, { date }) => isSuppressed(this.#suppressions.of(alert, date)),
      waitUntil: (managed) => this.#waitUntil(managed),
      notify: (...told) => this.#notify(...told),
    });
  }

  get configuration(): Configuration {
    return this.#configuration;
  }

  /** Parents that the configuration names and of which nothing was ever heard. */
  get unknownParents(): string[] {
    return this.#suppressions.topology.unknownParents();
  }

  /** Takes changes of alerts. Gives also the problem where there is no room for all. */
  take(alerts: readonly Alert[], at: Moment): Changes & { problems: Error[] } {
    return this.#takeAll(alerts, undefined, at);
  }

  /**
   * Takes the list of all alerts that fire at one sender: what was in its list and is not any more has ended. So
   * nothing is lost where one of the two was not there at a change.
   */
  takeList(alerts: readonly Alert[], source: string, at: Moment): Changes & { problems: Error[] } {
    const listed = new Set(alerts.map(({ fingerprint }) => fingerprint));
    for (const { alert, source: own } of this.#alerts.values()) {
      if (own !== source || alert.state !== 'firing' || listed.has(alert.fingerprint)) continue;
      this.#take({ ...alert, state: 'resolved', endsAt: at.date }, source, at);
    }
    return this.#takeAll(alerts, source, at);
  }

  /** Takes readings: of `device_up` it learns which devices can be reached. */
  observe(readings: readonly Reading[], at: Moment): Changes {
    // A crash must not lose it: the switch that told may be down by then.
    if (this.#suppressions.observe(readings, at)) this.#changes.kept = true;
    return this.#settle(at);
  }

  /** Says which addresses the gateways of this machine have. */
  setGateways(addresses: readonly string[], at: Moment): Changes {
    this.#suppressions.setGateways(addresses, at.now);
    return this.#settle(at);
  }

  /** Forgets devices that nobody asks any more. */
  removeDevices(devices: ReadonlySet<string>, at: Moment): Changes {
    this.#suppressions.removeDevices(devices);
    return this.#settle(at);
  }

  /**
   * Takes note that somebody has seen alerts: no repeats and no escalation until they end or get worse.
   * @returns also how many it were
   */
  acknowledge(
    which: Selection,
    { by, comment }: Pick<Acknowledgement, 'by' | 'comment'>,
    at: Moment,
  ): Changes & { count: number } {
    const selected = this.#selected(which);
    for (const managed of selected) {
      const { severity, startsAt } = managed.alert;
      managed.acknowledged = { by, comment, at: at.date, severity };
      this.#record(managed, 'alert_acknowledged', 1, at, { by });
      this.#record(managed, 'alert_time_to_acknowledge', seconds(startsAt, at.date), at, { by });
    }
    return { ...this.#listed(at), count: selected.length };
  }

  /** Takes acknowledgements back. */
  unacknowledge(which: Selection, at: Moment): Changes & { count: number } {
    const selected = this.#selected(which).filter(({ acknowledged }) => acknowledged);
    for (const managed of selected) this.#unacknowledge(managed, at);
    return { ...this.#listed(at), count: selected.length };
  }

  /** Ends alerts by hand, for those whose sender cannot do so any more. */
  resolve(which: Selection, at: Moment): Changes & { count: number } {
    const selected = this.#selected(which);
    for (const { alert } of selected) {
      this.#take({ ...alert, state: 'resolved', endsAt: at.date }, undefined, at);
    }
    return { ...this.#settle(at), count: selected.length };
  }

  /** Adds silences, or puts them in the place of those with their ids. Throws a FieldProblem where there are too many. */
  silence(silences: readonly Silence[], at: Moment): Changes {
    this.#suppressions.silences.set(silences, at.date);
    return this.#listed(at);
  }

  /** Ends a silence. Throws a FieldProblem where none has the id. */
  expire(field: string, id: unknown, at: Moment): Changes & { silence: Silence } {
    const silence = this.#suppressions.silences.expire(field, id, at.date);
    return { ...this.#listed(at), silence };
  }

  silences(at: Moment): ReturnType<Silences['list']> {
    return this.#suppressions.silences.list(at.date);
  }

  /** Takes parents that were found out. Throws a FieldProblem where they make a circle. */
  learnParents(field: string, learned: ReadonlyMap<string, string[]>, at: Moment): Changes {
    this.#suppressions.topology.learn(field, learned, at.now);
    return this.#listed(at);
  }

  /** Puts another configuration in force. Groups of a route that keeps its name and labels go on. */
  configure(configuration: Configuration, at: Moment): Changes {
    this.#configuration = configuration;
    this.#suppressions.configure(configuration, at.now);
    this.#inhibit();
    this.#dispatcher.configure(configuration, this.#firing(), at.now);
    this.#passAt = at.now;
    return this.#listed(at);
  }

  /** Lets time pass. */
  elapse(at: Moment): Changes {
    return this.#settle(at);
  }

  /** ms until {@link elapse} is to be called, at the latest; Infinity where nothing is to come. */
  wakeIn(at: Moment): number {
    const next = Math.min(this.#dispatcher.nextAt, this.#passAt) - at.now;
    return Math.max(0, Math.min(next, this.#suppressions.wakeIn(at)));
  }

  /** All alerts that are pending or firing, and how they stand: the worst first, of equal ones the oldest. */
  list(at: Moment): ListedAlert[] {
    return this.listed(atOnce(this.inOrder()), at);
  }

  /** The same alerts in that order, in steps between which they may change: to put thousands in order takes too long at once. */
  *inOrder(): Generator<void, ManagedAlert[]> {
    const active: ManagedAlert[] = [];
    for (const managed of this.#alerts.values()) {
      if (isListed(managed) && active.push(managed) % stretch === 0) yield;
    }
    return yield* sortedInSteps(active, (a, b) => byUrgency(a.alert, b.alert));
  }

  /** How some of these stand now, without those that are over meanwhile. */
  listed(alerts: readonly ManagedAlert[], { date }: Moment): ListedAlert[] {
    return alerts.filter(isListed).map((managed) => this.#asListed(managed, date));
  }

  /** One that fires, and how it stands. */
  find(fingerprint: string, { date }: Moment): ListedAlert | undefined {
    const managed = this.#alerts.get(fingerprint);
    return managed && isFiring(managed) ? this.#asListed(managed, date) : undefined;
  }

  /** Fingerprints of the others in the groups of an alert that fire and that nobody has acknowledged. */
  othersOf(fingerprint: string): string[] {
    const others = new Set<string>();
    for (const group of this.#dispatcher.groupsOf(fingerprint)) {
      for (const { alert } of this.#selected({ group: group.key })) others.add(alert.fingerprint);
    }
    others.delete(fingerprint);
    return [...others].filter((one) => !this.#alerts.get(one)?.acknowledged);
  }

  state(at: Moment): AlertsState {
    return {
      alerts: Array.from(this.#alerts.values(), keptOf),
      groups: this.#dispatcher.state(),
      silences: this.#suppressions.silences.all(at.date),
      suppressions: this.#suppressions.state(),
    };
  }

  /**
   * Goes on where an earlier state ended.
   * @param shift what the clock of the state is behind this one, ms
   */
  restore(state: AlertsState, shift: number, at: Moment): void {
    for (const { changes, isFlapping, firedAt, ...kept } of state.alerts) {
      const flapping = new Flapping(
        changes.map((time) => time + shift),
        isFlapping,
      );
      const managed = { ...kept, firedAt: firedAt + shift, flapping };
      this.#alerts.set(managed.alert.fingerprint, managed);
      if (isFlapping || managed.alert.state === 'resolved') this.#passing.add(managed);
    }
    this.#suppressions.silences.set(state.silences, at.date);
    this.#suppressions.restore(state.suppressions, shift);
    this.#inhibit();
    this.#dispatcher.restore(state.groups, shift);
    for (const managed of this.#firing()) this.#dispatcher.join(managed, at.now, true);
    for (const managed of this.#passing) this.#track(managed);
  }

  #asListed({ alert, acknowledged, flapping }: ManagedAlert, date: number): ListedAlert {
    const suppression = this.#suppressions.of(alert, date);
    const groups = [...this.#dispatcher.groupsOf(alert.fingerprint)];
    const silencedUntil = this.#suppressions.silences.endOf(suppression.silencedBy);
    const isTold = groups.some((group) => group.hasTold(alert.fingerprint));
    return {
      ...alert,
      labels: { ...alert.labels },
      status: {
        state: isSuppressed(suppression) ? 'suppressed' : isTold ? 'active' : 'unprocessed',
        ...(acknowledged && { acknowledged: withoutSeverity(acknowledged) }),
        isFlapping: flapping.isFlapping,
        ...suppression,
        ...(silencedUntil !== undefined && { silencedUntil }),
      },
      receivers: [...new Set(groups.map(({ delivery }) => delivery.receiver))],
    };
  }

  #takeAll(alerts: readonly Alert[], source: string | undefined, at: Moment) {
    let isFull = false;
    for (const alert of alerts) if (!this.#take(alert, source, at)) isFull = true;
    const problems = isFull ? [new Problem('alertLimit', { max: this.#maxAlerts })] : [];
    return { ...this.#settle(at), problems };
  }

  // Takes one alert. Returns false where there is no room for it.
  #take(alert: Alert, source: string | undefined, at: Moment): boolean {
    const managed = this.#alerts.get(alert.fingerprint);
    if (!managed) return alert.state === 'resolved' || this.#add(alert, source, at);
    const before = managed.alert;
    managed.source = source ?? managed.source;
    if (isSame(before, withSuspects(alert, before))) return true;
    managed.alert = withSuspects(alert, before);
    this.#changes.listed = this.#changes.kept = true;
    if (before.state === 'firing') this.#suppressions.inhibitions.remove(before);
    if (before.state !== alert.state || before.severity !== alert.severity) {
      this.#changes.readings.push(alertReading(alert, at.date));
    }
    if ((before.state === 'firing') !== (alert.state === 'firing')) {
      managed.flapping.add(this.#flapRule, at.now);
    }
    if (alert.state === 'firing') {
      if (before.state !== 'firing') managed.firedAt = at.now;
      if (managed.acknowledged && isWorse(alert, managed.acknowledged)) {
        this.#unacknowledge(managed, at);
      }
      this.#fire(managed, at);
    } else if (before.state !== 'resolved') {
      this.#end(managed, at);
    }
    return true;
  }

  #add(alert: Alert, source: string | undefined, at: Moment): boolean {
    if (this.#alerts.size >= this.#maxAlerts) return false;
    const managed: ManagedAlert = {
      ...{ alert, source, firedAt: at.now, flapping: new Flapping() },
    };
    this.#alerts.set(alert.fingerprint, managed);
    this.#changes.listed = this.#changes.kept = true;
    this.#changes.readings.push(alertReading(alert, at.date));
    if (alert.state !== 'firing') return true;
    managed.flapping.add(this.#flapRule, at.now);
    this.#fire(managed, at);
    return true;
  }

  #fire(managed: ManagedAlert, at: Moment) {
    this.#suppressions.inhibitions.add(managed.alert);
    this.#hear(managed.alert, at);
    this.#dispatcher.join(managed, at.now);
    if (managed.flapping.isFlapping) this.#track(managed);
    else this.#passing.delete(managed);
  }

  #end(managed: ManagedAlert, at: Moment) {
    const { alert } = managed;
    if (alert.state === 'resolved') {
      this.#hear(alert, at);
      const lasted = seconds(alert.startsAt, alert.endsAt ?? at.date);
      this.#record(managed, 'alert_time_to_resolve', lasted, at);
    }
    if (!isFiring(managed)) this.#leave(managed, at);
    this.#track(managed);
  }

  #leave(managed: ManagedAlert, at: Moment) {
    if (managed.acknowledged) this.#unacknowledge(managed, at);
    this.#dispatcher.leave(managed);
  }

  #unacknowledge(managed: ManagedAlert, at: Moment) {
    managed.acknowledged = undefined;
    if (isFiring(managed)) this.#dispatcher.reconsider(managed, at.now);
    this.#record(managed, 'alert_acknowledged', 0, at);
  }

  #hear({ metric, labels, state }: Alert, { now }: Moment) {
    if (metric !== 'device_up' || labels.device === undefined) return;
    this.#suppressions.topology.hear(labels.device, state === 'firing', now, false);
  }

  #firing(): ManagedAlert[] {
    return [...this.#alerts.values()].filter(isFiring);
  }

  // Has all that fires inhibit, by rules that are new.
  #inhibit() {
    for (const { alert } of this.#alerts.values()) {
      if (alert.state === 'firing') this.#suppressions.inhibitions.add(alert);
    }
  }

  #selected({ matchers, group, fingerprints }: Selection): ManagedAlert[] {
    const isIn = ({ fingerprint }: Alert, wanted: string) =>
      [...this.#dispatcher.groupsOf(fingerprint)].some(({ key }) => key === wanted);
    return this.#firing().filter(
      ({ alert }) =>
        (!matchers || matchers.takes(routingLabels(alert))) &&
        (!fingerprints || fingerprints.has(alert.fingerprint)) &&
        (group === undefined || isIn(alert, group)),
    );
  }

  get #flapRule(): FlapRule {
    const { flapChanges, flapWindow } = this.#configuration;
    return { changes: flapChanges, windowMs: flapWindow * 1000 };
  }

  // Until when to wait with telling that a device fails, in case its parents turn out to be down as well.
  #waitUntil({ alert, firedAt }: ManagedAlert): number {
    const { device } = alert.labels;
    const isFailure = alert.metric === 'device_up' || alert.value === null;
    if (!isFailure || device === undefined) return -Infinity;
    return this.#suppressions.topology.waitUntil(device, firedAt) ?? -Infinity;
  }

  #listed(at: Moment): Changes {
    this.#changes.listed = this.#changes.kept = true;
    return this.#settle(at);
  }

  // Does all that is due, and gives what came of it.
  #settle(at: Moment): Changes {
    const { readings, reached } = this.#suppressions.settle(at);
    if (reached || readings.length > 0) {
      this.#changes.listed = this.#changes.kept = true;
      this.#changes.readings.push(...readings);
    }
    if (reached) this.#dispatcher.hurry(at.now);
    this.#dispatcher.checkWaiting(at.now);
    if (this.#passAt <= at.now) this.#pass(at);
    this.#dispatcher.flush(at);
    const changes = this.#changes;
    this.#changes = unchanged();
    return changes;
  }

  #track(managed: ManagedAlert) {
    this.#passing.add(managed);
    this.#passAt = Math.min(this.#passAt, this.#passesAt(managed));
  }

  // When time changes something of an alert that ended or flaps.
  #passesAt({ flapping, alert }: ManagedAlert): number {
    if (flapping.isFlapping) return flapping.endsAt(this.#flapRule);
    const groups = this.#dispatcher.groupsOf(alert.fingerprint);
    return groups.size > 0 ? Infinity : flapping.forgottenAt(this.#flapRule);
  }

  // Ends flapping, and forgets what ended, was told of and has not changed lately.
  #pass(at: Moment) {
    this.#passAt = Infinity;
    for (const managed of this.#passing) {
      const { flapping, alert } = managed;
      if (flapping.elapse(this.#flapRule, at.now)) {
        this.#changes.listed = this.#changes.kept = true;
        if (!isFiring(managed)) this.#leave(managed, at);
      }
      const groups = this.#dispatcher.groupsOf(alert.fingerprint);
      const isLasting = flapping.isFlapping || groups.size > 0;
      if (alert.state === 'firing' && !flapping.isFlapping) {
        this.#passing.delete(managed);
      } else if (isLasting || flapping.forgottenAt(this.#flapRule) > at.now) {
        this.#track(managed);
      } else {
        this.#passing.delete(managed);
        if (alert.state === 'resolved') this.#alerts.delete(alert.fingerprint);
      }
    }
  }

  #notify(group: Group, receiver: string, due: Due, notices: Notices) {
    const flapMinutes = this.#configuration.flapWindow / 60;
    this.#changes.notifications.push(
      notificationOf(group, receiver, due, notices, { texts: this.#texts, flapMinutes }),
    );
    this.#changes.listed = this.#changes.kept = true;
    // What ended is forgotten once it was told of.
    if (due.resolved.length > 0) this.#passAt = -Infinity;
  }

  #record(
    { alert }: ManagedAlert,
    metric: keyof typeof metrics,
    value: number,
    { date }: Moment,
    info?: Record<string, string>,
  ) {
    const labels = { ...alert.labels, alert: alert.name };
    const unit = metrics[metric];
    this.#changes.readings.push({ metric, value, unit, time: date, labels, ...(info && { info }) });
  }
}

function isListed({ alert, flapping }: ManagedAlert): boolean {
  return alert.state !== 'resolved' || flapping.isFlapping;
}

function keptOf({ alert, source, firedAt, acknowledged, flapping }: ManagedAlert): KeptAlert {
  const { changes, isFlapping } = flapping;
  return { alert, source, firedAt, acknowledged, changes, isFlapping };
}

function seconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 1000));
}

function withoutSeverity({ by, comment, at }: Acknowledgement): Omit<Acknowledgement, 'severity'> {
  return { by, comment, at };
}

// A list of all that are active has none of the suspects that were found when it began.
function withSuspects(alert: Alert, { suspects, startsAt }: Alert): Alert {
  return suspects && startsAt === alert.startsAt ? { suspects, ...alert } : alert;
}

function isSame(a: Alert, b: Alert): boolean {
  return (
    a.state === b.state &&
    a.severity === b.severity &&
    a.value === b.value &&
    a.summary === b.summary &&
    a.startsAt === b.startsAt &&
    a.endsAt === b.endsAt &&
    a.suspects?.length === b.suspects?.length
  );
}

function isWorse(a: Pick<Alert, 'severity'>, b: Pick<Alert, 'severity'>): boolean {
  return severities.indexOf(a.severity) > severities.indexOf(b.severity);
}
