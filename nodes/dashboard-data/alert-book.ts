import { type Alert, severities } from '../contract/alert.ts';
import type { AlertStatus } from '../contract/pages.ts';

/** alerts that are kept of each kind */
const mostActive = 5000;
const mostEnded = 200;

/** An alert, and how an alert-manager deals with it where there is one. */
export interface BookedAlert extends Alert {
  status?: AlertStatus;
}

/** The alerts of now, and those that ended lately. */
export class AlertBook {
  readonly #active = new Map<string, BookedAlert>();
  /** the newest first */
  #ended: BookedAlert[] = [];

  /** Takes a change of one alert: what an alert-manager said of it holds until it says otherwise, or the alert ends. */
  take(taken: BookedAlert): void {
    const { fingerprint } = taken;
    const known = this.#active.get(fingerprint);
    const status = taken.status ?? (known?.startsAt === taken.startsAt ? known.status : undefined);
    const alert = status ? { ...taken, status } : taken;
    // One that flaps comes back: it is not over.
    if (alert.state === 'resolved' && taken.status?.isFlapping !== true) {
      this.#active.delete(fingerprint);
      this.#end(alert);
    } else if (this.#active.has(fingerprint) || this.#active.size < mostActive) {
      this.#active.set(fingerprint, alert);
    }
  }

  /** Takes the list of all that are active: what was and is not in it has ended. @param date ms since the Unix epoch */
  takeList(alerts: readonly BookedAlert[], date: number): void {
    const listed = new Set(alerts.map(({ fingerprint }) => fingerprint));
    for (const alert of [...this.#active.values()]) {
      if (!listed.has(alert.fingerprint)) this.#over(alert, date);
    }
    for (const alert of alerts) this.take(alert);
  }

  /** An active alert by its fingerprint. */
  find(fingerprint: string): BookedAlert | undefined {
    return this.#active.get(fingerprint);
  }

  /** Ends the alerts of devices that are gone, without a word. */
  removeDevices(devices: ReadonlySet<string>): void {
    for (const [key, { labels }] of this.#active) {
      if (devices.has(labels.device ?? '')) this.#active.delete(key);
    }
  }

  /** Those that fire, the worst first, of them the newest. */
  get firing(): BookedAlert[] {
    return this.#sorted().filter(({ state }) => state === 'firing');
  }

  /** The same, with those behind that are about to fire, or that come and go. */
  get active(): BookedAlert[] {
    return [...this.firing, ...this.#sorted().filter(({ state }) => state !== 'firing')];
  }

  get ended(): readonly BookedAlert[] {
    return this.#ended;
  }

  /** Takes in what was kept over a restart; the newest first. */
  restoreEnded(alerts: readonly Alert[]): void {
    for (const alert of alerts.toReversed()) this.#end(alert);
  }

  #sorted(): BookedAlert[] {
    const rank = ({ severity }: Alert) => severities.indexOf(severity);
    return [...this.#active.values()].sort(
      (a, b) => rank(b) - rank(a) || b.startsAt - a.startsAt || (a.name < b.name ? -1 : 1),
    );
  }

  #over({ status, ...alert }: BookedAlert, date: number): void {
    this.#active.delete(alert.fingerprint);
    // One that flapped may have ended before.
    const endsAt = alert.state === 'resolved' ? (alert.endsAt ?? date) : date;
    this.#end({ ...alert, ...(status && { status }), state: 'resolved', endsAt });
  }

  // Both outputs of a threshold check may tell of the same end.
  #end(alert: BookedAlert): void {
    const isSame = (other: Alert) =>
      other.fingerprint === alert.fingerprint && other.startsAt === alert.startsAt;
    if (this.#ended.some(isSame)) return;
    this.#ended = [alert, ...this.#ended].slice(0, mostEnded);
  }
}
