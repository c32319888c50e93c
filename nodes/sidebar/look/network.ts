import { Resolver } from '../../protocols/network/resolve.ts';
import { pingNetwork } from '../../protocols/ping/network.ts';
import { snmpNetwork } from '../../protocols/snmp/network/index.ts';
import { tcpNetwork } from '../../protocols/tcp/network.ts';
import { webNetwork } from '../../protocols/web/network.ts';
import { nameOf } from './host-names.ts';
import type { LookNetwork } from './transport.ts';
import { page } from './web-client.ts';

const resolver = new Resolver();

/** The network of this machine. */
export const lookNetwork: LookNetwork = {
  ...webNetwork,
  ...snmpNetwork,
  ...pingNetwork,
  ...tcpNetwork,
  page,
  nameOf,
  resolve: async (host) => (await resolver.resolve(host))[0]!.address,
};
