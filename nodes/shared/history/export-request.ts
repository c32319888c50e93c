export const exportFormats = ['csv', 'jsonl'] as const;

/** What to export: filters that were checked, and ms since the Unix epoch. */
export interface ExportRequest {
  metrics: string;
  labels: string;
  from: number;
  to: number;
  format: (typeof exportFormats)[number];
}
