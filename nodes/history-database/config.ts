import * as check from '../shared/check.ts';
import { labelsFromText } from '../shared/labels-text.ts';
import { FieldProblem } from '../shared/problem.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';
import { checkUrlPath } from '../shared/url-path.ts';

const day = 86_400_000;

/** Where history is kept, how long, whether it can be read over HTTP, and who gets it. */
export const historySettings = settings({
  name: unchecked(''),
  /** whether readings are kept in a folder, or read from a server that others fill */
  source: choice('folder', ['folder', 'server']),
  /** of that server: what stands before /api/v1/ */
  serverUrl: setting('', checkUrl),
  /** empty for a folder in the user directory */
  folder: setting('', (field, value) =>
    value === '' ? '' : check.text(field, value, { max: 1000 }).trim(),
  ),
  /** days that readings are kept as they came */
  rawDays: number(90, { min: 1, max: 3650, times: day }),
  /** days that the summaries of 5 minutes are kept */
  minutesDays: number(365, { min: 1, max: 36_500, times: day }),
  /** days that the summaries of an hour are kept */
  hoursDays: number(1825, { min: 1, max: 36_500, times: day }),
  /** GB of all files, above which the oldest go */
  maxSize: number(1, { min: 0.01, max: 10_000, times: 1e9 }),
  /** s that readings gather before they are written to the disk */
  commitInterval: number(1, { min: 0.05, max: 300, times: 1000 }),
  /** whether /api/metrics and /metrics are served */
  api: flag(false),
  /** what stands before the addresses of the API, such as `netmon` */
  apiPath: setting('', checkUrlPath),
  /** where all goes on to by Prometheus' remote write; empty for nowhere */
  remoteUrl: setting('', checkUrl),
  /** of that, or of the server that is read */
  remoteLogin: choice('none', ['none', 'basic', 'bearer']),
  /** labels for all series that have none of that name */
  remoteLabels: setting('', (field, value) => labelsFromText(field, String(value))),
  /** false takes any certificate */
  remoteVerify: flag(true),
  /** the receiver's own certificate authority in PEM form; empty for the usual ones */
  remoteCa: setting('', check.certificates),
});

export const { checks, read: checkSettings } = historySettings;
export type HistoryDatabaseSettings = Values<typeof historySettings>;
export type HistoryDatabaseOptions = Parsed<typeof historySettings>;

// A web address that holds no secret; empty for none.
function checkUrl(field: string, value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === '') return '';
  const url = typeof text === 'string' && !/\s/.test(text) ? URL.parse(text) : null;
  const isGood =
    url && ['http:', 'https:'].includes(url.protocol) && url.username + url.password === '';
  if (!isGood) throw new FieldProblem(field, 'webAddress', value);
  return url.href;
}
