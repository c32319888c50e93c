import type { Reading } from '../contract/reading.ts';

/** Why a configuration may have changed. */
export type Sign = 'restart' | 'change';

/** s by which an uptime may go back without a restart: it is rounded, and answers take their time */
const slack = 5;
/** the reading of when a configuration changed last, in any unit: another value is a change */
const changedMetric = 'configuration_last_changed';

/** What readings tell of restarts and changes of devices. */
export class ChangeSigns {
  readonly #uptimes = new Map<string, number>();
  readonly #changes = new Map<string, string>();

  /** The devices of which readings show a sign, by the label `device`. */
  hear(readings: readonly Reading[]): Map<string, Sign> {
    const signs = new Map<string, Sign>();
    for (const { metric, value, labels } of readings) {
      const { device } = labels;
      if (device === undefined) continue;
      if (metric === 'uptime') {
        const before = this.#uptimes.get(device);
        this.#uptimes.set(device, value);
        if (before !== undefined && value < before - slack) signs.set(device, 'restart');
      } else if (metric === changedMetric) {
        const key = JSON.stringify(labels);
        const before = this.#changes.get(key);
        this.#changes.set(key, String(value));
        if (before !== undefined && before !== String(value) && !signs.has(device)) {
          signs.set(device, 'change');
        }
      }
    }
    return signs;
  }
}
