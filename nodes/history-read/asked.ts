import * as check from '../shared/check.ts';
import { type HistoryRequest, requestDefaults } from '../shared/history/request.ts';
import { FieldProblem, type Translate } from '../shared/problem.ts';

/**
 * The request of a node, with what a message asks for instead. Throws a FieldProblem where the message has
 * a field that no request has.
 * @param query `msg.query`: an object with some of the request's fields, or undefined
 */
export function asked(settings: HistoryRequest, query: unknown): HistoryRequest {
  const names = Object.keys(requestDefaults) as (keyof HistoryRequest)[];
  const own = Object.fromEntries(names.map((name) => [name, settings[name]]));
  if (query === undefined) return own as unknown as HistoryRequest;
  const given = check.object('query', query);
  for (const name of Object.keys(given)) {
    if (!(names as string[]).includes(name)) {
      throw new FieldProblem('query', 'knownField', name, { words: names.join(', ') });
    }
  }
  return { ...own, ...given } as unknown as HistoryRequest;
}

/** What series are called that are compared with: the value of their label `compared`. */
export function comparedName({ compare }: HistoryRequest, t: Translate): string {
  return compare === 'none' ? '' : t(`history-read.compared.${compare}`);
}
