import assert from 'node:assert/strict';
import { AlertManager, type Changes } from '../../nodes/alert-manager/alert-manager.ts';
import {
  checkConfiguration,
  type ConfigurationInput,
} from '../../nodes/alert-manager/configuration.ts';
import { checkSilence } from '../../nodes/alert-manager/silence.ts';
import { decode, encode, jsonOf, restore } from '../../nodes/alert-manager/state.ts';
import type { Alert, Severity } from '../../nodes/contract/alert.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { parseLabels } from '../../nodes/shared/match/parse-filter.ts';
import { atOnce } from '../../nodes/shared/steps.ts';

/** the date at which scenarios begin: a Wednesday, 08:00 universal time */
export const begin = Date.UTC(2026, 10, 25, 8);

const texts = {
  all: 'all',
  flapping: (summary: string, changes: number, minutes: number) =>
    `${summary} flaps, ${changes} changes in ${minutes} min`,
};

/** What a step of a scenario may do; `at` s after its begin. */
export class Scenario {
  readonly #input: Partial<ConfigurationInput>;
  readonly #restarts: 'never' | 'deploy' | 'restart';
  #manager: AlertManager;
  /** s since the begin */
  #now = 0;
  /** ms that the date is ahead of where it would be */
  #ahead = 0;
  #run = 0;
  /** what the monotonic clock of this run began with */
  #origin = 5000;
  #startsAt = new Map<string, number>();
  readonly told: string[] = [];
  readonly readings: string[] = [];

  constructor(input: Partial<ConfigurationInput>, restarts: 'never' | 'deploy' | 'restart') {
    this.#input = input;
    this.#restarts = restarts;
    this.#manager = this.#made();
    this.#note(this.#manager.elapse(this.#at()));
  }

  get manager(): AlertManager {
    return this.#manager;
  }

  /** Lets time pass until a time, s since the begin, with all that is due on the way. */
  until(at: number): this {
    this.#restart();
    for (;;) {
      const wake = this.#now + this.#manager.wakeIn(this.#at()) / 1000;
      if (wake > at) break;
      this.#now = wake;
      this.#note(this.#manager.elapse(this.#at()));
      this.#restart();
    }
    this.#now = at;
    return this;
  }

  /** Alerts that begin to fire, as `name device severity`, or a part of it; of the name `Change` it is an event. */
  fire(at: number, ...alerts: string[]): this {
    this.until(at);
    const made = alerts.map((text) => {
      this.#startsAt.set(nameOf(text), this.#at().date);
      return this.#alert(text, 'firing');
    });
    const { problems, ...changes } = this.#manager.take(made, this.#at());
    this.#note(changes);
    if (problems[0]) throw problems[0];
    return this;
  }

  resolve(at: number, ...alerts: string[]): this {
    this.until(at);
    const made = alerts.map((text) => ({
      ...this.#alert(text, 'resolved'),
      endsAt: this.#at().date,
    }));
    this.#note(this.#manager.take(made, this.#at()));
    return this;
  }

