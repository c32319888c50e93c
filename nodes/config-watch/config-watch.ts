import type { Clock } from '../shared/clock.ts';
import type { Added } from '../shared/configurations/versions/contract.ts';
import type { Device } from '../shared/devices/devices.ts';
import { Queue } from '../shared/devices/queue.ts';
import type { Sign } from './change-signs.ts';
import { type FetchSchedule, nextFetch, placeOf } from './fetch-schedule.ts';

/** ms before another try, and after that twice as long each time */
const firstPause = 5000;
/** ms after which a device that could not be asked is tried again, where its schedule is not sooner */
const retryLater = 3_600_000;
/** ms after which the clock on the wall is looked at again, for it may be set */
const longestWait = 600_000;
/** devices that are no longer watched, of which is still known what key they had */
const mostKept = 5000;

/** A device whose configuration is watched. */
export interface WatchedDevice extends Device {
  /** whether it takes only ciphers that count as broken */
  oldCiphers?: boolean;
}

/** Why a configuration is fetched. */
export type Reason = 'schedule' | 'message' | Sign;

/** What a look at one device came to. Times are ms since the Unix epoch. */
export interface Outcome {
  device: WatchedDevice;
  reason: Reason;
  time: number;
  /** what became of its configuration */
  added?: Added;
  /** as it was when it was seen first */
  hostKey?: string;
  /** why there is none */
  problem?: Error;
}

/** What is known of a device between looks, also over a restart. */
export interface DeviceState {
  address: string;
  hostKey?: string;
  /** ms since the Unix epoch */
  triedAt?: number;
  fetchedAt?: number;
  /** whether the last look came to nothing, for a reason that may pass or for one that somebody must mend */
  failing?: 'passing' | 'lasting';
}

export interface ConfigWatchOptions {
  schedule: FetchSchedule;
  /** ms between a sign of a change and the look at it */
  settle: number;
  /** looks at a time */
  limit: number;
  /** further tries of one that fails for a reason that may pass */
  retries: number;
  clock: Clock;
  /** ends everything; nothing is told after it is aborted */
  signal: AbortSignal;
  /** fetches and keeps; rejects with a Problem */
  look: (
    device: WatchedDevice,
    hostKey: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ added: Added; hostKey?: string | undefined }>;
  /** whether trying again soon may help */
  mayPass: (problem: unknown) => boolean;
  /** takes what each look came to, once */
  tell: (outcome: Outcome) => void;
  /** takes what nobody asked for by a message */
  deliver: (outcome: Outcome) => void;
  /** takes what failed beside the looks themselves */
  fail: (error: unknown) => void;
}

interface Watched {
  device: WatchedDevice;
  state: DeviceState;
  place: number;
  /** when to look next, ms since the Unix epoch */
  dueAt: number;
  reason: Reason;
  /** the look that waits or is under way */
  look?: Promise<Outcome | undefined>;
  /** a sign that came after that began */
  again?: Sign;
  isRunning: boolean;
}

/** Fetches the configurations of devices: on their schedule, soon after a sign of a change, and when asked to. */
export class ConfigWatch {
  readonly #options: ConfigWatchOptions;
  readonly #queue: Queue;
  #watched = new Map<string, Watched>();
  /** of all devices that ever were, the last ones last */
  readonly #states = new Map<string, DeviceState>();
  #stopWaiting = () => {};

  constructor(options: ConfigWatchOptions) {
    this.#options = options;
    this.#queue = new Queue(options.limit);
    options.signal.addEventListener('abort', () => {
      this.#stopWaiting();
      this.#queue.clear();
    });
  }

