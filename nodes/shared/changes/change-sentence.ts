import type { ChangeEvent } from '../../contract/change-event.ts';
import type { Change } from '../../contract/changes.ts';
import { readUnit, readValue } from '../../contract/metrics.ts';

/** The words for changes in one language. */
export interface ChangeWords {
  /** a text of the catalogue, by its key under `change` or `change-event` */
  text: (key: string, params: Record<string, string>, of?: 'change' | 'change-event') => string;
  /** a metric as people call it */
  metric: (metric: string) => string;
  /** with its unit */
  value: (value: number, unit: string) => string;
  /** a length of time, in s */
  span: (seconds: number) => string;
  /** @param decimals at most */
  number: (value: number, decimals: number) => string;
}

type Told = Pick<
  Change,
  'kind' | 'metric' | 'labels' | 'unit' | 'before' | 'after' | 'correlation' | 'lag' | 'count'
>;

/** metrics of which 1 is up and 0 is down */
const states = new Set(['interface_up', 'device_up', 'interface_admin_up']);
/** what a level is multiplied by from which on that is told */
const telling = 1.5;
/** s within which two things are at the same time */
const same = 1;

/** One readable sentence: "Incoming traffic of sw1 Gi1/0/24 rose 4 times, from 12 to 48 Mbit/s, 2 min before". */
export function changeSentence(change: Told, words: ChangeWords): string {
  const sentence = whatOf(change, words);
  const { lag } = change;
  if (lag === undefined) return sentence;
  if (Math.abs(lag) < same) return words.text('same', { sentence });
  const time = words.span(Math.abs(lag));
  return words.text(lag < 0 ? 'before' : 'after', { sentence, time });
}

/** The same without when: for where that stands beside it. */
function whatOf(change: Told, words: ChangeWords): string {
  const { kind, metric, labels, unit, before, after, correlation = 0, count } = change;
  const name = thingOf(labels);
  if (count !== undefined) {
    const params = { device: name, count: words.number(count, 0) };
    return words.text(kind === 'began' ? 'device-began' : 'device-ended', params);
  }
  const metricName = capitalized(words.metric(metric));
  const what = name === '' ? metricName : words.text('of', { metric: metricName, name });
  if (kind !== 'moved') return words.text(kind, { what });
  if (before === undefined || after === undefined) {
    return words.text(correlation < 0 ? 'against' : 'with', { what });
  }
  if (states.has(metric) && name !== '' && isState(before) && isState(after)) {
    return words.text(after > before ? 'up' : 'down', { what: name });
  }
  const read = (value: number) =>
    words.value(readValue(metric, value, unit), readUnit(metric, unit).unit);
  const levels = { what, before: read(before), after: read(after) };
  const factor = factorOf(change);
  if (factor !== undefined && factor >= telling && unit !== '°C') {
    const times = words.number(factor, factor < 10 ? 1 : 0);
    return words.text('rose-times', { ...levels, factor: times });
  }
  return words.text(after > before ? 'rose' : 'fell', levels);
}

/** What happened, as one reads it: "sw1 Gi1/0/24 lost its link". */
export function eventText(event: ChangeEvent, words: ChangeWords): string {
  const { kind, labels, text, added = 0, removed = 0 } = event;
  if (kind === 'alert') return text ?? thingOf(labels);
  const what = thingOf(labels);
  if (kind !== 'configuration') return words.text(kind, { what }, 'change-event');
  const lines = { added: words.number(added, 0), removed: words.number(removed, 0) };
  if (text === undefined) return words.text(kind, { what, ...lines }, 'change-event');
  return words.text('configuration-by', { what, ...lines, by: text }, 'change-event');
}

/** What the level was multiplied by. Undefined where it was 0 or below, or there are no levels. */
export function factorOf({ before, after }: Pick<Change, 'before' | 'after'>): number | undefined {
  if (before === undefined || after === undefined || before <= 0 || after < 0) return undefined;
  const factor = after / before;
  return Number.isFinite(factor) ? factor : undefined;
}

/** What a series is about, as people call it: its device first, then what else tells it apart. */
export function thingOf(labels: Readonly<Record<string, string>>): string {
  const { device, ...others } = labels;
  return [device, ...Object.values(others)]
    .filter((text) => text !== undefined && text !== '')
    .join(' ');
}

function isState(value: number): boolean {
  return value === 0 || value === 1;
}

// It begins a sentence where a language has capitals.
function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
