import type { InterfaceState } from '../../contract/snapshot.ts';
import type { ToldProblem } from '../told-problem.ts';
import type { CollectorStatus } from './collector.ts';
import type { KeptTemplates } from './kept-templates.ts';
import type { FlowReport } from './report.ts';
import type { CollectorSettings } from './settings.ts';

/** What the thread begins with. */
export interface WorkerSettings {
  settings: CollectorSettings;
  kept: KeptTemplates;
}

export type ToWorker =
  /** names of devices by their addresses */
  { type: 'devices'; names: (readonly [string, string])[] } | { type: 'close' };

/** The counts of an exporter's interfaces, as sFlow told them in an interval. */
export interface CountersReport {
  exporter: string;
  /** ms since the Unix epoch */
  time: number;
  /** its interfaces, without the name that they are given here */
  interfaces: (Omit<InterfaceState, 'name'> & { index: number; ownName: string | undefined })[];
}

export type FromWorker =
  /** a port could not be opened, or a file not be read */
  | { type: 'problem'; problem: ToldProblem }
  /** what is wrong with the file of leases, each time that it changes */
  | { type: 'leases'; problem: ToldProblem | undefined }
  | { type: 'status'; status: CollectorStatus }
  /** of one exporter, in parts: the last one has `isLast` */
  | { type: 'report'; report: FlowReport; isLast: boolean }
  | { type: 'counters'; counters: CountersReport }
  | { type: 'templates'; kept: KeptTemplates }
  | { type: 'closed' };
