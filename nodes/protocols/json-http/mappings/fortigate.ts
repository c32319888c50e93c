import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

export const fortigate: VendorMapping = {
  title: 'FortiGate',
  reference: 'https://docs.fortinet.com/document/fortigate/latest/administration-guide/940602',
  access: {
    url: 'https://{address}/api/v2/monitor/system/interface?include_vlan=true&include_aggregate=true&vdom=*',
    authentication: 'bearer',
  },
  expression: `(${helpers}
{
  "interfaces": [results.*.{
    "name": name,
    "alias": alias,
    "up": link,
    "duplex": link != false and duplex = 1 ? "full",
    "speed": $times(speed, 1e6),
    "inOctets": rx_bytes,
    "outOctets": tx_bytes,
    "inPackets": rx_packets,
    "outPackets": tx_packets,
    "inErrors": rx_errors,
    "outErrors": tx_errors
  }]
})`,
};
