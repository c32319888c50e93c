import type { Snapshot } from '../../contract/snapshot.ts';
import type { ToldProblem } from '../../shared/told-problem.ts';
import type { NodeFunction } from '../expressions.ts';
import type { Piece } from '../thread/pieces.ts';

/** What the worker is to do: to begin with an answer, to send more of what came of it, or to hear. */
export type ToWorker =
  | Piece
  | {
      type: 'read';
      /** missing where the answer was sent in pieces */
      document?: unknown;
      /** what turns the answer into a document; none where it is one */
      expression?: string | undefined;
      now: number;
    }
  | { type: 'more' }
  | { type: 'told'; question: number; value?: unknown; error?: string };

/** The steps of reading an answer; each has its limit of time. */
export type Step = 'parsing' | 'mapping' | 'reading';

/** What the worker says. After `rows` it waits for `more`, so that they never come all at once. */
export type FromWorker =
  | { type: 'step'; step: Step }
  | { type: 'ask'; question: number; name: NodeFunction; args: unknown[] }
  | { type: 'rows'; list: 'interfaces' | 'readings'; rows: unknown[] }
  | { type: 'done'; snapshot: Snapshot; problems: ToldProblem[]; more: number | undefined }
  | { type: 'failed'; problem: ToldProblem };
