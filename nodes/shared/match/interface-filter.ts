import type { InterfaceState } from '../../contract/snapshot.ts';
import * as check from '../check.ts';
import { parseNames } from './parse-filter.ts';

const interfaceStatuses = ['any', 'enabled', 'up'] as const;

/** A speed that the operator knows better than the device. */
export interface SpeedRow {
  /** names of interfaces, as in {@link InterfaceFields.interfaceNames} */
  names: string;
  /** Mbit/s */
  megabits: number;
}

/** Which interfaces of a device count, as a dialog has it. Whoever polls interfaces may share it. */
export interface InterfaceFields {
  /** such as `eth*, !eth9`; empty for all, as the next two */
  interfaceNames: string;
  interfaceAliases: string;
  interfaceTypes: string;
  /** `enabled`: not administratively down */
  interfaceStatus: (typeof interfaceStatuses)[number];
  interfaceSpeeds: SpeedRow[];
}

export const interfaceDefaults: InterfaceFields = {
  interfaceNames: '',
  interfaceAliases: '',
  interfaceTypes: '',
  interfaceStatus: 'any',
  interfaceSpeeds: [],
};

const list = (field: string) => (value: unknown) => parseNames(field, value);

export const interfaceChecks = {
  interfaceNames: list('interfaceNames'),
  interfaceAliases: list('interfaceAliases'),
  interfaceTypes: list('interfaceTypes'),
  interfaceStatus: (value: unknown) => check.oneOf('interfaceStatus', value, interfaceStatuses),
  interfaceSpeeds: (value: unknown) => check.array('interfaceSpeeds', value).map(speedRow),
};

function speedRow(value: unknown, i: number) {
  const where = check.join('interfaceSpeeds', i);
  const row = check.object(where, value, ['names', 'megabits']);
  return {
    names: parseNames(
      check.join(where, 'names'),
      check.text(check.join(where, 'names'), row.names),
    ),
    speed: 1e6 * check.number(check.join(where, 'megabits'), row.megabits, { min: 1e-6, max: 1e7 }),
  };
}

/** Chooses interfaces, and corrects their speeds. */
export interface InterfaceFilter {
  /** Whether an interface counts. Missing words count as empty, a missing status as up. */
  takes(state: InterfaceState): boolean;
  /** The operator's speed of an interface, in bit/s; undefined where there is none. */
  speed(name: string): number | undefined;
}

/** The filter of a dialog. Throws a FieldProblem. */
export function interfaceFilter(fields: InterfaceFields): InterfaceFilter {
  const names = interfaceChecks.interfaceNames(fields.interfaceNames);
  const aliases = interfaceChecks.interfaceAliases(fields.interfaceAliases);
  const types = interfaceChecks.interfaceTypes(fields.interfaceTypes);
  const status = interfaceChecks.interfaceStatus(fields.interfaceStatus);
  const speeds = interfaceChecks.interfaceSpeeds(fields.interfaceSpeeds);
  return {
    takes: ({ name, alias = '', type = '', up, adminUp }) =>
      names.takes(name) &&
      aliases.takes(alias) &&
      types.takes(type) &&
      (status === 'any' || (adminUp !== false && (status === 'enabled' || up !== false))),
    speed: (name) => speeds.find((row) => row.names.takes(name))?.speed,
  };
}
