import { readArpTable } from '../../../shared/host/arp.ts';
import type { SnmpNetwork } from '../transport.ts';
import { SnmpClient } from './client.ts';

/** SNMP of this machine; the library is loaded for the first request. */
export const snmpNetwork: SnmpNetwork = {
  now: Date.now,
  snmp: (options) => new SnmpClient(options),
  arp: readArpTable,
};
