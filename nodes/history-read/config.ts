import { aggregations } from '../shared/history/aggregation.ts';
import {
  acrosses,
  comparisons,
  type HistoryRequest,
  requestChecks,
  requestDefaults,
} from '../shared/history/request.ts';
import { choice, setting, settings, unchecked, type Values } from '../shared/settings.ts';

const outputs = ['readings', 'series', 'rows', 'csv', 'jsonl', 'availability'] as const;
/** What a message's payload holds: see docs/history.md. */
export type Output = (typeof outputs)[number];

/** A field of the request that is kept as it was typed: what it means may depend on the time of day. */
function asTyped<Name extends keyof HistoryRequest>(name: Name) {
  return setting(requestDefaults[name], (_, value) => {
    requestChecks[name](value);
    return value as HistoryRequest[Name];
  });
}

/** What is read of a history, and how it is sent. */
export const readSettings = settings({
  name: unchecked(''),
  metrics: asTyped('metrics'),
  labels: asTyped('labels'),
  from: asTyped('from'),
  to: asTyped('to'),
  step: asTyped('step'),
  aggregation: choice('average', aggregations),
  groupBy: asTyped('groupBy'),
  across: choice('sum', acrosses),
  top: asTyped('top'),
  compare: choice('none', comparisons),
  timeZone: asTyped('timeZone'),
  limit: asTyped('limit'),
  output: choice('readings', outputs),
});

export type HistoryReadSettings = Values<typeof readSettings> & {
  /** id of the history database */
  database: string;
};
