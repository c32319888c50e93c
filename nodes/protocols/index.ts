import { bind, type BoundProtocol } from './bound-protocol.ts';
import { dnsNetwork } from './dns/network.ts';
import { dns } from './dns/protocol.ts';
import type { AllFields, ProtocolName } from './fields.ts';
import { httpCheckNetwork } from './http-check/network.ts';
import { httpCheck } from './http-check/protocol.ts';
import { jsonHttpNetwork } from './json-http/network.ts';
import { http } from './json-http/protocol.ts';
import { ntpNetwork } from './ntp/network.ts';
import { ntp } from './ntp/protocol.ts';
import { pingNetwork } from './ping/network.ts';
import { ping } from './ping/protocol.ts';
import { prometheus } from './prometheus/protocol.ts';
import { snmpNetwork } from './snmp/network/index.ts';
import { snmp } from './snmp/protocol.ts';
import { tcpNetwork } from './tcp/network.ts';
import { tcp } from './tcp/protocol.ts';
import { tlsNetwork } from './tls/network.ts';
import { tls } from './tls/protocol.ts';
import { webNetwork } from './web/network.ts';

/** How each protocol asks, by its name in a config, through the network of this machine. */
export const protocols: Readonly<Record<ProtocolName, BoundProtocol<AllFields>>> = {
  http: bind(http, jsonHttpNetwork),
  snmp: bind(snmp, snmpNetwork),
  prometheus: bind(prometheus, webNetwork),
  ping: bind(ping, pingNetwork),
  tcp: bind(tcp, tcpNetwork),
  'http-check': bind(httpCheck, httpCheckNetwork),
  dns: bind(dns, dnsNetwork),
  ntp: bind(ntp, ntpNetwork),
  tls: bind(tls, tlsNetwork),
};
