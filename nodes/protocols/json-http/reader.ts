import type { Node, NodeAPI } from 'node-red';
import { mappings } from './mappings/index.ts';
import type { DocumentAnswer } from '../protocol.ts';
import type { AnswerWorker } from './answer-worker.ts';
import { Problem } from '../../shared/problem.ts';
import { checks, type PollConfig } from '../../device-poll/config.ts';
import { documentReading, type ReadDocument } from './document.ts';
import { inSlices } from '../../shared/in-slices.ts';
import { jsonataMapping, needsNodeRed, prepare } from './jsonata-mapping.ts';
import { parseAnswer } from '../web/parse-answer.ts';
import { redFunctions } from './red-functions.ts';

/**
 * Reads what a device answered. Rejects with a Problem, or with the signal's reason once aborted.
 * @param now ms since the Unix epoch
 */
export type Read = (
  answer: DocumentAnswer,
  now: number,
  signal: AbortSignal,
) => Promise<ReadDocument>;

/** Turns what a device answers into a document. */
export type Mapping = (answer: unknown) => unknown;

/** Reads answers on this thread. */
export function readHere(mapping: Mapping): Read {
  return async (answer, now) => {
    const value = 'json' in answer ? parseAnswer(answer.json) : answer.document;
    return inSlices(documentReading(await mapping(value), now));
  };
}

// What has no interfaces for a vendor's mapping is another page, or what a stranger may see.
function withoutNone(read: ReadDocument): ReadDocument {
  if (read.snapshot.interfaces?.length === 0) read.problems.push(new Problem('noInterfaces'));
  return read;
}

/**
 * The reader that a config names. Large answers are read by the worker, as are all that an expression
 * of the user's own maps: neither can hold up Node-RED. A vendor's mapping goes by its name, so that
 * it is always Netmon's present one. Throws a FieldProblem.
 */
export function readerOf(
  { mapping, mappingType }: Pick<PollConfig, 'mapping' | 'mappingType'>,
  worker: AnswerWorker,
  util: NodeAPI['util'],
  node?: Node,
): Read {
  const ask = redFunctions(util, node);
  const readThere =
    (expression?: string): Read =>
    (source, now, signal) =>
      worker.read({ source, now, ask, signal, ...(expression !== undefined && { expression }) });
  const bySize = (small: Read, large: Read): Read => {
    return (answer, now, signal) => ('json' in answer ? large : small)(answer, now, signal);
  };
  switch (checks.mappingType(mappingType)) {
    case 'netmon':
      return bySize(
        readHere((answer) => answer),
        readThere(),
      );
    case 'vendor': {
      const { expression } = mappings[checks.vendor(mapping)]!;
      const read = bySize(readHere(jsonataMapping(expression, util)), readThere(expression));
      return async (...asked) => withoutNone(await read(...asked));
    }
    case 'jsonata':
      if (needsNodeRed(mapping)) return readHere(jsonataMapping(mapping, util, node));
      prepare(mapping, util);
      return readThere(mapping);
  }
}
