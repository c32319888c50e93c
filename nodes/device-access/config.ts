import * as check from '../shared/check.ts';
import type { DnsFields } from '../protocols/dns/fields.ts';
import type { HttpFields } from '../protocols/json-http/fields.ts';
import type { HttpCheckFields } from '../protocols/http-check/fields.ts';
import { fieldSets, type ProtocolName, protocolNames } from '../protocols/fields.ts';
import type { PingFields } from '../protocols/ping/fields.ts';
import type { PrometheusFields } from '../protocols/prometheus/fields.ts';
import type { Secrets } from '../protocols/protocol.ts';
import type { SnmpFields } from '../protocols/snmp/fields.ts';
import type { TcpFields } from '../protocols/tcp/fields.ts';
import type { TlsFields } from '../protocols/tls/fields.ts';

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

/** The credentials, by the protocols' use of them; see `Secrets`. */
export const secretNames = ['user', 'secret', 'privacySecret'] as const satisfies (keyof Secrets)[];

/** A check for each field that all protocols share. */
export const checks = {
  protocol: (value: unknown) => check.oneOf('protocol', value, protocolNames),
  timeout: (value: unknown) => check.number('timeout', value, { min: 0.1, max: 300 }),
  retries: (value: unknown) => check.number('retries', value, { min: 0, max: 5, integer: true }),
};
