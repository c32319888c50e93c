import {
  type AllFields,
  fieldSets,
  type ProtocolName,
  protocolNames,
} from '../protocols/fields.ts';
import { conditionToJsonata } from '../protocols/http-check/condition-to-jsonata.ts';
import type { Secrets } from '../protocols/protocol.ts';
import * as check from '../shared/check.ts';
import { versions } from '../shared/settings-version.ts';

/** What holds for any protocol. */
export interface CommonFields {
  /** of the settings, see {@link accessVersions} */
  version: number;
  protocol: ProtocolName;
  /** s, for a whole answer */
  timeout: number;
  /** how often a poll is tried again */
  retries: number;
}

/** A device access as Node-RED keeps it. */
export interface AccessConfig extends CommonFields, AllFields {
  name: string;
}

/** The versions of the settings, from that of Netmon 0.1.0 on. */
export const accessVersions = versions([
  // The condition on the body of a web page became JSONata.
  ({ jsonCondition, ...config }) => ({
    ...config,
    ...(typeof jsonCondition === 'string' && { jsonCondition: conditionToJsonata(jsonCondition) }),
  }),
]);

export const defaults: AccessConfig = {
  version: accessVersions.version,
  name: '',
  protocol: 'snmp',
  timeout: 5,
  retries: 1,
  ...allDefaults(),
};

/** The credentials, by the protocols' use of them; see `Secrets`. */
export const secretNames = ['user', 'secret', 'privacySecret'] as const satisfies (keyof Secrets)[];

// Of a field that several protocols have, the default of the first.
function allDefaults(): AllFields {
  const sets = Object.values(fieldSets).map(({ defaults }) => defaults);
  return Object.assign({}, ...sets.reverse()) as AllFields;
}

/** A check for each field that all protocols share. */
export const checks = {
  version: accessVersions.checkVersion,
  protocol: (value: unknown) => check.oneOf('protocol', value, protocolNames),
  timeout: (value: unknown) => check.number('timeout', value, { min: 0.1, max: 300 }),
  retries: (value: unknown) => check.number('retries', value, { min: 0, max: 5, integer: true }),
};
