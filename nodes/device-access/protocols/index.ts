import { dns } from './dns.ts';
import { http } from './http.ts';
import { httpCheck } from './http-check.ts';
import { ping } from './ping.ts';
import { prometheus } from './prometheus.ts';
import { snmp } from './snmp.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

/** The protocols, by their names in a config. */
export const protocols = { http, prometheus, ping, tcp, 'http-check': httpCheck, dns, tls, snmp };

export type ProtocolName = keyof typeof protocols;

export const protocolNames = Object.keys(protocols) as ProtocolName[];
