import { periods } from '../contract/pages.ts';
import * as check from '../shared/check.ts';
import { parseNames } from '../shared/match/parse-filter.ts';
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

/** What the pages of the dashboard show, and whether others may see one of them. */
export const dashboardSettings = settings({
  name: unchecked(''),
  /** what is shown where nobody chose another */
  period: choice('24h', periods),
  /** % of its speed above which a port is busy */
  busyShare: number(70, { min: 1, max: 100 }),
  /** whether a page for others is served */
  statusPage: flag(false),
  /** where, under the path of Node-RED's own HTTP nodes */
  statusPath: setting('netmon/status', checkPath),
  /** empty for the usual one */
  statusTitle: setting('', (field, value) =>
    value === '' ? '' : check.text(field, value, { max: 200 }).trim(),
  ),
  /** names of devices that it shows, as `core*, !lab*`; empty for all */
  statusDevices: setting('', parseNames),
});

export type DashboardSettings = Values<typeof dashboardSettings> & {
  /** id of the history database that the past is read from; empty for none */
  database?: string;
};
export type DashboardOptions = Parsed<typeof dashboardSettings>;

function checkPath(field: string, value: unknown): string {
  const path = checkUrlPath(field, value);
  if (path === '') throw new FieldProblem(field, 'urlPath', value);
  return path;
}
