import * as check from '../shared/check.ts';
import {
  checkUniqueMaintenance,
  type MaintenanceInput,
  type MaintenanceWindow,
} from '../shared/maintenance.ts';
import { FieldProblem } from '../shared/problem.ts';
import { isBlank } from '../shared/text.ts';
import { checkInhibition, type Inhibition } from './inhibition.ts';
import {
  checkLabelNames,
  checkReceiver,
  checkReceivers,
  checkUniqueRoute,
  type Delivery,
  maxRows,
  type Route,
  type RouteInput,
  timeChecks,
} from './route.ts';
import { checkNoCircle, checkParents, type ParentInput, type ParentRow } from './topology.ts';

/** What alerts are handled by, as a flow, a message or a file has it. Times are in s. */
export interface ConfigurationInput {
  /** names with commas between; each is an output, in this order */
  receivers: string | string[];
  groupBy: string | string[];
  groupWait: number;
  groupInterval: number;
  repeatInterval: number;
  escalateAfter: number;
  /** a receiver; empty for none */
  escalateTo: string;
  routes: RouteInput[];
  inhibitions: { source: string; target: string; equal: string | string[] }[];
  parents: ParentInput[];
  /** whether this machine's gateway is a parent of all that has no other */
  gateway: boolean;
  /** whether parents are learned from what switches tell of their neighbors */
  neighbors: boolean;
  childGrace: number;
  maintenance: MaintenanceInput[];
  flapChanges: number;
  flapWindow: number;
}

/** The same, checked. */
export interface Configuration {
  receivers: readonly string[];
  /** for alerts that take no route, and what a route leaves out */
  delivery: Delivery;
  routes: readonly Route[];
  inhibitions: readonly Inhibition[];
  parents: readonly ParentRow[];
  gateway: boolean;
  neighbors: boolean;
  /** s */
  childGrace: number;
  maintenance: readonly MaintenanceWindow[];
  flapChanges: number;
  /** s */
  flapWindow: number;
  /** as it was given, to be shown and kept */
  input: ConfigurationInput;
}

export const configurationDefaults: ConfigurationInput = {
  receivers: 'default',
  groupBy: 'alertname, site',
  groupWait: 30,
  groupInterval: 300,
  repeatInterval: 14_400,
  escalateAfter: 0,
  escalateTo: '',
  routes: [],
  inhibitions: [
    {
      source: 'severity="critical"',
      target: 'severity=~"info|warning"',
      equal: 'device, metric, interface, disk, sensor',
    },
  ],
  parents: [],
  gateway: false,
  neighbors: false,
  childGrace: 120,
  maintenance: [],
  flapChanges: 6,
  flapWindow: 1800,
};

export type ConfigurationField = keyof ConfigurationInput;
export const configurationFields = Object.keys(configurationDefaults) as ConfigurationField[];

const tick = (field: string, value: unknown) => check.boolean(field, value);

type CheckRow<Row> = (where: string, value: unknown) => Row;

/** Takes what is wrong, where the rest is to be used nevertheless. */
type Problems = Error[] | undefined;

/** The checks of each field by itself. Each throws a FieldProblem. */
export const fieldChecks = {
  receivers: checkReceivers,
  groupBy: checkLabelNames,
  ...timeChecks,
  escalateTo: (field: string, value: unknown) =>
    isBlank(value) ? '' : checkReceiver(field, value),
  routes: (field: string, value: unknown) => routes(field, value),
  inhibitions: (field: string, value: unknown) => list(field, value, checkInhibition),
  parents,
  gateway: tick,
  neighbors: tick,
  childGrace: (field: string, value: unknown) => check.number(field, value, { min: 0, max: 3600 }),
  maintenance: (field: string, value: unknown) => maintenance(field, value),
  flapChanges: (field: string, value: unknown) =>
    check.number(field, value, { min: 0, max: 100, integer: true }),
  flapWindow: (field: string, value: unknown) =>
    check.number(field, value, { min: 60, max: 86_400 }),
} satisfies { [Field in ConfigurationField]: (field: string, value: unknown) => unknown };

