import * as check from '../shared/check.ts';
import type { DnsFields } from './protocols/dns.ts';
import type { HttpFields } from './protocols/http.ts';
import type { HttpCheckFields } from './protocols/http-check.ts';
import { type ProtocolName, protocolNames, protocols } from './protocols/index.ts';
import type { PingFields } from './protocols/ping.ts';
import type { PrometheusFields } from './protocols/prometheus.ts';
import type { SnmpFields } from './protocols/snmp.ts';
import type { TcpFields } from './protocols/tcp.ts';
import type { TlsFields } from './protocols/tls.ts';

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
  ...protocols.prometheus.defaults,
  ...protocols.ping.defaults,
  ...protocols.tcp.defaults,
  ...protocols['http-check'].defaults,
  ...protocols.dns.defaults,
  ...protocols.tls.defaults,
  ...protocols.snmp.defaults,
  ...protocols.http.defaults,
};

/** A check for each field that all protocols share. */
export const checks = {
  protocol: (value: unknown) => check.oneOf('protocol', value, protocolNames),
  timeout: (value: unknown) => check.number('timeout', value, { min: 0.1, max: 300 }),
  retries: (value: unknown) => check.number('retries', value, { min: 0, max: 5, integer: true }),
};
