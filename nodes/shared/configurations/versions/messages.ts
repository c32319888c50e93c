import type { ToldProblem } from '../../told-problem.ts';
import type { Versions } from './contract.ts';

// What the thread of configurations and Node-RED's own tell each other: calls, and what came of them.

export interface WorkerSettings {
  folder: string;
}

type Method = keyof Versions;

export type ToWorker =
  | { [M in Method]: { id: number; method: M; args: Parameters<Versions[M]> } }[Method]
  /** nobody asks any more: it ends once all is answered */
  | { method: 'close' };

export type FromWorker =
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'failed'; id: number; problem: ToldProblem }
  /** of no call: a damaged file was put aside */
  | { type: 'told'; problem: ToldProblem };
