import { dnsFields } from './dns.ts';
import { httpFields } from './http.ts';
import { httpCheckFields } from './http-check.ts';
import { pingFields } from './ping.ts';
import { prometheusFields } from './prometheus.ts';
import { snmpFields } from './snmp.ts';
import { tcpFields } from './tcp.ts';
import { tlsFields } from './tls.ts';

/** The fields of each protocol, by its name in a config. */
export const fieldSets = {
  http: httpFields,
  snmp: snmpFields,
  prometheus: prometheusFields,
  ping: pingFields,
  tcp: tcpFields,
  'http-check': httpCheckFields,
  dns: dnsFields,
  tls: tlsFields,
};

export type ProtocolName = keyof typeof fieldSets;

export const protocolNames = Object.keys(fieldSets) as ProtocolName[];
