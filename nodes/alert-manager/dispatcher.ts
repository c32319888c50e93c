import type { Alert } from '../contract/alert.ts';
import type { Labels } from '../shared/match/label-filter.ts';
import type { Configuration } from './configuration.ts';
import { Group, groupKey, groupLabels } from './group.ts';
import type { ManagedAlert } from './managed-alert.ts';
import type { Moment } from './moment.ts';
import { byUrgency, type Due, type Notices, type NoticesState } from './notices.ts';
import { type Delivery, takes } from './route.ts';
import { routingLabels } from './routing-labels.ts';

const none: ReadonlySet<Group> = new Set();

/** What the dispatcher asks of those who know alerts. */
export interface Judge {
  /** what is known of an alert, whether anybody is to be told of it or not */
  known: (fingerprint: string) => ManagedAlert | undefined;
  /** whether nobody is to be told of an alert at present */
  isWithheld: (managed: ManagedAlert, at: Moment) => boolean;
  /** until when to wait with a first notification; in the past where it need not */
  waitUntil: (managed: ManagedAlert) => number;
  /** takes what is to be told to a receiver */
  notify: (group: Group, receiver: string, due: Due, notices: Notices) => void;
}

/** A group as it is kept; its times are on the clock of the run that kept it. */
export interface GroupState {
  key: string;
  route: string;
  labels: Labels;
  delivery: Delivery;
  tickAt: number;
  /** null where it does not */
  escalateAt: number | null;
  isNew: boolean;
  notices: NoticesState;
  escalation: NoticesState;
}

/**
 * Puts alerts into groups by their routes, and tells receivers of groups, when it is their time: first after
 * `groupWait`, of changes every `groupInterval`, of what stays the same after `repeatInterval`. Source: the
 * documentation of Alertmanager, "Grouping" and the fields of `route`.
 */
export class Dispatcher {
  readonly #judge: Judge;
  #configuration: Configuration;
  readonly #groups = new Map<string, Group>();
  /** by fingerprint: the groups that an alert is in, and those that told of it and are still to tell its end */
  readonly #groupsOf = new Map<string, Set<Group>>();
  /** groups with an alert whose first notification waits */
  readonly #waiting = new Set<Group>();
  /** no group is due before */
  #nextAt = Infinity;

  constructor(configuration: Configuration, judge: Judge) {
    this.#configuration = configuration;
    this.#judge = judge;
  }

  /** The groups that an alert is in, and those that told of it and are still to tell its end. */
  groupsOf(fingerprint: string): ReadonlySet<Group> {
    return this.#groupsOf.get(fingerprint) ?? none;
  }

