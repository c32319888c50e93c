import type { Clock } from '../shared/clock.ts';
import type { Device, ReadDevices } from '../shared/devices/devices.ts';
import { Queue } from '../shared/devices/queue.ts';
import type { PollEvent } from '../shared/red/poll-events.ts';
import { type Outcome, PolledDevice, type PollOptions } from './poll.ts';
import { Schedule } from './schedule.ts';
import { Summary } from './summary.ts';

export interface PollerOptions extends PollOptions {
  /** ms between two polls of a device; 0 for none but those asked for */
  interval: number;
  /** polls at a time */
  limit: number;
  clock: Clock;
  /** ends everything; nothing is delivered after it is aborted */
  signal: AbortSignal;
  /** takes what each poll of the schedule came to */
  deliver: (outcome: Outcome) => void;
  /** takes what failed beside the polls themselves */
  fail: (error: unknown) => void;
  /** hears what each poll came to, and of each overrun */
  tell?: (event: PollEvent) => void;
}

/** Takes what one poll of several asked for together came to. */
export type DeliverOne = (outcome: Outcome, index: number, count: number) => void;

/** Polls a list of devices, on its schedule and when asked to. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #queue: Queue;
  readonly #schedule: Schedule | undefined;
  #devices: PolledDevice[] = [];
  #summary = new Summary();

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#queue = new Queue(options.limit);
    if (options.interval > 0) {
      this.#schedule = new Schedule(options.interval, options.clock, (i) => this.#tick(i));
    }
    options.signal.addEventListener('abort', () => {
      this.#schedule?.stop();
      this.#queue.clear();
    });
  }

  /** How the devices are doing. */
  get summary(): Summary {
    return this.#summary;
  }

  names(): string[] {
    return this.#devices.map(({ device }) => device.name);
  }

  devices(): Device[] {
    return this.#devices.map(({ device }) => device);
  }

  get size(): number {
    return this.#devices.length;
  }

  /**
   * Takes another list of devices, as far as it is good. Where no row is good, the list before stays.
   * A device that stays keeps its counts; the schedule goes on where all stay.
   */
  replace({ devices, problems }: ReadDevices): void {
    if (this.#options.signal.aborted || (devices.length === 0 && problems.length > 0)) return;
    const before = new Map(this.#devices.map((polled) => [polled.device.name, polled]));
    const next = devices.map((device) => {
      const polled = before.get(device.name);
      return polled && isSame(polled.device, device)
        ? polled
        : new PolledDevice(device, this.#options);
    });
    const same =
      next.length === this.#devices.length && next.every((d, i) => d === this.#devices[i]);
    if (!same) {
      this.#devices = next;
      this.#summary = this.#summary.of(devices.map(({ name }) => name));
      this.#schedule?.start(next.length);
    }
  }

  /** Polls each device that is not being polled. Resolves once all have been. */
  async pollAll(deliver: DeliverOne): Promise<void> {
    const idle = this.#devices.filter((polled) => !this.#queue.has(polled));
    const polls = idle.map((polled, index) =>
      this.#poll(polled, (outcome) => deliver(outcome, index, idle.length)),
    );
    await Promise.all(polls);
  }

  #tick(member: number): void {
    const polled = this.#devices[member]!;
    const isOverrun = this.#queue.has(polled);
    this.#summary.tick(polled.device.name, isOverrun);
    if (isOverrun) this.#options.tell?.('late');
    else this.#poll(polled, this.#options.deliver).catch(this.#options.fail);
  }

  #poll(polled: PolledDevice, deliver: (outcome: Outcome) => void): Promise<void> {
    return this.#queue.add(polled, async () => {
      const outcome = await this.#outcome(polled);
      if (!outcome) return false;
      this.#summary.add(outcome, this.#options.translate);
      this.#options.tell?.(outcome.up ? 'ok' : 'failed');
      deliver(outcome);
      return outcome.up;
    });
  }

  // Nothing once all is ended.
  async #outcome(polled: PolledDevice): Promise<Outcome | undefined> {
    const { signal } = this.#options;
    try {
      const outcome = await polled.poll(signal);
      return signal.aborted ? undefined : outcome;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }
}

// Of two devices of the same name.
function isSame(a: Device, b: Device): boolean {
  const labels = Object.keys(a.labels);
  return (
    a.address === b.address &&
    labels.length === Object.keys(b.labels).length &&
    labels.every((label) => a.labels[label] === b.labels[label])
  );
}
