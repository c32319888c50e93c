import { type HistoryRequest, requestChecks, requestDefaults } from '../shared/history/request.ts';
import { choice, number, setting, settings, unchecked, type Values } from '../shared/settings.ts';

/** What the payload of a message about a span holds: see docs/what-changed.md. */
const outputs = ['rows', 'readings', 'sentences'] as const;

/** A field of a request that is kept as it was typed: what it means may depend on the time of day. */
function asTyped<Name extends 'metrics' | 'labels' | 'from' | 'to'>(name: Name, value: string) {
  return setting(value as HistoryRequest[Name], (_, given) => {
    requestChecks[name](given);
    return given as HistoryRequest[Name];
  });
}

/** What is looked at, and against what it is compared. */
export const correlateSettings = settings({
  name: unchecked(''),
  metrics: asTyped('metrics', requestDefaults.metrics),
  labels: asTyped('labels', requestDefaults.labels),
  /** the span where a message says none */
  from: asTyped('from', '1h'),
  to: asTyped('to', ''),
  output: choice('rows', outputs),
  /** how many times as long the time before is */
  times: number(4, { min: 1, max: 12 }),
  /** minutes before an alert began with which its span begins */
  lead: number(15, { min: 1, max: 1440, times: 60_000 }),
  /** s that an alert waits at most */
  timeLimit: number(5, { min: 0.5, max: 60 }),
});

export type CorrelateSettings = Values<typeof correlateSettings> & {
  /** id of the history database */
  database: string;
};
