import * as check from '../../shared/check.ts';
import {
  interfaceChecks,
  interfaceDefaults,
  type InterfaceFields,
} from '../../shared/match/interface-filter.ts';
import { Problem } from '../../shared/problem.ts';
import type { FieldSet } from '../field-set.ts';
import { checkOwnOids, type OwnOidRow } from './profiles/own-oids.ts';
import { authProtocols, levels, privProtocols, versions } from './transport.ts';

export interface SnmpFields extends InterfaceFields {
  snmpVersion: (typeof versions)[number];
  /** where an address has none of its own */
  snmpPort: number;
  /** whether an answer may come from another address than the one asked */
  snmpAnyAddress: boolean;
  /** of version 3, as the next three */
  snmpContext: string;
  snmpLevel: (typeof levels)[number];
  snmpAuthentication: (typeof authProtocols)[number];
  snmpPrivacy: (typeof privProtocols)[number];
  snmpInterfaces: boolean;
  snmpSystem: boolean;
  snmpHost: boolean;
  snmpProtocols: boolean;
  snmpNeighbors: boolean;
  snmpOwnOids: OwnOidRow[];
  /** the largest max-repetitions; fewer are asked for where an answer would be too large */
  snmpRepetitions: number;
}

const checks = {
  ...interfaceChecks,
  snmpVersion: (value: unknown) => check.oneOf('snmpVersion', value, versions),
  snmpPort: (value: unknown) =>
    check.number('snmpPort', value, { min: 1, max: 65535, integer: true }),
  snmpAnyAddress: (value: unknown) => check.boolean('snmpAnyAddress', value ?? false),
  snmpContext: (value: unknown) =>
    value === '' || value === undefined ? '' : check.text('snmpContext', value, { max: 32 }),
  snmpLevel: (value: unknown) => check.oneOf('snmpLevel', value, levels),
  snmpAuthentication: (value: unknown) => check.oneOf('snmpAuthentication', value, authProtocols),
  snmpPrivacy: (value: unknown) => check.oneOf('snmpPrivacy', value, privProtocols),
  snmpInterfaces: (value: unknown) => check.boolean('snmpInterfaces', value),
  snmpSystem: (value: unknown) => check.boolean('snmpSystem', value),
  snmpHost: (value: unknown) => check.boolean('snmpHost', value),
  snmpProtocols: (value: unknown) => check.boolean('snmpProtocols', value),
  snmpNeighbors: (value: unknown) => check.boolean('snmpNeighbors', value ?? false),
  snmpOwnOids: (value: unknown) => checkOwnOids('snmpOwnOids', value),
  snmpRepetitions: (value: unknown) =>
    check.number('snmpRepetitions', value, { min: 1, max: 100, integer: true }),
};

export const snmpFields: FieldSet<SnmpFields, typeof checks> = {
  defaults: {
    ...interfaceDefaults,
    snmpVersion: '2c',
    snmpPort: 161,
    snmpAnyAddress: false,
    snmpContext: '',
    snmpLevel: 'authPriv',
    snmpAuthentication: 'sha',
    snmpPrivacy: 'aes',
    snmpInterfaces: true,
    snmpSystem: true,
    snmpHost: false,
    snmpProtocols: false,
    snmpNeighbors: false,
    snmpOwnOids: [],
    snmpRepetitions: 25,
  },
  checks,
};

/** Throws a Problem where neither a profile nor an OID is to be read. */
export function checkSomethingToRead(fields: SnmpFields): void {
  const { snmpInterfaces, snmpSystem, snmpHost, snmpProtocols, snmpNeighbors } = fields;
  const ticks = [snmpInterfaces, snmpSystem, snmpHost, snmpProtocols, snmpNeighbors];
  if (ticks.includes(true) || fields.snmpOwnOids.length > 0) return;
  throw new Problem('snmpNothing');
}

type Chosen = Pick<SnmpFields, 'snmpVersion' | 'snmpLevel'>;

/** A check for each credential, which throws a Problem. */
export const snmpSecretChecks = {
  user(value: string, { snmpVersion }: Chosen) {
    if (snmpVersion === '3') check.text('user', value, { max: 32 });
  },
  secret(value: string, { snmpVersion, snmpLevel }: Chosen) {
    if (snmpVersion !== '3' && value === '') throw new Problem('snmpCommunity');
    if (snmpVersion === '3' && snmpLevel !== 'noAuthNoPriv') checkLength('secret', value);
  },
  privacySecret(value: string, { snmpVersion, snmpLevel }: Chosen) {
    if (snmpVersion === '3' && snmpLevel === 'authPriv') checkLength('privacySecret', value);
  },
};

// RFC 3414, 11.2.
function checkLength(field: string, passphrase: string) {
  if (passphrase.length < 8) throw new Problem('snmpShort', { field });
}
