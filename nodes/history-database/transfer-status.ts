import type { ExportRequest } from '../shared/history/export-request.ts';

/** What the dialog asks to be exported: times as history read takes them. */
export interface AskedExport {
  /** of the database */
  id: string;
  from: string;
  to: string;
  metrics: string;
  format: ExportRequest['format'];
}

/** How far an export, import or backup is. */
export interface TransferStatus {
  state: 'running' | 'done' | 'cancelled' | 'failed';
  /** why it failed, in the reader's language */
  error?: string;
  /** how much of 1 is done, where that is known */
  share?: number;
  /** readings that were exported or taken */
  readings?: number;
  /** the time up to which all was exported, in ms since the Unix epoch */
  until?: number;
  /** the line up to which all was imported */
  line?: number;
  /** lines that were refused, and why the first of them were */
  refused?: number;
  problems?: string[];
  /** the backup, once it is complete */
  folder?: string;
}
