import type { Transports } from '../protocol.ts';
import { dns } from '../dns/network.ts';
import { HttpClient } from '../web/http-client.ts';
import { Pinger } from '../ping/network.ts';
import { SnmpClient } from '../snmp/network/client.ts';
import { tcp } from '../tcp/network.ts';
import { tls } from '../tls/network.ts';

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
