import { type ExpectedKey, FieldProblem, Problem, type ProblemKey } from './problem.ts';

/** An error as a message between threads carries it: classes do not pass. */
export interface ToldProblem {
  message: string;
  key?: ProblemKey;
  params?: Record<string, string>;
  /** of a FieldProblem */
  field?: { field: string; expected: ExpectedKey; missing: boolean };
}

export function tell(error: unknown): ToldProblem {
  if (!(error instanceof Problem)) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
  const { message, key, params } = error;
  if (!(error instanceof FieldProblem)) return { message, key, params };
  const { field, expected, missing } = error;
  return { message, key, params, field: { field, expected, missing } };
}

export function heard({ message, key, params, field }: ToldProblem): Error {
  return key ? Object.assign(new Problem(key, params), field) : new Error(message);
}
