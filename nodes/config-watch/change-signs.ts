import type { Reading } from '../contract/reading.ts';

/** Why a configuration may have changed. */
export type Sign = 'restart' | 'change';

/** s by which an uptime may go back without a restart: it is rounded, and answers take their time */
const slack = 5;
/** the share by which a device's clock may be slower than this one */
const drift = 0.01;
/** the reading of how long ago a configuration changed, s */
const ageMetric = 'configuration_age';
/** one of the user's own of when it changed last, in any unit: another value is a change */
const changedMetric = 'configuration_last_changed';

/** What readings tell of restarts and changes of devices. */
export class ChangeSigns {
  readonly #uptimes = new Map<string, number>();
  readonly #changes = new Map<string, string>();
  readonly #ages = new Map<string, { age: number; time: number }>();

  /** The devices of which readings show a sign, by the label `device`. */
  hear(readings: readonly Reading[]): Map<string, Sign> {
    const signs = new Map<string, Sign>();
    for (const { metric, value, labels, time } of readings) {
      const { device } = labels;
      if (device === undefined) continue;
      if (metric === 'uptime') {
        const before = this.#uptimes.get(device);
        this.#uptimes.set(device, value);
        if (before !== undefined && value < before - slack) signs.set(device, 'restart');
      } else if (metric === ageMetric) {
        const before = this.#ages.get(device);
        this.#ages.set(device, { age: value, time });
        if (!before || signs.has(device)) continue;
        const passed = Math.max(0, time - before.time) / 1000;
        if (value < before.age + passed * (1 - drift) - slack) signs.set(device, 'change');
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
