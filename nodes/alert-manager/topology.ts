import * as check from '../shared/check.ts';
import type { NameFilter } from '../shared/match/name-filter.ts';
import { parseNames } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';

/** Devices and their parents: what they are reached through. While every parent is down, nothing is known of them. */
export interface ParentRow {
  devices: NameFilter;
  /** the names of devices: any one of them that is up leads there */
  parents: readonly string[];
}

/** One as typed or sent: names with commas between, `*` in those of devices stands for any characters. */
export interface ParentInput {
  devices: string;
  parents: string;
}

export const parentFields = ['devices', 'parents'] as const satisfies (keyof ParentInput)[];

/** Checks one row of parents. Throws a FieldProblem. */
export function checkParents(where: string, value: unknown): ParentRow {
  const raw = check.object(where, value, parentFields);
  const devices = parseNames(
    check.join(where, 'devices'),
    check.text(check.join(where, 'devices'), raw.devices, { max: 5000 }),
  );
  return { devices, parents: deviceNames(check.join(where, 'parents'), raw.parents) };
}

/** Names of devices with commas between, or a list of them; at least one. Throws a FieldProblem. */
export function deviceNames(field: string, value: unknown): string[] {
  const parts = Array.isArray(value) ? value : check.text(field, value).split(',');
  const found = parts
    .map((part: unknown) => check.text(field, part, { max: 300 }).trim())
    .filter((name) => name !== '');
  return [...new Set(found)];
}

/**
 * Checks a whole table: a device of which another row says that it is reached through itself is in a circle. Throws a
 * FieldProblem that names it.
 */
export function checkNoCircle(where: string, rows: readonly ParentRow[]): void {
  const named = new Set(rows.flatMap(({ parents }) => parents));
  const done = new Set<string>();
  const visit = (device: string, path: readonly string[]) => {
    if (done.has(device)) return;
    const at = path.indexOf(device);
    if (at >= 0) {
      const circle = [...path.slice(at), device].join(' → ');
      const row = rows.findIndex(({ parents }) => parents.includes(device));
      throw new FieldProblem(check.join(check.join(where, row), 'parents'), 'noCircle', circle);
    }
    for (const parent of parentsByRows(rows, device)) visit(parent, [...path, device]);
    done.add(device);
  };
  for (const device of named) visit(device, []);
}

// What is reached through all others' parents is no child of itself, nor of those beside it.
function parentsByRows(rows: readonly ParentRow[], device: string): string[] {
  const found = new Set<string>();
  for (const { devices, parents } of rows) {
    if (parents.includes(device) || !devices.takes(device)) continue;
    for (const parent of parents) found.add(parent);
  }
  return [...found];
}

/** What is known of a device. Times are ms on the monotonic clock. */
interface Known {
  isDown: boolean;
  /** when that was last heard */
  at: number;
  /** when a reading last said so; alerts come only at changes */
  readAt?: number;
}

/** A device that nobody can reach at present. */
interface Cut {
  /** when every parent was down */
  since: number;
  /** when a parent was back; the device itself is then still to be asked again */
  backAt?: number;
}

/** What must outlive a restart; its times are on the clock of the run that kept it. */
export interface TopologyState {
  learned: [device: string, parents: string[]][];
  known: [device: string, known: Known][];
  cut: [device: string, cut: Cut][];
}

/** Which devices are down, and which cannot be reached because all their parents are. */
export class Topology {
  #rows: readonly ParentRow[] = [];
  #graceMs = 0;
  readonly #learned = new Map<string, string[]>();
  readonly #known = new Map<string, Known>();
  readonly #cut = new Map<string, Cut>();
  /** whether it is still to be worked out which devices that changes, and whether one changed already */
  #isStale = false;
  #changed = false;
  /** by device; made when first asked for */
  readonly #parents = new Map<string, readonly string[]>();

  /** @param graceMs for which a device may take to be seen again after its parents */
  configure(rows: readonly ParentRow[], graceMs: number, now: number): void {
    this.#rows = rows;
    this.#graceMs = graceMs;
    this.#parents.clear();
    this.#isStale = true;
    this.settle(now);
  }

