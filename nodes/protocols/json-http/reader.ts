import { inSlices } from '../../shared/in-slices.ts';
import { Problem } from '../../shared/problem.ts';
import type { Expressions } from '../expressions.ts';
import type { Answer } from '../protocol.ts';
import { parseAnswer } from '../web/parse-answer.ts';
import { documentReading } from './document.ts';
import { httpFields, type MappingFields } from './fields.ts';
import { mappings } from './mappings/index.ts';
import type { AnswerThread, Source } from './transport.ts';

/** How an answer becomes a document, checked. */
export type Mapping =
  | { by: 'netmon' }
  | {
      by: 'vendor' | 'jsonata';
      /** JSONata */
      expression: string;
    };

/** The same, checked. A vendor's goes by its name: it is always Netmon's present one. Throws a FieldProblem. */
export function mappingOf(fields: MappingFields): Mapping {
  const by = httpFields.checks.mappingType(fields.mappingType);
  const mapping = httpFields.checks.mapping(fields.mapping, fields);
  switch (by) {
    case 'netmon':
      return { by };
    case 'vendor':
      return { by, expression: mappings[mapping]!.expression };
    case 'jsonata':
      return { by, expression: mapping };
  }
}

/** What is read, and for whom. */
interface ReadRequest {
  source: Source;
  /** ms since the Unix epoch */
  now: number;
  expressions: Expressions | undefined;
  signal: AbortSignal;
}

/** Reads an answer. Rejects with a Problem, or with the signal's reason once it is aborted. */
type Read = (request: ReadRequest) => Promise<Answer>;

/**
 * Reads answers by a mapping. The thread reads large ones, and all that an expression of the user's own
 * maps: neither can hold up Node-RED.
 */
export function readerOf(mapping: Mapping, thread: AnswerThread): Read {
  const there: Read = ({ source, now, expressions, signal }) =>
    thread.read({
      source,
      now,
      ask: (name, args) => (expressions ? expressions.call(name, args) : ''),
      signal,
      ...('expression' in mapping && { expression: mapping.expression }),
    });
  const here: Read = async ({ source, now, expressions, signal }) => {
    const value = 'json' in source ? parseAnswer(source.json) : source.document;
    const document =
      'expression' in mapping ? await expressions!.evaluate(mapping.expression, value) : value;
    return inSlices(documentReading(document, now), { signal });
  };
  switch (mapping.by) {
    case 'netmon':
      return (request) => ('json' in request.source ? there : here)(request);
    case 'vendor':
      return async (request) => {
        const isHere = 'document' in request.source && request.expressions;
        return withoutNone(await (isHere ? here : there)(request));
      };
    case 'jsonata': {
      const onlyHere = needsNodeRed(mapping.expression);
      return (request) => (onlyHere && request.expressions ? here : there)(request);
    }
  }
}

/** Whether an expression uses what only Node-RED's own thread has. */
function needsNodeRed(source: string): boolean {
  return /\$moment\b/.test(source);
}

// What has no interfaces for a vendor's mapping is another page, or what a stranger may see.
function withoutNone(answer: Answer): Answer {
  if (answer.snapshot.interfaces?.length === 0) answer.problems.push(new Problem('noInterfaces'));
  return answer;
}
