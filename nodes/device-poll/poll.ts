import { metrics } from '../contract/metrics.ts';
import type { Reading } from '../contract/reading.ts';
import { rounded } from '../contract/round.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { Answer, Asked } from '../protocols/protocol.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Device } from '../shared/devices/devices.ts';
import { inSlices } from '../shared/in-slices.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import { type Readings, SnapshotRates } from '../shared/rates/snapshot-rates.ts';

/** What a poll came to. */
export interface Outcome {
  device: Device;
  /** whether the device answered, and properly */
  up: boolean;
  /** ms, retries included */
  duration: number;
  readings: Reading[];
  /** what to tell its user: why it failed, or what had to be left out */
  problem?: Problem;
}

/** How devices are asked. */
export interface PollAccess {
  /** Polls a device. Rejects with a `Problem`, or with the signal's reason once it is aborted. */
  poll(address: string, signal: AbortSignal): Promise<Answer>;
  /** What is asked there, for `info`. */
  asks?(address: string): Asked | undefined;
}

export interface PollOptions {
  access: PollAccess;
  /** for `info.error` of a failed poll */
  translate?: Translate;
  /** this machine's unless told */
  clock?: Clock;
}

/** One device and what is known of it between polls. */
export class PolledDevice {
  readonly device: Device;
  readonly #options: PollOptions;
  readonly #rates = new SnapshotRates();
  readonly #asked: Asked | undefined;
  /** the name that it gave itself last */
  #hostname: string | undefined;

  constructor(device: Device, options: PollOptions) {
    this.device = device;
    this.#options = options;
    this.#asked = options.access.asks?.(device.address);
  }

  /** Polls the device. Rejects only once the signal is aborted. */
  async poll(signal: AbortSignal): Promise<Outcome> {
    const { device } = this;
    const { translate, clock = systemClock } = this.#options;
    const began = clock.steady();
    let snapshot: Snapshot | undefined;
    let rates: Readings | undefined;
    let up = false;
    let cause: unknown;
    try {
      const seen = await this.#options.access.poll(device.address, signal);
      snapshot = { countedAt: clock.steady(), ...seen.snapshot };
      this.#hostname = snapshot.hostname ?? this.#hostname;
      const told = this.#infoOfAll();
      rates = await inSlices(this.#rates.steps(device.name, device.labels, snapshot, told), {
        clock,
      });
      up = !seen.down;
      const problems = seen.problems.concat(rates.problems ?? []);
      cause = seen.down ?? several({ ...seen, problems });
    } catch (error) {
      signal.throwIfAborted();
      cause = error;
    }
    const duration = rounded(clock.steady() - began, 'ms');
    const time = snapshot?.time ?? clock.date();
    const labels = { ...device.labels, device: device.name };
    const told = this.#infoOfAll();
    const reading = (metric: keyof typeof metrics, value: number, info = told): Reading => ({
      metric,
      value: rounded(value, metrics[metric]),
      unit: metrics[metric],
      time,
      labels,
      ...(info && { info }),
    });
    const { address } = device;
    const state = {
      ...(device.name !== address && { address }),
      ...(this.#hostname !== undefined && { hostname: this.#hostname }),
      ...this.#asked,
      ...(!up && { error: errorText(cause, translate) }),
    };
    const readings = [
      reading('device_up', up ? 1 : 0, Object.keys(state).length > 0 ? state : undefined),
      reading('poll_duration', duration),
    ];
    if (rates && snapshot?.interfaces) readings.push(reading('counter_gaps', rates.gaps));
    if (snapshot?.deviceTime !== undefined) {
      readings.push(reading('clock_offset', (snapshot.deviceTime - time) / 1000));
    }
    return {
      device,
      up,
      duration,
      // There may be too many for the arguments of a call.
      readings: readings.concat(rates?.readings ?? []),
      ...(cause !== undefined && { problem: this.#problem(cause) }),
    };
  }

  // A device that goes by its address is known by the name that it gives itself.
  #infoOfAll(): Record<string, string> | undefined {
    const { name, address } = this.device;
    const hostname = this.#hostname;
    return hostname !== undefined && name === address ? { hostname } : undefined;
  }

  #problem(cause: unknown): Problem {
    const { name, address } = this.device;
    return name === address
      ? new Problem('deviceAt', { address }, { cause })
      : new Problem('device', { device: name, address }, { cause });
  }
}

function several({ problems, more = 0 }: Pick<Answer, 'problems' | 'more'>): Error | undefined {
  const [cause, ...others] = problems;
  const count = others.length + more;
  return count === 0 ? cause : new Problem('more', { count }, { cause });
}
