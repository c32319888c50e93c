import type { Transports } from '../protocols/protocol.ts';
import { dns } from './dns.ts';
import { HttpClient } from './http.ts';
import { ping } from './ping.ts';
import { SnmpClient } from './snmp.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

/** The networks of this machine. */
export const transports: Transports = {
  now: Date.now,
  http: (options) => new HttpClient(options),
  ping,
  tcp,
  dns,
  tls,
  snmp: (options) => new SnmpClient(options),
};
