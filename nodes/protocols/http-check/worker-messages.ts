import type { ToldProblem } from '../../shared/told-problem.ts';
import type { Piece } from '../thread/pieces.ts';
import type { ConditionResult } from './transport.ts';

/** What the thread gets: a body in pieces, then the condition on it. */
export type ToWorker = Piece | { type: 'evaluate'; expression: string };

/** What it says. */
export type FromWorker =
  | { type: 'parsed' }
  | ({ type: 'done' } & ConditionResult)
  | { type: 'failed'; problem: ToldProblem };
