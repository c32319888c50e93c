import type { Snapshot } from '../../contract/snapshot.ts';
import * as check from '../../shared/check.ts';
import { FieldProblem, Problem } from '../../shared/problem.ts';
import type { Answer } from '../protocol.ts';
import { isAlive, toInterface } from './interface-fields.ts';
import { ProblemList } from './problem-list.ts';
import { type Raw, readField } from './read-field.ts';
import { toSample } from './sample-fields.ts';

/** rows of a list that are read; a device with more is none */
const maxRows = 100_000;

/** rows between two yields */
const stretch = 16;

/** Reads a document as {@link documentReading} does, at once. */
export function readDocument(document: unknown, now: number): Answer {
  const reading = documentReading(document, now);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/**
 * Reads the document that a device answers: a {@link Snapshot} as JSON, or its list of interfaces
 * alone; yields every few rows. A bad field is left out and reported, the rest is kept; null and an
 * empty text are a field that is not there. Throws where the document is none.
 * @param now ms since the Unix epoch: the time of the snapshot
 */
export function* documentReading(document: unknown, now: number): Generator<void, Answer> {
  const raw = (Array.isArray(document) ? { interfaces: document } : document) as Raw | null;
  if (typeof raw !== 'object' || !(raw?.interfaces || raw?.readings)) {
    throw new FieldProblem('document', 'document', document);
  }
  const problems = new ProblemList();
  const snapshot: Snapshot = { time: now };
  const told = {
    deviceTime: readField(problems, raw, '', 'time', (field, value) => check.number(field, value)),
    uptime: readField(problems, raw, '', 'uptime', (field, value) =>
      check.number(field, value, { min: 0 }),
    ),
    hostname: readField(problems, raw, '', 'hostname', (field, value) =>
      check.text(field, value, { max: 255 }).trim(),
    ),
    interfaces: yield* rows(problems, raw, 'interfaces', toInterface),
    readings: yield* rows(problems, raw, 'readings', toSample),
  };
  for (const [name, value] of Object.entries(told)) {
    if (value !== undefined) Object.assign(snapshot, { [name]: value });
  }
  // Where a field was bad, that one may have been the status.
  if (problems.first.length === 0 && told.interfaces?.length && !told.interfaces.some(isAlive)) {
    problems.add(new Problem('bareInterfaces', { count: told.interfaces.length }));
  }
  return { snapshot, problems: problems.first, ...(problems.more > 0 && { more: problems.more }) };
}

// A JSONata expression that finds one row gives the row, not a list of it.
function* rows<Row>(
  problems: ProblemList,
  raw: Raw,
  field: string,
  toRow: (problems: ProblemList, list: string, row: number, raw: Raw) => Row | undefined,
): Generator<void, Row[] | undefined> {
  const value = raw[field];
  const list = readField(problems, raw, '', field, () =>
    check.array(field, typeof value === 'object' && !Array.isArray(value) ? [value] : value),
  );
  if (!list) return undefined;
  if (list.length > maxRows) {
    throw new Problem('longList', { field, count: list.length, max: maxRows });
  }
  const result: Row[] = [];
  for (let i = 0; i < list.length; i++) {
    try {
      const told = list[i];
      if (!isObject(told)) throw new FieldProblem(`${field}[${i}]`, 'object', told);
      const row = toRow(problems, field, i, told);
      if (row !== undefined) result.push(row);
    } catch (error) {
      problems.add(error);
    }
    if (i % stretch === 0) yield;
  }
  return result;
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
