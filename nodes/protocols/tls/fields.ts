import * as check from '../../shared/check.ts';
import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField } from '../service-check/port.ts';
import { webChecks, webDefaults, type WebFields } from '../web/fields.ts';

/** The protocols that a server may speak before it goes over to TLS, and their usual ports. */
export const starttlsPorts = {
  smtp: 25,
  imap: 143,
  pop3: 110,
  ftp: 21,
  ldap: 389,
  postgresql: 5432,
} as const;
export type StarttlsProtocol = keyof typeof starttlsPorts;

const starttlsChoices = ['none', ...(Object.keys(starttlsPorts) as StarttlsProtocol[])] as const;

export interface TlsFields
  extends Pick<Limits, 'maxLatency'>, Pick<WebFields, 'verify' | 'ca' | 'oldTls'> {
  /** for addresses that carry none */
  port: PortField;
  /** what the server speaks before TLS begins */
  starttls: (typeof starttlsChoices)[number];
}

const checks = {
  port: checkPort,
  // Accesses of before know none.
  starttls: (value: unknown) => check.oneOf('starttls', value ?? 'none', starttlsChoices),
  verify: webChecks.verify,
  ca: webChecks.ca,
  oldTls: webChecks.oldTls,
  maxLatency: limitChecks.maxLatency,
};

export const tlsFields: FieldSet<TlsFields, typeof checks> = {
  defaults: {
    port: '',
    starttls: 'none',
    verify: webDefaults.verify,
    ca: webDefaults.ca,
    oldTls: webDefaults.oldTls,
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
  usualPort: 443,
};
