import { type Alert, severities } from '../contract/alert.ts';
import type { AlertStatus } from '../contract/pages.ts';

/** alerts that are kept of each kind */
const mostActive = 5000;
const mostEnded = 200;

/** An alert, and how an alert-manager deals with it where there is one. */
export interface BookedAlert extends Alert {
  status?: AlertStatus;
}

/** Which part of a list some alerts are: its number from 0, and how many there are. */
export interface Part {
  id: string;
  index: number;
  count: number;
}

/** The alerts of now, and those that ended lately. */
export class AlertBook {
  readonly #active = new Map<string, BookedAlert>();
  /** the newest first */
  #ended: BookedAlert[] = [];
  /** the list of which parts come in: how many did, and whose alerts they had */
  #open: { id: string; next: number; listed: Set<string> } | undefined;
  /** the active ones in order, made when they are asked for */
  #order: { firing: BookedAlert[]; others: BookedAlert[] } | undefined;

  /** Takes a change of one alert: what an alert-manager said of it holds until it says otherwise, or the alert ends. */
  take(taken: BookedAlert): void {
    this.#order = undefined;
    const { fingerprint } = taken;
    const known = this.#active.get(fingerprint);
    const same = known?.startsAt === taken.startsAt ? known : undefined;
    const status = taken.status ?? same?.status;
    // Only one of those that tell of it may have looked for suspects.
    const suspects = taken.suspects ?? same?.suspects;
    const alert = { ...taken, ...(status && { status }), ...(suspects && { suspects }) };
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

  /**
   * Takes a part of such a list, which come in their order: what is in none of them has ended once the last one is in. Of a
   * list of which a part is missing that is not known, so that nothing ends.
   */
  takePart(alerts: readonly BookedAlert[], { id, index, count }: Part, date: number): void {
    if (index === 0) this.#open = { id, next: 0, listed: new Set() };
    const open = this.#open?.id === id && this.#open.next === index ? this.#open : undefined;
    for (const alert of alerts) {
      this.take(alert);
      open?.listed.add(alert.fingerprint);
    }
    this.#open = open;
    if (!open) return;
    open.next++;
    if (open.next < count) return;
    this.#open = undefined;
    for (const alert of [...this.#active.values()]) {
      if (!open.listed.has(alert.fingerprint)) this.#over(alert, date);
    }
  }

  /** An alert that is active or ended lately, by its fingerprint. */
  findAny(fingerprint: string): BookedAlert | undefined {
    const ended = this.#ended.find((alert) => alert.fingerprint === fingerprint);
    return this.#active.get(fingerprint) ?? ended;
  }

  /** An active alert by its fingerprint. */
  find(fingerprint: string): BookedAlert | undefined {
    return this.#active.get(fingerprint);
  }

  /** Ends the alerts of devices that are gone, without a word. */
  removeDevices(devices: ReadonlySet<string>): void {
    this.#order = undefined;
    for (const [key, { labels }] of this.#active) {
      if (devices.has(labels.device ?? '')) this.#active.delete(key);
    }
  }

  /** Those that fire, the worst first, of them the newest. */
  get firing(): readonly BookedAlert[] {
    return this.#inOrder().firing;
  }

  /** The same, with those behind that are about to fire, or that come and go. */
  get active(): BookedAlert[] {
    const { firing, others } = this.#inOrder();
    return [...firing, ...others];
  }

  get ended(): readonly BookedAlert[] {
    return this.#ended;
  }

  /** Takes in what was kept over a restart; the newest first. */
  restoreEnded(alerts: readonly Alert[]): void {
    for (const alert of alerts.toReversed()) this.#end(alert);
  }

  // Pages and the states of devices ask for them again and again between two changes.
  #inOrder() {
    if (this.#order) return this.#order;
    const rank = ({ severity }: Alert) => severities.indexOf(severity);
    const all = [...this.#active.values()].sort(
      (a, b) => rank(b) - rank(a) || b.startsAt - a.startsAt || (a.name < b.name ? -1 : 1),
    );
    const isFiring = ({ state }: Alert) => state === 'firing';
    this.#order = { firing: all.filter(isFiring), others: all.filter((one) => !isFiring(one)) };
    return this.#order;
  }

  #over({ status, ...alert }: BookedAlert, date: number): void {
    this.#order = undefined;
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
