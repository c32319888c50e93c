import type { Comparison, DeviceState, Period, PortState } from '../../contract/pages.ts';
import { format } from '../../contract/units.ts';
import { english, localeOf, textsOf } from './catalogues.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

type Args = Readonly<Record<string, string | number>>;

/** What the elements say, in one language: texts, numbers and times. */
export class Words {
  /** a BCP 47 tag */
  readonly language: string;
  readonly #texts: unknown;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  /** @param language a BCP 47 tag; English where there are no texts of it */
  constructor(language: string) {
    const locale = localeOf(language);
    const texts = locale === undefined ? undefined : textsOf(locale);
    // Numbers are written as the texts around them are, with the region of the reader where it fits.
    this.language = texts === undefined ? 'en' : language;
    this.#texts = texts;
    this.#plurals = new Intl.PluralRules(this.language);
  }

  /** A text by its whole key. */
  t(key: string, args: Args = {}): string {
    const text = textAt(this.#texts, key) ?? textAt(english, key) ?? key;
    return text.replace(/__(\w+?)__/g, (whole, name: string) => String(args[name] ?? whole));
  }

  /** A text that depends on a number: that of `<key>.one` or `<key>.other`, with `count` in it. */
  count(key: string, count: number, args: Args = {}): string {
    const form = this.#plurals.select(count) === 'one' ? 'one' : 'other';
    return this.t(`${key}.${form}`, { ...args, count: this.number(count) });
  }

  /** @param decimals at most, and where `isFixed` at least */
  number(value: number, decimals = 0, isFixed = false): string {
    const key = `${decimals}${isFixed ? 'f' : ''}`;
    let numbers = this.#numbers.get(key);
    if (!numbers) {
      const minimumFractionDigits = isFixed ? decimals : 0;
      const useGrouping = 'min2';
      const options = {
        maximumFractionDigits: decimals,
        minimumFractionDigits,
        useGrouping,
      } as const;
      numbers = new Intl.NumberFormat(this.language, options);
      this.#numbers.set(key, numbers);
    }
    return numbers.format(value + 0); // no -0
  }

  /** A value with its unit: "12.3 Mbit/s"; "–" where it is not known. */
  value(value: number | null | undefined, unit: string): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    return unit === '%' ? this.percent(value) : format(value, unit, this.language);
  }

  /** A share in %: "41 %", "3.2 %", "0.05 %", "<0.01 %". */
  percent(value: number | null | undefined): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    const size = Math.abs(value);
    if (size > 0 && size < 0.01) return `<${this.number(0.01, 2)} %`;
    return `${this.number(value, size < 1 ? 2 : size < 10 ? 1 : 0)} %`;
  }

  /** A share of a whole, 0 to 1, in %. */
  share(value: number | null | undefined): string {
    return this.percent(typeof value === 'number' ? value * 100 : null);
  }

  /** How much of the time something was up: "99.93 %". Never 100 % with the least outage. */
  availability(value: number | null | undefined): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    const shown = Math.floor(value * 100 + 1e-9) / 100;
    return `${this.number(shown, shown < 10 ? 2 : shown === 100 ? 0 : 2, shown !== 100 && shown > 0)} %`;
  }

  /** How long something lasts, in its largest unit: "4 s", "14 min", "5 h", "41 days". */
  span(ms: number): string {
    const left = Math.max(0, ms);
    if (left < minute) return `${this.number(Math.floor(left / second))} s`;
    if (left < hour) return `${this.number(Math.floor(left / minute))} min`;
    if (left < 2 * day) return `${this.number(Math.floor(left / hour))} h`;
    return this.count('elements.time.days', Math.floor(left / day));
  }

  /** When something was, as one says it: "14 min ago"; after two months the date. */
  ago(time: number, now: number): string {
    if (now - time > 60 * day) return this.date(time);
    return this.t('elements.time.ago', { time: this.span(now - time) });
  }

  /** A moment, ISO 8601 in the reader's time zone: "2026-11-28 14:05". */
  moment(time: number): string {
    return `${this.date(time)} ${this.clock(time)}`;
  }

  /** "2026-11-28" */
  date(time: number): string {
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) return '–';
    return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join('-');
  }

  /** "14:05" */
  clock(time: number): string {
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) return '–';
    return [at.getHours(), at.getMinutes()].map(twoDigits).join(':');
  }

  /** A short date for an axis: "28 Nov". */
  day(time: number): string {
    const options = { day: 'numeric', month: 'short' } as const;
    return new Intl.DateTimeFormat(this.language, options).format(time);
  }

  state(state: DeviceState | PortState): string {
    return this.t(`elements.state.${state}`);
  }

  severity(severity: string): string {
    return this.t(`elements.severity.${severity}`);
  }

  period(period: Period): string {
    return this.t(`elements.period.${period}`);
  }

  comparison(comparison: Comparison): string {
    return this.t(`elements.compare.${comparison}`);
  }

  /** A metric's name: "CPU"; one that is not known without underscores. */
  metric(metric: string): string {
    const key = `elements.metric.${metric}`;
    return textAt(english, key) === undefined ? metric.replaceAll('_', ' ') : this.t(key);
  }
}

/**
 * The language of an element: that of the nearest `lang` around it. Dashboard 2 has `lang="en"` on every page
 * whatever its reader speaks, so the browser's own language comes before an "en" of the whole page.
 * @param near the nearest `lang` below `<html>`, `''` where there is none
 * @param page that of `<html>`
 */
export function languageOf(near: string, page: string, browser: readonly string[]): string {
  if (near !== '') return near;
  if (page !== '' && page !== 'en') return page;
  return browser.find((language) => localeOf(language) !== undefined) ?? 'en';
}

function textAt(texts: unknown, key: string): string | undefined {
  let at = texts;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return typeof at === 'string' ? at : undefined;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