/**
 * Checks a whole configuration; what is left out has its default.
 * @param where its name in error texts; empty where the fields stand alone
 * @param problems takes what is wrong: a bad row is left out then, and a bad field has its default. Without it, the
 *   first FieldProblem is thrown
 */
export function checkConfiguration(
  where: string,
  value: unknown,
  problems?: Error[],
): Configuration {
  const raw = check.object(where, value, configurationFields) as Partial<ConfigurationInput>;
  const input = Object.fromEntries(
    configurationFields.map((field) => [field, raw[field] ?? configurationDefaults[field]]),
  ) as unknown as ConfigurationInput;
  const at = (field: string) => check.join(where, field);
  const attempt = <Value>(make: () => Value, otherwise: () => Value): Value => {
    try {
      return make();
    } catch (error) {
      if (!problems) throw error;
      problems.push(error as Error);
      return otherwise();
    }
  };
  const checked = <Field extends ConfigurationField>(field: Field) => {
    const parse = fieldChecks[field] as (
      at: string,
      value: unknown,
    ) => ReturnType<(typeof fieldChecks)[Field]>;
    return attempt(
      () => parse(at(field), input[field]),
      () => parse(field, configurationDefaults[field]),
    );
  };
  const receivers = checked('receivers');
  return {
    receivers,
    delivery: {
      receiver: receivers[0]!,
      groupBy: checked('groupBy'),
      groupWait: checked('groupWait'),
      groupInterval: checked('groupInterval'),
      repeatInterval: checked('repeatInterval'),
      escalateAfter: checked('escalateAfter'),
      escalateTo: attempt(
        () =>
          isBlank(input.escalateTo)
            ? ''
            : checkReceiver(at('escalateTo'), input.escalateTo, receivers),
        () => '',
      ),
    },
    routes: attempt(
      () => routes(at('routes'), input.routes, receivers, problems),
      () => [],
    ),
    inhibitions: list(at('inhibitions'), input.inhibitions, checkInhibition, problems),
    parents: attempt(
      () => parents(at('parents'), input.parents, problems),
      () => [],
    ),
    gateway: checked('gateway'),
    neighbors: checked('neighbors'),
    childGrace: checked('childGrace'),
    maintenance: maintenance(at('maintenance'), input.maintenance, problems),
    flapChanges: checked('flapChanges'),
    flapWindow: checked('flapWindow'),
    input,
  };
}

function routes(
  field: string,
  value: unknown,
  receivers?: readonly string[],
  problems?: Problems,
): Route[] {
  const names = new Set<string>();
  const checkRow = (where: string, row: unknown) => checkUniqueRoute(where, row, names, receivers);
  return list(field, value, checkRow, problems);
}

function maintenance(field: string, value: unknown, problems?: Problems): MaintenanceWindow[] {
  const names = new Set<string>();
  const checkRow = (where: string, row: unknown) => checkUniqueMaintenance(where, row, names);
  return list(field, value, checkRow, problems);
}

function parents(field: string, value: unknown, problems?: Problems): ParentRow[] {
  const all = list(field, value, checkParents, problems);
  checkNoCircle(field, all);
  return all;
}

function list<Row>(
  field: string,
  value: unknown,
  checkRow: CheckRow<Row>,
  problems?: Problems,
): Row[] {
  const rows: Row[] = [];
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!problems) throw error;
      problems.push(error as Error);
    }
  };
  attempt(() => {
    const all = check.array(field, value);
    if (all.length > maxRows) throw new FieldProblem(field, 'fewer', all.length, { max: maxRows });
    all.forEach((row, i) => attempt(() => rows.push(checkRow(check.join(field, i), row))));
  });
  return rows;
}
