import { dnsFields } from './dns/fields.ts';
import { httpCheckFields } from './http-check/fields.ts';
import { httpFields } from './json-http/fields.ts';
import { ntpFields } from './ntp/fields.ts';
import { pingFields } from './ping/fields.ts';
import { prometheusFields } from './prometheus/fields.ts';
import { snmpFields } from './snmp/fields.ts';
import { tcpFields } from './tcp/fields.ts';
import { tlsFields } from './tls/fields.ts';

/** The fields of each protocol, by its name in a config, in the order in which they are offered. */
export const fieldSets = {
  snmp: snmpFields,
  http: httpFields,
  prometheus: prometheusFields,
  ping: pingFields,
  tcp: tcpFields,
  'http-check': httpCheckFields,
  dns: dnsFields,
  ntp: ntpFields,
  tls: tlsFields,
};

type Intersection<Union> = (Union extends object ? (part: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** The fields of all protocols side by side. Those that several have mean the same in each. */
export type AllFields = Intersection<(typeof fieldSets)[ProtocolName]['defaults']>;

export type ProtocolName = keyof typeof fieldSets;

export const protocolNames = Object.keys(fieldSets) as ProtocolName[];
