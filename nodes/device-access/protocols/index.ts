import { dns } from './dns.ts';
import { http } from './http.ts';
import { httpCheck } from './http-check.ts';
import { ping } from './ping.ts';
import { prometheus } from './prometheus.ts';
import { snmp } from './snmp.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

/** How each protocol asks, by their names in a config. */
export const protocols = { http, snmp, prometheus, ping, tcp, 'http-check': httpCheck, dns, tls };
