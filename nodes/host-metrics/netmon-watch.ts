import type { EventEmitter } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Sample } from '../contract/snapshot.ts';
import { hearPolls } from '../shared/red/poll-events.ts';
import { sample } from './samples.ts';

/** ms between two looks at the event loop */
const resolution = 20;

/** Watches Netmon itself, from now until it is closed: its polls, and the process that it runs in. */
export class NetmonWatch {
  readonly #delay = monitorEventLoopDelay({ resolution });
  readonly #unhear: () => void;
  #polls = 0;
  #failed = 0;
  #late = 0;

  /** @param bus Node-RED's */
  constructor(bus: EventEmitter) {
    this.#delay.enable();
    this.#unhear = hearPolls(bus, (event) => {
      if (event === 'late') this.#late++;
      else this.#polls++;
      if (event === 'failed') this.#failed++;
    });
  }

  /** The polls since the start, as counters, and how late the event loop was since the call before. */
  samples(): Sample[] {
    const counter = (metric: Parameters<typeof sample>[0], value: number): Sample => ({
      ...sample(metric, value),
      counter: true,
    });
    const samples = [
      counter('netmon_polls', this.#polls),
      counter('netmon_failed_polls', this.#failed),
      counter('netmon_late_polls', this.#late),
      sample('netmon_memory', process.memoryUsage.rss()),
    ];
    if (this.#delay.count > 0) {
      // The histogram, in ns, counts the time between two looks, not by how much that was too long.
      const delay = this.#delay.percentile(99) / 1e6 - resolution;
      samples.push(sample('event_loop_delay', Math.max(0, delay)));
    }
    this.#delay.reset();
    return samples;
  }

  close(): void {
    this.#unhear();
    this.#delay.disable();
  }
}
