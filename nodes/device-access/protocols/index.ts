import { http } from './http.ts';

/** The protocols, by their names in a config. */
export const protocols = { http };

export type ProtocolName = keyof typeof protocols;

export const protocolNames = Object.keys(protocols) as ProtocolName[];