  /**
   * Takes parents that were found out, such as from the neighbours that switches tell of, in the place of those found
   * before; rows that were typed win over them. Throws a FieldProblem where they make a circle.
   */
  learn(field: string, learned: ReadonlyMap<string, string[]>, now: number): void {
    const before = [...this.#learned];
    this.#learned.clear();
    for (const [device, parents] of learned) this.#learned.set(device, parents);
    this.#parents.clear();
    const circle = this.#circle();
    if (circle) {
      this.#learned.clear();
      for (const [device, parents] of before) this.#learned.set(device, parents);
      this.#parents.clear();
      throw new FieldProblem(field, 'noCircle', circle);
    }
    this.#isStale = true;
    this.settle(now);
  }

  /** Parents of a device; none where it is reached directly. */
  parentsOf(device: string): readonly string[] {
    let parents = this.#parents.get(device);
    if (!parents) {
      const typed = parentsByRows(this.#rows, device);
      const own = this.#rows.some(({ parents: all }) => all.includes(device));
      const learned = this.#learned.get(device) ?? [];
      parents = typed.length > 0 || own ? typed : learned;
      this.#parents.set(device, parents);
    }
    return parents;
  }

  /** Parents that are typed and have none themselves: everything is reached through them. */
  get roots(): string[] {
    const named = new Set(this.#rows.flatMap(({ parents }) => parents));
    return [...named].filter((name) => parentsByRows(this.#rows, name).length === 0);
  }

  /** The parents of a device that are typed. */
  typedParentsOf(device: string): string[] {
    return parentsByRows(this.#rows, device);
  }

  /** Parents that are typed and were never heard of: perhaps slips. */
  unknownParents(): string[] {
    const named = new Set(this.#rows.flatMap(({ parents }) => parents));
    return [...named].filter((name) => !this.#known.has(name));
  }

  /**
   * Takes note that a device answered or did not; {@link settle} tells what comes of it.
   * @param isReading whether a reading says so, as there is one with each poll
   */
  hear(device: string, isDown: boolean, now: number, isReading: boolean): void {
    const before = this.#known.get(device);
    const readAt = isReading ? now : before?.readAt;
    this.#known.set(device, { isDown, at: now, ...(readAt !== undefined && { readAt }) });
    const cut = this.#cut.get(device);
    // It was asked again since its parents are back, so what it says is its own.
    if (cut?.backAt !== undefined) this.#changed = this.#cut.delete(device);
    if (before?.isDown !== isDown) this.#isStale = true;
  }

  /** Forgets devices. */
  remove(devices: ReadonlySet<string>): void {
    for (const device of devices) {
      this.#known.delete(device);
      this.#cut.delete(device);
      this.#learned.delete(device);
    }
    this.#parents.clear();
    this.#isStale = true;
  }

  /** Works out what was heard, and lets time pass. Returns whether any device became reachable or unreachable. */
  settle(now: number): boolean {
    for (const [device, { backAt }] of this.#cut) {
      if (backAt !== undefined && backAt + this.#graceMs <= now) {
        this.#changed = this.#cut.delete(device);
      }
    }
    if (this.#isStale) this.#update(now);
    const changed = this.#changed;
    this.#changed = this.#isStale = false;
    return changed;
  }

  /** When {@link settle} changes something by time alone; Infinity where it does not. */
  get next(): number {
    let next = Infinity;
    for (const { backAt } of this.#cut.values()) {
      if (backAt !== undefined) next = Math.min(next, backAt + this.#graceMs);
    }
    return next;
  }

  /** The parents through which a device cannot be reached; none where it can. */
  cutBy(device: string): readonly string[] {
    if (this.#rows.length + this.#learned.size + this.#cut.size === 0) return [];
    // Of what nobody asks itself, only its parents tell.
    const isCut =
      this.#cut.has(device) ||
      (!this.#known.has(device) && this.#isCut(device, new Map(), new Set()));
    return isCut ? this.parentsOf(device) : [];
  }

  /** The devices that cannot be reached. */
  get unreachable(): string[] {
    return [...this.#cut.keys()];
  }

  /**
   * Until when to wait with a device's first alert, for its parents may turn out to be down with their next poll;
   * undefined where there is nothing to wait for.
   * @param since when the device failed
   */
  waitUntil(device: string, since: number): number | undefined {
    const parents = this.parentsOf(device);
    if (parents.length === 0) return undefined;
    const isUp = parents.some((parent) => {
      const known = this.#known.get(parent);
      return known && !known.isDown && (known.readAt ?? -Infinity) >= since;
    });
    return isUp ? undefined : since + this.#graceMs;
  }

  state(): TopologyState {
    return { learned: [...this.#learned], known: [...this.#known], cut: [...this.#cut] };
  }

  /** Goes on where an earlier state ended. @param shift what its clock is behind this one, ms */
  restore(state: TopologyState, shift: number): void {
    for (const [device, parents] of state.learned) this.#learned.set(device, parents);
    for (const [device, { isDown, at, readAt }] of state.known) {
      const read = readAt === undefined ? {} : { readAt: readAt + shift };
      this.#known.set(device, { isDown, at: at + shift, ...read });
    }
    for (const [device, { since, backAt }] of state.cut) {
      const back = backAt === undefined ? {} : { backAt: backAt + shift };
      this.#cut.set(device, { since: since + shift, ...back });
    }
    this.#parents.clear();
  }

  // Whether each known device can be reached.
  #update(now: number) {
    if (this.#rows.length + this.#learned.size + this.#cut.size === 0) return;
    const seen = new Map<string, boolean>();
    for (const [device, { isDown }] of this.#known) {
      const isCut = isDown && this.#isCut(device, seen, new Set());
      const cut = this.#cut.get(device);
      if (isCut && (!cut || cut.backAt !== undefined)) {
        this.#cut.set(device, { since: cut?.since ?? now });
        this.#changed = true;
      } else if (!isCut && cut && cut.backAt === undefined) {
        // One that answers is there; of another it is not known yet.
        if (isDown) this.#cut.set(device, { ...cut, backAt: now });
        else this.#cut.delete(device);
        this.#changed = true;
      }
    }
  }

  // Whether all parents of a device are down, or cannot be reached themselves.
  #isCut(device: string, seen: Map<string, boolean>, path: Set<string>): boolean {
    const known = seen.get(device);
    if (known !== undefined) return known;
    const parents = this.parentsOf(device);
    path.add(device);
    const isCut =
      parents.length > 0 &&
      parents.every((parent) => {
        if (path.has(parent)) return false;
        const isDown = this.#known.get(parent)?.isDown;
        return isDown ?? this.#isCut(parent, seen, path);
      });
    path.delete(device);
    seen.set(device, isCut);
    return isCut;
  }

  #circle(): string | undefined {
    const done = new Set<string>();
    const visit = (device: string, path: readonly string[]): string | undefined => {
      if (done.has(device)) return undefined;
      const at = path.indexOf(device);
      if (at >= 0) return [...path.slice(at), device].join(' → ');
      for (const parent of this.parentsOf(device)) {
        const circle = visit(parent, [...path, device]);
        if (circle !== undefined) return circle;
      }
      done.add(device);
      return undefined;
    };
    for (const device of this.#learned.keys()) {
      const circle = visit(device, []);
      if (circle !== undefined) return circle;
    }
    return undefined;
  }
}
