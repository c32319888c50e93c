import { type Alert, severities, type Severity } from '../contract/alert.ts';
import { isFiring, type ManagedAlert } from './managed-alert.ts';
import type { Moment } from './moment.ts';

/** Why somebody is told of a group. */
export type Reason = 'first' | 'changed' | 'repeat' | 'resolved' | 'escalated' | 'flapping';

/** That somebody was told of a firing alert. */
export interface Told {
  severity: Severity;
  isFlapping: boolean;
  /** ms on the monotonic clock */
  at: number;
  /** as it was told: what its end is told with where nothing else is known of it any more */
  alert: Alert;
}

/** What is to be told. */
export interface Due {
  reason: Reason;
  firing: ManagedAlert[];
  resolved: Alert[];
  /** fingerprints of what is new, worse, flapping or resolved since the last time */
  changed: string[];
}

/** What must outlive a restart; times are on the clock of the run that kept it. */
export interface NoticesState {
  told: [fingerprint: string, told: Told][];
  lastAt: number | null;
  count: number;
}

/** What one receiver was told of one group. */
export class Notices {
  readonly #told = new Map<string, Told>();
  /** of the last notification; undefined before the first */
  #lastAt: number | undefined;
  #count = 0;

  /** Whether somebody is still to be told that something ended. */
  get isOpen(): boolean {
    return this.#told.size > 0;
  }

  /** How many notifications there were. */
  get count(): number {
    return this.#count;
  }

  /** When the group was last told of; undefined before. */
  get lastAt(): number | undefined {
    return this.#lastAt;
  }

  told(fingerprint: string): Told | undefined {
    return this.#told.get(fingerprint);
  }

  /** Of those that were told of, and not yet of their end. */
  fingerprints(): Iterable<string> {
    return this.#told.keys();
  }

  /** Forgets that an alert was told of, whose end is nobody's concern. */
  forget(fingerprint: string): void {
    this.#told.delete(fingerprint);
  }

  /** Forgets what was told: nobody is there to hear the end of it. */
  clear(): void {
    this.#told.clear();
  }

  /**
   * What is due now, and takes note that it is told. As in Alertmanager: something where an alert fires of which
   * nobody was told, or one that was told of is resolved; the same again where nothing changed for long enough.
   * @param firing those that fire and are not withheld
   * @param known gives what is known of an alert, whether withheld or not
   * @param repeatMs undefined where nothing is to be repeated
   */
  due(
    firing: readonly ManagedAlert[],
    known: (fingerprint: string) => ManagedAlert | undefined,
    { now, date }: Moment,
    repeatMs: number | undefined,
  ): Due | undefined {
    const isNew = ({ alert, flapping }: ManagedAlert) => {
      const told = this.#told.get(alert.fingerprint);
      return (
        !told || isWorse(alert.severity, told.severity) || flapping.isFlapping !== told.isFlapping
      );
    };
    const changed = firing.filter(isNew);
    const resolved = this.#resolved(known, date);
    if (changed.length + resolved.length === 0) {
      const isRepeat =
        firing.length > 0 &&
        repeatMs !== undefined &&
        this.#lastAt !== undefined &&
        now - this.#lastAt >= repeatMs &&
        firing.some(({ acknowledged, alert }) => acknowledged === undefined && !alert.event);
      if (!isRepeat) return undefined;
    }
    const reason = this.#reason(changed, firing, resolved);
    for (const { fingerprint } of resolved) this.#told.delete(fingerprint);
    for (const { alert, flapping } of firing) {
      const before = this.#told.get(alert.fingerprint);
      const { severity } = alert;
      const at = before?.at ?? now;
      this.#told.set(alert.fingerprint, { severity, isFlapping: flapping.isFlapping, at, alert });
    }
    this.#lastAt = now;
    this.#count++;
    return {
      reason,
      firing: [...firing],
      resolved,
      changed: [
        ...changed.map(({ alert }) => alert.fingerprint),
        ...resolved.map((a) => a.fingerprint),
      ],
    };
  }

  state(): NoticesState {
    return { told: [...this.#told], lastAt: this.#lastAt ?? null, count: this.#count };
  }

  restore({ told, lastAt, count }: NoticesState, shift: number): void {
    for (const [fingerprint, one] of told) {
      this.#told.set(fingerprint, { ...one, at: one.at + shift });
    }
    this.#lastAt = lastAt === null ? undefined : lastAt + shift;
    this.#count = count;
  }

  // The end of what was told of, also where it came while nobody was to be told.
  #resolved(known: (fingerprint: string) => ManagedAlert | undefined, date: number): Alert[] {
    const resolved: Alert[] = [];
    for (const [fingerprint, told] of this.#told) {
      const managed = known(fingerprint);
      if (managed && isFiring(managed)) continue;
      const last = managed?.alert ?? told.alert;
      resolved.push({ ...last, state: 'resolved', endsAt: last.endsAt ?? date });
    }
    return resolved.sort(byUrgency);
  }

  #reason(
    changed: readonly ManagedAlert[],
    firing: readonly ManagedAlert[],
    resolved: readonly Alert[],
  ): Reason {
    if (changed.length + resolved.length === 0) return 'repeat';
    if (firing.length === 0) return 'resolved';
    if (this.#told.size === 0) return 'first';
    const flaps = changed.filter(({ flapping }) => flapping.isFlapping);
    return resolved.length === 0 && flaps.length === changed.length ? 'flapping' : 'changed';
  }
}

function isWorse(severity: Severity, than: Severity): boolean {
  return severities.indexOf(severity) > severities.indexOf(than);
}

/** The worst first, of equal ones the oldest. */
export function byUrgency(a: Alert, b: Alert): number {
  const rank = ({ severity }: Alert) => severities.indexOf(severity);
  return rank(b) - rank(a) || a.startsAt - b.startsAt;
}
