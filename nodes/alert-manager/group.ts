import type { Alert } from '../contract/alert.ts';
import type { Labels } from '../shared/match/label-filter.ts';
import type { ManagedAlert } from './managed-alert.ts';
import { Notices } from './notices.ts';
import type { Delivery } from './route.ts';

/** Alerts of one route that are told of together, and what was told of them. Times are ms on the monotonic clock. */
export class Group {
  readonly key: string;
  /** the name of the route */
  readonly route: string;
  /** those that its alerts have in common */
  readonly labels: Labels;
  delivery: Delivery;
  /** those that fire, by fingerprint */
  readonly members = new Map<string, ManagedAlert>();
  readonly notices = new Notices();
  /** what was told to whom it was escalated to */
  readonly escalation = new Notices();
  /** when its receiver is told next, if there is something to tell */
  tickAt: number;
  /** when it escalates next */
  escalateAt = Infinity;
  /** whether `groupWait` has not passed yet */
  isNew = true;

  constructor(
    { key, route, labels }: Pick<Group, 'key' | 'route' | 'labels'>,
    delivery: Delivery,
    tickAt: number,
  ) {
    this.key = key;
    this.route = route;
    this.labels = labels;
    this.delivery = delivery;
    this.tickAt = tickAt;
  }

  /** When to look at it next. */
  get dueAt(): number {
    return Math.min(this.tickAt, this.escalateAt);
  }

  /** Whether nothing is left to tell. */
  get isOver(): boolean {
    return this.members.size === 0 && !this.notices.isOpen && !this.escalation.isOpen;
  }

  /** The fingerprints of those of which somebody was told, and not yet of their end. */
  told(): Set<string> {
    return new Set([...this.notices.fingerprints(), ...this.escalation.fingerprints()]);
  }

  /** Takes an alert out that does not fire any more. The end of an event is not told. */
  leave({ fingerprint, event }: Alert): void {
    this.members.delete(fingerprint);
    if (!event) return;
    this.notices.forget(fingerprint);
    this.escalation.forget(fingerprint);
  }

  /** Whether somebody was told of an alert, and not yet of its end. */
  hasTold(fingerprint: string): boolean {
    return (
      this.notices.told(fingerprint) !== undefined ||
      this.escalation.told(fingerprint) !== undefined
    );
  }
}

/** The labels by which an alert is told of together with others. */
export function groupLabels(groupBy: readonly string[], labels: Labels): Record<string, string> {
  const names = groupBy.includes('...') ? Object.keys(labels).sort() : groupBy;
  return Object.fromEntries(
    names.flatMap((name) =>
      Object.hasOwn(labels, name) && labels[name] !== '' ? [[name, labels[name]!]] : [],
    ),
  );
}

/** The key of a group, on one line: `route:{alertname="Device down"}`. */
export function groupKey(route: string, labels: Labels): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${route}:{${text.join(', ')}}`;
}