  devices(): WatchedDevice[] {
    return Array.from(this.#watched.values(), ({ device }) => device);
  }

  /** How many there are, how many have a configuration, and which failed at the last look. */
  get counts(): { size: number; fetched: number; failing: string[]; running: number } {
    const all = [...this.#watched.values()];
    return {
      size: all.length,
      fetched: all.filter(({ state }) => state.fetchedAt !== undefined && !state.failing).length,
      failing: all.filter(({ state }) => state.failing).map(({ device }) => device.name),
      running: all.filter(({ isRunning }) => isRunning).length,
    };
  }

  state(): Record<string, DeviceState> {
    return Object.fromEntries(this.#states);
  }

  /** Goes on where an earlier state ended; before there are devices. */
  restore(states: Record<string, DeviceState>): void {
    for (const [name, state] of Object.entries(states)) this.#states.set(name, state);
  }

  /**
   * Takes another list of devices. One that stays keeps its time.
   * @returns the names of those that left
   */
  replace(devices: readonly WatchedDevice[]): string[] {
    if (this.#options.signal.aborted) return [];
    const before = this.#watched;
    this.#watched = new Map(devices.map((device) => [device.name, this.#watch(device, before)]));
    this.#forget();
    this.#wait();
    return [...before.keys()].filter((name) => !this.#watched.has(name));
  }

  /** Has a device looked at soon, for its configuration may have changed. Returns whether it is watched. */
  notice(name: string, sign: Sign): boolean {
    const watched = this.#watched.get(name);
    if (!watched) return false;
    if (watched.isRunning) {
      watched.again = sign;
      return true;
    }
    const soon = this.#options.clock.date() + this.#options.settle;
    if (soon < watched.dueAt) {
      watched.dueAt = soon;
      watched.reason = sign;
      this.#wait();
    }
    return true;
  }

  /** Looks at devices now. Resolves once all are looked at. @param deliver takes what each came to */
  async look(
    names: Iterable<string>,
    deliver: (outcome: Outcome, index: number, count: number) => void,
  ): Promise<void> {
    const all = [...names].flatMap((name) => this.#watched.get(name) ?? []);
    await Promise.all(
      all.map(async (watched, index) => {
        const outcome = await this.#look(watched, 'message');
        if (outcome) deliver(outcome, index, all.length);
      }),
    );
  }

  /** Takes the next host key of a device for its own. Returns whether it had one. */
  trust(name: string): boolean {
    const state = this.#states.get(name);
    if (state?.hostKey === undefined) return false;
    delete state.hostKey;
    return true;
  }

  #watch(device: WatchedDevice, before: ReadonlyMap<string, Watched>): Watched {
    const { name, address } = device;
    const known = before.get(name);
    if (known?.device.address === address) {
      known.device = device;
      return known;
    }
    const kept = this.#states.get(name);
    // Another address is another device.
    const state = kept?.address === address ? kept : { address };
    this.#states.delete(name);
    this.#states.set(name, state);
    const place = placeOf(name);
    const dueAt = this.#next(state, place);
    return { ...{ device, state, place, dueAt, reason: 'schedule', isRunning: false } };
  }

  #forget(): void {
    for (const name of this.#states.keys()) {
      if (this.#states.size - this.#watched.size <= mostKept) return;
      if (!this.#watched.has(name)) this.#states.delete(name);
    }
  }

  #next({ triedAt, failing }: DeviceState, place: number): number {
    const { schedule, clock } = this.#options;
    const now = clock.date();
    const next = nextFetch(schedule, triedAt, now, place);
    // A password that is wrong now is wrong in an hour, and devices lock out who tries it often.
    if (failing !== 'passing' || triedAt === undefined || !schedule) return next;
    return Math.min(next, Math.max(now, triedAt + retryLater));
  }

  #wait(): void {
    this.#stopWaiting();
    const { clock, signal } = this.#options;
    if (signal.aborted) return;
    const now = clock.date();
    let next = Infinity;
    for (const watched of this.#watched.values()) {
      if (watched.look) continue;
      if (watched.dueAt <= now) this.#lookWhenDue(watched);
      else next = Math.min(next, watched.dueAt);
    }
    if (next === Infinity) return;
    this.#stopWaiting = clock.after(Math.min(next - now, longestWait), () => this.#wait());
  }

  #lookWhenDue(watched: Watched): void {
    this.#look(watched, watched.reason)
      .then((outcome) => {
        if (outcome) this.#options.deliver(outcome);
      })
      .catch(this.#options.fail);
  }

  // Whoever asks while it is looked at already has what that comes to.
  #look(watched: Watched, reason: Reason): Promise<Outcome | undefined> {
    watched.look ??= this.#queued(watched, reason);
    return watched.look;
  }

  async #queued(watched: Watched, reason: Reason): Promise<Outcome | undefined> {
    let outcome: Outcome | undefined;
    const isWatched = () => this.#watched.get(watched.device.name) === watched;
    await this.#queue.add(watched, async () => {
      // It may have left the list while it waited.
      if (!isWatched()) return true;
      watched.isRunning = true;
      outcome = await this.#outcome(watched, reason);
      watched.isRunning = false;
      return outcome !== undefined && outcome.problem === undefined;
    });
    delete watched.look;
    if (!outcome || !isWatched() || this.#options.signal.aborted) return undefined;
    this.#note(watched, outcome);
    this.#options.tell(outcome);
    this.#wait();
    return outcome;
  }

  async #outcome(watched: Watched, reason: Reason): Promise<Outcome | undefined> {
    const { clock, look, mayPass, retries, signal } = this.#options;
    const { device, state } = watched;
    for (let tries = 0; ; tries++) {
      try {
        const { added, hostKey } = await look(device, state.hostKey, signal);
        const outcome: Outcome = { device, reason, time: clock.date(), added };
        return hostKey === undefined ? outcome : { ...outcome, hostKey };
      } catch (error) {
        if (signal.aborted) return undefined;
        if (tries >= retries || !mayPass(error)) {
          return { device, reason, time: clock.date(), problem: error as Error };
        }
      }
      await this.#pause(firstPause * 2 ** tries);
      if (signal.aborted) return undefined;
    }
  }

  #pause(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    return new Promise((resolve) => {
      const end = () => {
        stop();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const stop = clock.after(ms, end);
      signal.addEventListener('abort', end);
    });
  }

  #note(watched: Watched, { time, problem, hostKey }: Outcome): void {
    const { state } = watched;
    state.triedAt = time;
    if (problem) {
      state.failing = this.#options.mayPass(problem) ? 'passing' : 'lasting';
    } else {
      delete state.failing;
      state.fetchedAt = time;
      if (hostKey !== undefined) state.hostKey = hostKey;
    }
    watched.dueAt = this.#next(state, watched.place);
    watched.reason = 'schedule';
    const { again } = watched;
    if (again === undefined) return;
    delete watched.again;
    watched.dueAt = Math.min(watched.dueAt, time + this.#options.settle);
    watched.reason = again;
  }
}
