import * as check from '../shared/check.ts';
import type { DnsFields } from './fields/dns.ts';
import type { HttpFields } from './fields/http.ts';
import type { HttpCheckFields } from './fields/http-check.ts';
import { fieldSets, type ProtocolName, protocolNames } from './fields/index.ts';
import type { PingFields } from './fields/ping.ts';
import type { PrometheusFields } from './fields/prometheus.ts';
import type { SnmpFields } from './fields/snmp.ts';
import type { TcpFields } from './fields/tcp.ts';
import type { TlsFields } from './fields/tls.ts';

/** What holds for any protocol. */
export interface CommonFields {
  protocol: ProtocolName;
  /** s, for a whole answer */
  timeout: number;
  /** how often a poll is tried again */
  retries: number;
}

/**
 * A device access as Node-RED keeps it: the fields of all protocols side by side. Those that several
 * protocols have mean the same in each.
 */
export interface AccessConfig
  extends
    CommonFields,
    HttpFields,
    PrometheusFields,
    PingFields,
    TcpFields,
    HttpCheckFields,
    DnsFields,
    TlsFields,
    SnmpFields {
  name: string;
}

export const defaults: AccessConfig = {
  name: '',
  protocol: 'http',
  timeout: 5,
  retries: 1,
  ...fieldSets.prometheus.defaults,
  ...fieldSets.ping.defaults,
  ...fieldSets.tcp.defaults,
  ...fieldSets['http-check'].defaults,
  ...fieldSets.dns.defaults,
  ...fieldSets.tls.defaults,
  ...fieldSets.snmp.defaults,
  ...fieldSets.http.defaults,
};

/** A check for each field that all protocols share. */
export const checks = {
  protocol: (value: unknown) => check.oneOf('protocol', value, protocolNames),
  timeout: (value: unknown) => check.number('timeout', value, { min: 0.1, max: 300 }),
  retries: (value: unknown) => check.number('retries', value, { min: 0, max: 5, integer: true }),
};
