import type { ToldProblem } from '../../told-problem.ts';
import type { AskedQuery } from '../store/messages.ts';
import type { AnalysisName } from './index.ts';

/** What the thread of an analysis is to do. */
export interface ThreadWork {
  name: AnalysisName;
  request: unknown;
}

/** What it asks for, or ends with. It hears answers. */
export type FromAnalysis =
  | { type: 'ask'; query: AskedQuery }
  | { type: 'analysed'; result: unknown }
  | { type: 'failed'; problem: ToldProblem };
