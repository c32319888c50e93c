import { dns } from './dns/protocol.ts';
import { http } from './json-http/protocol.ts';
import { httpCheck } from './http-check/protocol.ts';
import { ping } from './ping/protocol.ts';
import { prometheus } from './prometheus/protocol.ts';
import { snmp } from './snmp/protocol.ts';
import { tcp } from './tcp/protocol.ts';
import { tls } from './tls/protocol.ts';

/** How each protocol asks, by their names in a config. */
export const protocols = { http, snmp, prometheus, ping, tcp, 'http-check': httpCheck, dns, tls };
