import * as check from '../shared/check.ts';
import {
  checkUniqueRule,
  type ConfigurationRule,
  type RuleInput,
} from '../shared/configurations/rules.ts';
import {
  checkUniqueMaintenance,
  type MaintenanceInput,
  type MaintenanceWindow,
  toTimeOfDay,
} from '../shared/maintenance.ts';
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
import type { WatchedDevice } from './config-watch.ts';
import { readWatched } from './watched-devices.ts';

const day = 86_400_000;
/** rows of a table */
const mostRows = 1000;

/** Whose configurations are fetched, when, and what is told of them. */
export const watchSettings = settings({
  name: unchecked(''),
  devices: setting<WatchedDevice[], WatchedDevice[]>([], checkDevices),
  /** whether devices of readings that come in are watched as well */
  learn: flag(true),
  /** whether a message may replace the devices */
  fromMessages: flag(false),
  /** the id of the config access */
  access: unchecked(''),
  /** the id of the history database, in whose folder they are kept */
  database: unchecked(''),
  schedule: choice('daily', ['daily', 'interval', 'none']),
  /** of day, on this machine's clock */
  timeOfDay: setting('03:00', toTimeOfDay),
  /** s after it over which the devices are spread */
  spread: number(600, { min: 0, max: 80_000, times: 1000 }),
  /** s between two looks at a device */
  interval: number(3600, { min: 60, max: 31 * 86_400, times: 1000 }),
  /** s between a sign of a change and the look at it */
  settle: number(60, { min: 0, max: 3600, times: 1000 }),
  /** h for which a change may be unsaved until that is told; 0 for ever */
  unsavedAfter: number(24, { min: 0, max: 8760, times: 3_600_000 }),
  /** devices at a time */
  limit: number(5, { min: 1, max: 100, integer: true }),
  /** further tries */
  retries: number(2, { min: 0, max: 10, integer: true }),
  /** versions of a device that are kept, and for how many days */
  keepCount: number(200, { min: 1, max: 100_000, integer: true }),
  keepDays: number(1095, { min: 1, max: 36_500, times: day }),
  /** whether texts are kept with their secrets too, encrypted */
  keepSecrets: flag(false),
  /** when changes are expected: those at other times are told as warnings */
  maintenance: setting<MaintenanceInput[], MaintenanceWindow[]>([], checkMaintenance),
  rules: setting<RuleInput[], ConfigurationRule[]>([], checkRules),
});

export const { defaults, read: checkSettings } = watchSettings;
export type WatchConfig = Values<typeof watchSettings>;
export type WatchSettings = Parsed<typeof watchSettings>;

// Only the dialog refuses the whole list for a bad row.
function checkDevices(_: string, value: unknown): WatchedDevice[] {
  const reading = readWatched(value);
  for (;;) {
    const step = reading.next();
    if (!step.done) continue;
    const { devices, problems } = step.value;
    if (problems[0]) throw problems[0];
    return devices;
  }
}

function checkMaintenance(field: string, value: unknown): MaintenanceWindow[] {
  const names = new Set<string>();
  return rowsOf(field, value).map((row, i) =>
    checkUniqueMaintenance(check.join(field, i), row, names),
  );
}

function checkRules(field: string, value: unknown): ConfigurationRule[] {
  const names = new Set<string>();
  return rowsOf(field, value).map((row, i) => checkUniqueRule(check.join(field, i), row, names));
}

function rowsOf(field: string, value: unknown): unknown[] {
  const rows = check.array(field, value);
  if (rows.length > mostRows) throw new FieldProblem(field, 'fewer', rows, { max: mostRows });
  return rows;
}
