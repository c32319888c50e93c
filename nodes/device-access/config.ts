import * as check from '../shared/check.ts';
import { http, type HttpFields } from './protocols/http.ts';
import { type ProtocolName, protocolNames } from './protocols/index.ts';

/** What holds for any protocol. */
export interface CommonFields {
  protocol: ProtocolName;
  /** s, for a whole answer */
  timeout: number;
  /** how often a poll is tried again */
  retries: number;
}

/** A device access as Node-RED keeps it: the fields of all protocols side by side. */
export interface AccessConfig extends CommonFields, HttpFields {
  name: string;
}

export const defaults: AccessConfig = {
  name: '',
  protocol: 'http',
  timeout: 5,
  retries: 1,
  ...http.defaults,
};

/** A check for each field that all protocols share. */
export const checks = {
  protocol: (value: unknown) => check.oneOf('protocol', value, protocolNames),
  timeout: (value: unknown) => check.number('timeout', value, { min: 0.1, max: 300 }),
  retries: (value: unknown) => check.number('retries', value, { min: 0, max: 5, integer: true }),
};
