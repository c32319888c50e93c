import * as check from '../shared/check.ts';
import type { LabelFilter, Labels } from '../shared/match/label-filter.ts';
import { parseLabels } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { isBlank } from '../shared/text.ts';

/** For a time, nobody is told of the alerts that its matchers take. The names are those of Alertmanager's API. */
export interface Silence {
  id: string;
  matchers: LabelFilter;
  /** ms since the Unix epoch */
  startsAt: number;
  endsAt: number;
  createdBy: string;
  comment: string;
}

export type SilenceState = 'pending' | 'active' | 'expired';

/** as Alertmanager keeps them, so that one can be looked up */
const keptAfterEnd = 120 * 3_600_000;
const maxSilences = 1000;
const longest = 5 * 365 * 86_400;

export const silenceFields = [
  ...['id', 'matchers', 'startsAt', 'endsAt', 'duration', 'createdBy', 'comment', 'state'],
];

/**
 * Checks a silence as a message brings it: times in ms since the Unix epoch or in ISO 8601, or a `duration` in s in
 * the place of `endsAt`. Throws a FieldProblem.
 * @param date now, ms since the Unix epoch: when it begins unless told
 * @param newId gives the id of one that has none
 */
export function checkSilence(
  where: string,
  value: unknown,
  date: number,
  newId: () => string,
): Silence {
  const silence = soundSilence(where, value, date, newId);
  const { endsAt } = silence;
  if (endsAt <= date) throw new FieldProblem(check.join(where, 'endsAt'), 'later', endsAt);
  return silence;
}

// The same of one that may have ended.
function soundSilence(where: string, value: unknown, date: number, newId: () => string): Silence {
  const raw = check.object(where, value, silenceFields);
  const at = (name: string) => check.join(where, name);
  const matchers = toMatchers(at('matchers'), raw.matchers);
  // As Alertmanager: one that takes what has no labels takes everything.
  if (matchers.takes({})) throw new FieldProblem(at('matchers'), 'silenceMatchers', matchers.text);
  const startsAt = isBlank(raw.startsAt) ? date : toTime(at('startsAt'), raw.startsAt);
  const endsAt = isBlank(raw.duration)
    ? toTime(at('endsAt'), raw.endsAt)
    : startsAt + check.number(at('duration'), raw.duration, { min: 1, max: longest }) * 1000;
  if (endsAt <= startsAt) throw new FieldProblem(at('endsAt'), 'afterStart', raw.endsAt);
  return {
    id: isBlank(raw.id) ? newId() : check.text(at('id'), raw.id, { max: 100 }),
    matchers,
    startsAt,
    endsAt,
    createdBy: check.text(at('createdBy'), raw.createdBy, { max: 200 }).trim(),
    comment: isBlank(raw.comment) ? '' : check.text(at('comment'), raw.comment).trim(),
  };
}

/**
 * Checks a list of them as {@link checkSilence} does each, such as one that was exported: those that have ended since are
 * left out. Throws a FieldProblem of the first that is bad, and of two with the same id.
 */
export function checkSilences(
  where: string,
  value: unknown,
  date: number,
  newId: () => string,
): Silence[] {
  const ids = new Set<string>();
  return check.array(where, value).flatMap((item, i) => {
    const at = check.join(where, i);
    const silence = soundSilence(at, item, date, newId);
    if (ids.has(silence.id)) throw new FieldProblem(check.join(at, 'id'), 'unique', silence.id);
    ids.add(silence.id);
    return silence.endsAt <= date ? [] : [silence];
  });
}

/** A time as ms since the Unix epoch, or as ISO 8601 has it. Throws a FieldProblem. */
function toTime(field: string, value: unknown): number {
  const time = typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : value;
  if (Number.isNaN(time)) throw new FieldProblem(field, 'dateTime', value);
  if (isBlank(time)) throw new FieldProblem(field, 'dateTime', value);
  return check.number(field, time, { min: 0, max: 8.64e15 });
}

// As text, or as Alertmanager's API has them.
function toMatchers(field: string, value: unknown): LabelFilter {
  if (!Array.isArray(value)) return parseLabels(field, check.text(field, value));
  const parts = value.map((item: unknown, i) => {
    const where = check.join(field, i);
    const { name, value: text, isRegex, isEqual } = check.object(where, item);
    if (typeof text !== 'string') throw new FieldProblem(check.join(where, 'value'), 'text', text);
    const operator = `${isEqual === false ? '!' : isRegex === true ? '=' : ''}${isRegex === true ? '~' : '='}`;
    const label = check.text(check.join(where, 'name'), name);
    return `${label}${operator}"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return parseLabels(field, parts.join(', '));
}

/** All silences, also those that have ended lately. */
export class Silences {
  readonly #silences = new Map<string, Silence>();

  /** Adds some, in the place of those with the same ids. Throws a FieldProblem, and adds none, where there are too many. */
  set(silences: readonly Silence[], date: number): void {
    this.#forget(date);
    const added = silences.filter(({ id }) => !this.#silences.has(id)).length;
    const count = this.#silences.size + added;
    if (added > 0 && count > maxSilences) {
      throw new FieldProblem('silences', 'fewer', count, { max: maxSilences });
    }
    for (const silence of silences) this.#silences.set(silence.id, silence);
  }

  /** Ends one now. Throws a FieldProblem where there is none with this id that has not ended. */
  expire(field: string, id: unknown, date: number): Silence {
    const silence = typeof id === 'string' ? this.#silences.get(id) : undefined;
    if (!silence || silence.endsAt <= date) throw new FieldProblem(field, 'silenceId', id);
    const ended = { ...silence, startsAt: Math.min(silence.startsAt, date), endsAt: date };
    this.#silences.set(ended.id, ended);
    return ended;
  }

  /** The ids of those that take labels now. */
  of(labels: Labels, date: number): string[] {
    const ids: string[] = [];
    for (const { id, matchers, startsAt, endsAt } of this.#silences.values()) {
      if (startsAt <= date && date < endsAt && matchers.takes(labels)) ids.push(id);
    }
    return ids;
  }

  /** When the last of some ends; undefined where there are none. */
  endOf(ids: readonly string[]): number | undefined {
    const ends = ids.flatMap((id) => this.#silences.get(id)?.endsAt ?? []);
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  /** When the next one begins or ends; Infinity where none does. */
  next(date: number): number {
    let next = Infinity;
    for (const { startsAt, endsAt } of this.#silences.values()) {
      for (const time of [startsAt, endsAt]) if (time > date && time < next) next = time;
    }
    return next;
  }

  /** All, with their state: those that take effect first, of them the one that ends first. */
  list(date: number): (Silence & { state: SilenceState })[] {
    const order: SilenceState[] = ['active', 'pending', 'expired'];
    const rank = ({ state }: { state: SilenceState }) => order.indexOf(state);
    return this.all(date)
      .map((silence) => ({ ...silence, state: stateOf(silence, date) }))
      .sort((a, b) => rank(a) - rank(b) || a.endsAt - b.endsAt);
  }

  /** All, in the order in which they were added. */
  all(date: number): Silence[] {
    this.#forget(date);
    return [...this.#silences.values()];
  }

  #forget(date: number) {
    for (const { id, endsAt } of this.#silences.values()) {
      if (endsAt + keptAfterEnd < date) this.#silences.delete(id);
    }
  }
}

function stateOf({ startsAt, endsAt }: Silence, date: number): SilenceState {
  if (endsAt <= date) return 'expired';
  return startsAt <= date ? 'active' : 'pending';
}