  /** The whole list of what fires at a sender. */
  list(at: number, ...alerts: string[]): this {
    this.until(at);
    const made = alerts.map((text) => this.#alert(text, 'firing'));
    this.#note(this.#manager.takeList(made, 'sender', this.#at()));
    return this;
  }

  /** Polls of devices: `core` answered, `!core` did not. */
  poll(at: number, ...devices: string[]): this {
    this.until(at);
    const readings = devices.map((name): Reading => {
      const labels = { device: name.replace('!', '') };
      const value = name.startsWith('!') ? 0 : 1;
      return { metric: 'device_up', value, unit: '1', time: this.#at().date, labels };
    });
    this.#note(this.#manager.observe(readings, this.#at()));
    return this;
  }

  /** What a device hears on its ports. */
  hears(at: number, device: string, ...neighbors: string[]): this {
    this.until(at);
    const readings = neighbors.map((neighbor): Reading => {
      const labels = { device, interface: neighbor, neighbor };
      return { metric: 'lldp_neighbor', value: 1, unit: '1', time: this.#at().date, labels };
    });
    this.#note(this.#manager.observe(readings, this.#at()));
    return this;
  }

  gateways(at: number, ...addresses: string[]): this {
    this.until(at);
    this.#note(this.#manager.setGateways(addresses, this.#at()));
    return this;
  }

  silence(at: number, id: string, matchers: string, from: number, to: number): this {
    this.until(at);
    const { date } = this.#at();
    const value = {
      ...{ id, matchers, createdBy: 'ann', comment: 'why' },
      startsAt: begin + this.#ahead + from * 1000,
      endsAt: begin + this.#ahead + to * 1000,
    };
    this.#note(this.#manager.silence([checkSilence('silence', value, date, () => id)], this.#at()));
    return this;
  }

  expire(at: number, id: string): this {
    this.until(at);
    this.#note(this.#manager.expire('id', id, this.#at()));
    return this;
  }

  acknowledge(at: number, matchers: string): this {
    this.until(at);
    const which = { matchers: parseLabels('matchers', matchers) };
    this.#note(this.#manager.acknowledge(which, { by: 'ann', comment: '' }, this.#at()));
    return this;
  }

  configure(at: number, input: Partial<ConfigurationInput>): this {
    this.until(at);
    Object.assign(this.#input, input);
    this.#note(this.#manager.configure(checkConfiguration('', this.#input), this.#at()));
    return this;
  }

  /** Sets the clock on the wall by some s. */
  jump(at: number, by: number): this {
    this.until(at);
    this.#ahead += by * 1000;
    return this;
  }

  /** Node-RED does not run from one time to another. */
  down(at: number, to: number): this {
    this.until(at);
    const kept = this.kept();
    this.#run++;
    this.#now = to;
    this.#origin = 10 - to * 1000;
    this.#restore(kept);
    return this;
  }

  /** How alerts stand: `name: state because`. */
  standing(): string[] {
    return this.#manager.list(this.#at()).map(({ name, labels, status }) => {
      const { state, silencedBy, inhibitedBy, maintainedBy, unreachableBy } = status;
      const why = [...silencedBy, ...inhibitedBy, ...maintainedBy, ...unreachableBy].join(' ');
      const device = labels.device === undefined ? '' : ` ${labels.device}`;
      return `${name}${device}: ${state}${why && ` (${why})`}`;
    });
  }

  #at() {
    return { now: this.#origin + this.#now * 1000, date: begin + this.#now * 1000 + this.#ahead };
  }

  #made(): AlertManager {
    const configuration = checkConfiguration('', this.#input);
    return new AlertManager({ configuration, texts, now: this.#at(), maxAlerts: 20_000 });
  }

  #alert(text: string, state: Alert['state']): Alert {
    const [name = '', device, severity = 'warning', value = '1'] = text.split(' ');
    return {
      ...{ name, state, severity: severity as Severity, unit: '1', threshold: 0 },
      metric: name === 'Down' ? 'device_up' : 'cpu_usage',
      labels: device === undefined || device === '' ? {} : { device, site: device.slice(0, 1) },
      value: Number(value),
      summary: `${name} ${device ?? ''}`,
      startsAt: this.#startsAt.get(nameOf(text)) ?? this.#at().date,
      fingerprint: nameOf(text),
      ...(name === 'Change' && { event: true }),
    };
  }

  #note({ notifications, readings }: Changes) {
    for (const { receiver, topic, payload, group } of notifications) {
      const alerts = payload.map(({ state, summary, severity }) => {
        const mark = state === 'resolved' ? '-' : severity === 'critical' ? '!' : '+';
        return `${mark}${summary.trim()}`;
      });
      this.told.push(`${this.#now} ${receiver} ${group.reason} [${topic}] ${alerts.join(', ')}`);
    }
    for (const { metric, value, labels } of readings) {
      this.readings.push(`${this.#now} ${metric} ${value} ${Object.values(labels).join(' ')}`);
    }
  }

  #restart() {
    if (this.#restarts === 'never') return;
    const kept = this.kept();
    if (this.#restarts === 'restart') {
      this.#run++;
      this.#origin -= 1234;
    }
    this.#restore(kept);
  }

  /** Its state as it would be kept. */
  kept(): string {
    const table = checkConfiguration('', this.#input).input;
    return atOnce(jsonOf(encode(this.#manager, table, this.#at(), String(this.#run))));
  }

  #restore(kept: string) {
    const problems: Error[] = [];
    const state = decode(JSON.parse(kept), problems);
    assert.deepEqual(problems, []);
    this.#manager = this.#made();
    restore(this.#manager, state, this.#at(), String(this.#run));
  }
}

function nameOf(text: string): string {
  return text.split(' ').slice(0, 2).join(' ');
}

/**
 * Tests a scenario: what is told, each as `s receiver reason [topic] alerts`. It is run three times: as it is, with a
 * deploy and with a restart before each step and each time that something is due, and has to tell the same.
 */
export function scenario(
  name: string,
  input: Partial<ConfigurationInput>,
  play: (scenario: Scenario) => unknown,
  expected: readonly string[],
): void {
  it(name, () => {
    for (const restarts of ['never', 'deploy', 'restart'] as const) {
      const played = new Scenario({ ...input }, restarts);
      play(played);
      assert.deepEqual(played.told, expected, `restarts: ${restarts}`);
    }
  });
}
