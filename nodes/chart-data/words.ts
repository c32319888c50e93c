import type { Severity } from '../contract/alert.ts';
import { format } from '../contract/units.ts';
import { metricName } from '../shared/metric-name.ts';
import type { Translate } from '../shared/problem.ts';
import type { Comparison } from './config.ts';

/** Metrics with a shorter name where a legend or a heading is all there is room for. */
const short = new Set([
  ...['device_up', 'interface_up', 'in_rate', 'out_rate', 'in_utilization', 'out_utilization'],
  ...['in_packets', 'out_packets', 'error_rate', 'discard_rate'],
  ...['process_cpu_usage', 'process_memory_usage'],
]);

/** What charts and tables say, in the user's language. */
export class Words {
  readonly #t: Translate;
  readonly #language: string;

  /** @param t the node's catalogue */
  constructor(t: Translate) {
    this.#t = t;
    this.#language = t('chart-data.words.language');
  }

  /** What is summed up of those beyond the limit. */
  get other(): string {
    return this.#t('chart-data.words.other');
  }

  /** A metric's name: "in", "CPU usage"; the user's own without underscores. */
  metric(name: string): string {
    return short.has(name) ? this.#t(`chart-data.metric.${name}`) : metricName(name, this.#t);
  }

  /** A legend's line, of the time before. */
  before(legend: string, comparison: Comparison): string {
    return comparison === 'none'
      ? legend
      : this.#t(`chart-data.words.before.${comparison}`, { legend });
  }

  /** A legend's 95th percentile. */
  percentile(legend: string): string {
    return this.#t('chart-data.words.percentile', { legend });
  }

  severity(severity: Severity): string {
    return this.#t(`chart-data.severity.${severity}`);
  }

  /** A value with its unit, "12.3 Mbit/s"; of a state such as `interface_up`, "up" or "down". */
  value(metric: string, value: number, unit: string): string {
    if (metric.endsWith('_up') && (value === 0 || value === 1)) {
      return this.#t(value === 1 ? 'chart-data.words.up' : 'chart-data.words.down');
    }
    return this.number(value, unit);
  }

  /** A number with its unit: "12.3 Mbit/s". */
  number(value: number, unit: string): string {
    return format(value, unit, this.#language);
  }

  /** A number in a unit chosen before. */
  inUnit(value: number, unit: string): string {
    const text = new Intl.NumberFormat(this.#language, {
      maximumSignificantDigits: 4,
      useGrouping: false,
    }).format(value);
    return `${text} ${unit}`;
  }

  /** What is said where nothing is known. */
  get none(): string {
    return this.#t('chart-data.words.none');
  }

  /** A day: "Sun, 22/11". */
  day(time: number): string {
    const options = { weekday: 'short', day: 'numeric', month: 'numeric' } as const;
    return new Intl.DateTimeFormat(this.#language, options).format(time);
  }

  /** A time of these days: "22/11, 14:05". */
  moment(time: number): string {
    const day = { day: 'numeric', month: 'numeric' } as const;
    const clock = { hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(this.#language, { ...day, ...clock }).format(time);
  }

  /** A time as date and time of day: "22/11/2026, 14:05". */
  time(time: number): string {
    return new Intl.DateTimeFormat(this.#language, {
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(time);
  }
}
