import type { Access } from '../device-access/access.ts';
import type { SnapshotAnswer } from '../device-access/protocols/protocol.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import { type Readings, SnapshotRates } from '../shared/rates.ts';
import type { Reading } from '../shared/reading.ts';
import type { Snapshot } from '../shared/snapshot.ts';
import type { Device } from './devices.ts';
import type { ReadDocument } from './document.ts';
import { inSlices } from './in-slices.ts';
import type { Read } from './reader.ts';

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

export interface PollOptions {
  access: Pick<Access, 'poll'>;
  read: Read;
  /** for `info.error` of a failed poll */
  translate?: Translate;
  /** ms since the Unix epoch */
  now?: () => number;
}

/** One device and what is known of it between polls. */
export class PolledDevice {
  readonly device: Device;
  readonly #options: PollOptions;
  readonly #rates = new SnapshotRates();

  constructor(device: Device, options: PollOptions) {
    this.device = device;
    this.#options = options;
  }

  /** Polls the device. Rejects only once the signal is aborted. */
  async poll(signal: AbortSignal): Promise<Outcome> {
    const { device } = this;
    const { now = Date.now, translate } = this.#options;
    const began = performance.now();
    let snapshot: Snapshot | undefined;
    let rates: Readings | undefined;
    let up = false;
    let cause: unknown;
    try {
      const seen = await this.#look(signal, now);
      rates = await inSlices(this.#rates.steps(device.name, device.labels, seen.snapshot));
      snapshot = seen.snapshot;
      up = !seen.down;
      cause = seen.down ?? several(seen);
    } catch (error) {
      signal.throwIfAborted();
      cause = error;
    }
    const duration = performance.now() - began;
    const time = snapshot?.time ?? now();
    const labels = { ...device.labels, device: device.name };
    const state: Reading = { metric: 'device_up', value: up ? 1 : 0, unit: '1', time, labels };
    if (!up) state.info = { error: errorText(cause, translate) };
    const took: Reading = { metric: 'poll_duration', value: duration, unit: 'ms', time, labels };
    const readings = [state, took];
    if (rates && snapshot?.interfaces)
      readings.push({ metric: 'counter_gaps', value: rates.gaps, unit: '1', time, labels });
    return {
      device,
      up,
      duration,
      // There may be too many for the arguments of a call.
      readings: readings.concat(rates?.readings ?? []),
      ...(cause !== undefined && { problem: this.#problem(cause) }),
    };
  }

  async #look(
    signal: AbortSignal,
    now: () => number,
  ): Promise<ReadDocument & Pick<SnapshotAnswer, 'down'>> {
    const answer = await this.#options.access.poll(this.device.address, signal);
    if ('snapshot' in answer) return answer;
    return this.#options.read(answer, now(), signal);
  }

  #problem(cause: unknown): Problem {
    const { name, address } = this.device;
    return name === address
      ? new Problem('deviceAt', { address }, { cause })
      : new Problem('device', { device: name, address }, { cause });
  }
}

function several({ problems, more = 0 }: ReadDocument): Error | undefined {
  const [cause, ...others] = problems;
  const count = others.length + more;
  return count === 0 ? cause : new Problem('more', { count }, { cause });
}
