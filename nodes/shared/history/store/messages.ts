import type { ToldProblem } from '../../told-problem.ts';
import type { Forwarded } from '../remote-write/forwarder.ts';
import type { ForwardSettings } from '../remote-write/forwarders.ts';
import type { Answer, Query } from './query.ts';
import type { Retention } from './retention.ts';
import type { SeriesName } from './series-list.ts';
import type { LatestValue, Refused, StoreStatus } from './store.ts';

// What the thread of a history and Node-RED's own tell each other.

export interface WorkerSettings {
  folder: string;
  retention: Retention;
  /** ms between two commits */
  commitMs: number;
  /** who gets all that is kept */
  forwards: ForwardSettings[];
}

/** How far a receiver is, as it passes between threads. */
type ToldForwarded = Omit<Forwarded, 'problem'> & { problem: ToldProblem | undefined };

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

export interface AnalyseMessage {
  type: 'analyse';
  id: number;
  /** one of those in `analyses/index.ts` */
  name: string;
  request: unknown;
}

export type ToWorker =
  | WriteMessage
  | { type: 'read'; id: number; query: AskedQuery }
  | AnalyseMessage
  | { type: 'cancel'; id: number }
  | { type: 'status'; id: number }
  | { type: 'latest'; id: number; from: number }
  | { type: 'backup'; id: number; folder: string }
  | { type: 'labelNames'; id: number; metrics: string; labels: string }
  /** what was written goes to the disk at once */
  | { type: 'commit' }
  | { type: 'settings'; settings: WorkerSettings }
  | { type: 'close' };

export type FromWorker =
  | { type: 'opened' }
  /** what is written is on the disk again, or in blocks */
  | { type: 'recovered' }
  | { type: 'written'; id: number; refused: Refused }
  | { type: 'answer'; id: number; answer: Answer }
  | { type: 'analysed'; id: number; result: unknown }
  | {
      type: 'status';
      id: number;
      status: StoreStatus & { forwards: Record<string, ToldForwarded> };
    }
  | { type: 'latest'; id: number; values: LatestValue[] }
  | { type: 'backedUp'; id: number; folder: string }
  /** how much of 1 is done of what takes long */
  | { type: 'progress'; id: number; share: number }
  | { type: 'labelNames'; id: number; names: string[] }
  | { type: 'failed'; id: number | undefined; problem: ToldProblem }
  | { type: 'told'; problem: ToldProblem }
  /** `aside`: the whole file was put aside; else something in it is left out */
  | { type: 'damaged'; file: string; aside: boolean };