  /** When {@link flush} is to be called next; Infinity where nothing is to be told. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /**
   * Puts an alert that fires into its groups, and takes it out of those that its routes no longer lead to.
   * @param isKept whether it was in them before a restart
   */
  join(managed: ManagedAlert, now: number, isKept = false): void {
    const { alert } = managed;
    const groups = this.#groupsOf.get(alert.fingerprint) ?? new Set<Group>();
    this.#groupsOf.set(alert.fingerprint, groups);
    for (const group of groups) group.members.delete(alert.fingerprint);
    const labels = routingLabels(alert);
    for (const [route, delivery] of this.#deliveries(alert)) {
      const own = groupLabels(delivery.groupBy, labels);
      const key = groupKey(route, own);
      let group = this.#groups.get(key);
      if (!group) {
        group = new Group({ key, route, labels: own }, delivery, now + delivery.groupWait * 1000);
        this.#groups.set(key, group);
        this.#soon(group);
      }
      group.delivery = delivery;
      group.members.set(alert.fingerprint, managed);
      if (!isKept && !groups.has(group)) this.#welcome(group, now);
      groups.add(group);
      if (!group.isNew && this.#waits(group, managed, now)) this.#waiting.add(group);
    }
    this.#tidy(alert.fingerprint);
  }

  /** Takes an alert that ended out of its groups; those that told of it still tell its end. */
  leave(managed: ManagedAlert): void {
    const { fingerprint } = managed.alert;
    for (const group of this.groupsOf(fingerprint)) group.leave(managed.alert);
    this.#tidy(fingerprint);
  }

  /** Puts other routes in force. Groups of a route that keeps its name and labels go on. */
  configure(configuration: Configuration, firing: Iterable<ManagedAlert>, now: number): void {
    this.#configuration = configuration;
    for (const group of this.#groups.values()) group.members.clear();
    for (const managed of firing) this.join(managed, now);
    for (const group of [...this.#groups.values()]) {
      // Where a receiver is no more, nobody is there to hear the end of what it was told of.
      if (group.isOver || !configuration.receivers.includes(group.delivery.receiver)) {
        this.#drop(group);
      } else {
        group.escalateAt = now;
        this.#soon(group);
      }
    }
  }

  /** Has those looked at now that an alert is in: it is no longer acknowledged. */
  reconsider({ alert }: ManagedAlert, now: number): void {
    for (const group of this.groupsOf(alert.fingerprint)) {
      group.escalateAt = now;
      this.#soon(group);
    }
  }

  /** Has groups that could tell of nothing yet looked at now: what they were withheld for may be over. */
  hurry(now: number): void {
    for (const group of this.#groups.values()) this.#hurry(group, now);
  }

  /** Has those looked at now whose alerts need not wait any longer. */
  checkWaiting(now: number): void {
    for (const group of this.#waiting) {
      const waits = [...group.members.values()].some((one) => this.#judge.waitUntil(one) > now);
      if (waits) continue;
      this.#waiting.delete(group);
      this.#hurry(group, now);
    }
  }

  /** Tells of all groups whose time it is. */
  flush(at: Moment): void {
    if (this.#nextAt > at.now) return;
    for (const group of this.#groups.values()) if (group.dueAt <= at.now) this.#flush(group, at);
    this.#nextAt = Infinity;
    for (const group of this.#groups.values()) this.#soon(group);
  }

  state(): GroupState[] {
    return [...this.#groups.values()].map(
      ({ key, route, labels, delivery, tickAt, escalateAt, isNew, notices, escalation }) => ({
        ...{ key, route, labels, delivery, tickAt, isNew },
        escalateAt: escalateAt === Infinity ? null : escalateAt,
        notices: notices.state(),
        escalation: escalation.state(),
      }),
    );
  }

  /** Takes up groups as they were kept, before the alerts in them join. @param shift what their clock is behind, ms */
  restore(groups: readonly GroupState[], shift: number): void {
    for (const { notices, escalation, delivery, tickAt, escalateAt, isNew, ...kept } of groups) {
      const group = new Group(kept, delivery, tickAt + shift);
      group.isNew = isNew;
      if (escalateAt !== null) group.escalateAt = escalateAt + shift;
      group.notices.restore(notices, shift);
      group.escalation.restore(escalation, shift);
      this.#groups.set(group.key, group);
      for (const fingerprint of group.told()) {
        const groups = this.#groupsOf.get(fingerprint) ?? new Set<Group>();
        this.#groupsOf.set(fingerprint, groups.add(group));
      }
      this.#soon(group);
    }
  }

  /** The routes that an alert takes, and what each does. */
  *#deliveries(alert: Alert): Generator<[name: string, Delivery]> {
    const { routes, delivery } = this.#configuration;
    let isTaken = false;
    for (const route of routes) {
      if (!takes(route, alert)) continue;
      isTaken = true;
      yield [route.name, { ...delivery, ...route.delivery }];
      if (!route.continue) return;
    }
    if (!isTaken) yield ['', delivery];
  }

  #flush(group: Group, at: Moment) {
    const { delivery, notices, escalation } = group;
    const firing = this.#tellable(group, at);
    if (group.tickAt <= at.now) {
      group.tickAt = this.#nextTick(group, at.now);
      group.isNew = false;
      const due = notices.due(firing, this.#judge.known, at, delivery.repeatInterval * 1000);
      if (due) this.#tell(group, delivery.receiver, due, notices);
    }
    group.escalateAt = Infinity;
    if (delivery.escalateTo === '' || delivery.escalateAfter === 0) escalation.clear();
    else this.#escalate(group, firing, at);
    if (group.isOver) this.#drop(group);
  }

  // Where an alert waits and nothing was told yet, the group waits for that alone.
  #nextTick(group: Group, now: number): number {
    const next = now + group.delivery.groupInterval * 1000;
    if (!this.#waiting.has(group) || group.notices.lastAt !== undefined) return next;
    const waits = [...group.members.values()].map((one) => this.#judge.waitUntil(one));
    return Math.min(next, ...waits.filter((until) => until > now));
  }

  // Those of its alerts of which somebody may be told now, the worst first.
  #tellable(group: Group, at: Moment): ManagedAlert[] {
    this.#waiting.delete(group);
    const firing: ManagedAlert[] = [];
    for (const managed of group.members.values()) {
      if (this.#judge.isWithheld(managed, at)) continue;
      if (this.#waits(group, managed, at.now)) this.#waiting.add(group);
      else firing.push(managed);
    }
    return firing.sort((a, b) => byUrgency(a.alert, b.alert));
  }

  // Tells another receiver of what nobody has acknowledged in time, and later of its end.
  #escalate(group: Group, firing: readonly ManagedAlert[], at: Moment) {
    const { delivery, notices, escalation } = group;
    const waitMs = delivery.escalateAfter * 1000;
    const late: ManagedAlert[] = [];
    for (const managed of firing) {
      const { fingerprint } = managed.alert;
      const told = notices.told(fingerprint);
      if (escalation.told(fingerprint)) late.push(managed);
      else if (managed.acknowledged || !told) continue;
      else if (told.at + waitMs <= at.now) late.push(managed);
      else group.escalateAt = Math.min(group.escalateAt, told.at + waitMs);
    }
    const due = escalation.due(late, this.#judge.known, at, delivery.repeatInterval * 1000);
    if (!due) return;
    const isNew = due.reason === 'first' || due.reason === 'changed';
    const told: Due = isNew ? { ...due, reason: 'escalated' } : due;
    this.#tell(group, delivery.escalateTo, told, escalation);
  }

  #tell(group: Group, receiver: string, due: Due, notices: Notices) {
    this.#judge.notify(group, receiver, due, notices);
    for (const { fingerprint } of due.resolved) {
      if (!group.hasTold(fingerprint)) this.#part(fingerprint, group);
    }
  }

  // Forgets the groups that an alert has nothing to do with any more.
  #tidy(fingerprint: string) {
    for (const group of this.groupsOf(fingerprint)) {
      if (group.members.has(fingerprint) || group.hasTold(fingerprint)) continue;
      this.#part(fingerprint, group);
      if (group.isOver) this.#drop(group);
    }
  }

  // Where nobody was told of the group yet, it is still about its first notification.
  #welcome(group: Group, now: number) {
    if (group.notices.lastAt !== undefined) return;
    group.tickAt = Math.min(group.tickAt, now + group.delivery.groupWait * 1000);
    this.#soon(group);
  }

  #waits(group: Group, managed: ManagedAlert, now: number): boolean {
    return !group.notices.told(managed.alert.fingerprint) && this.#judge.waitUntil(managed) > now;
  }

  #hurry(group: Group, now: number) {
    // One that has not waited for others yet does so; one that told of something keeps its interval.
    if (group.isNew || group.notices.lastAt !== undefined || group.tickAt <= now) return;
    group.tickAt = now;
    this.#soon(group);
  }

  #soon(group: Group) {
    this.#nextAt = Math.min(this.#nextAt, group.dueAt);
  }

  #drop(group: Group) {
    this.#groups.delete(group.key);
    this.#waiting.delete(group);
    for (const fingerprint of [...group.told(), ...group.members.keys()]) {
      this.#part(fingerprint, group);
    }
  }

  #part(fingerprint: string, group: Group) {
    const groups = this.#groupsOf.get(fingerprint);
    groups?.delete(group);
    if (groups?.size === 0) this.#groupsOf.delete(fingerprint);
  }
}
