import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

/** From RouterOS 7.1 on. It does not tell speeds. */
export const mikrotik: VendorMapping = {
  title: 'MikroTik RouterOS',
  reference: 'https://help.mikrotik.com/docs/spaces/ROS/pages/47579162/REST+API',
  access: { url: 'https://{address}/rest/interface', authentication: 'basic' },
  expression: `(${helpers}
{
  "interfaces": [$.{
    "name": name,
    "alias": comment,
    "type": type,
    "up": $means(running, { "true": true, "false": false }),
    "adminUp": $means(disabled = true ? "true" : disabled = false ? "false" : disabled,
      { "true": false, "false": true }),
    "inOctets": $."rx-byte",
    "outOctets": $."tx-byte",
    "inPackets": $."rx-packet",
    "outPackets": $."tx-packet",
    "inErrors": $."rx-error",
    "outErrors": $."tx-error",
    "inDiscards": $."rx-drop",
    "outDiscards": $."tx-drop"
  }]
})`,
};
