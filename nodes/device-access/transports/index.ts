import type { Transports } from '../protocols/protocol.ts';
import { dns } from './dns.ts';
import { HttpClient } from './http.ts';
import { Pinger } from './ping.ts';
import { SnmpClient } from './snmp.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

const pinger = new Pinger();

/** The networks of this machine. */
export const transports: Transports = {
  now: Date.now,
  http: (options) => new HttpClient(options),
  ping: (request, signal) => pinger.ping(request, signal),
  tcp,
  dns,
  tls,
  snmp: (options) => new SnmpClient(options),
};
