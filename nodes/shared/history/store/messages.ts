import type { ToldProblem } from '../../told-problem.ts';
import type { Answer, Query } from './query.ts';
import type { LatestValue, Refused, Retention, SeriesName, StoreStatus } from './store.ts';

// What the thread of a history and Node-RED's own tell each other.

export interface WorkerSettings {
  folder: string;
  retention: Retention;
  /** ms between two commits */
  commitMs: number;
}

/** Readings of several messages together; their series by the order in which they were named. */
export interface WriteMessage {
  type: 'write';
  id: number;
  /** forget the series named before */
  anew: boolean;
  /** series that were not named before */
  named: SeriesName[];
  series: Float64Array;
  times: Float64Array;
  values: Float64Array;
}

/** A query as it passes between threads: its filters are texts that were checked. */
export type AskedQuery = Omit<Query, 'takes'> & { metrics: string; labels: string };

export type ToWorker =
  | WriteMessage
  | { type: 'read'; id: number; query: AskedQuery }
  | { type: 'cancel'; id: number }
  | { type: 'status'; id: number }
  | { type: 'latest'; id: number; from: number }
  | { type: 'settings'; settings: WorkerSettings }
  | { type: 'close' };

export type FromWorker =
  | { type: 'opened' }
  | { type: 'written'; id: number; refused: Refused }
  | { type: 'answer'; id: number; answer: Answer }
  | { type: 'status'; id: number; status: StoreStatus }
  | { type: 'latest'; id: number; values: LatestValue[] }
  | { type: 'failed'; id: number | undefined; problem: ToldProblem }
  | { type: 'damaged'; file: string };
