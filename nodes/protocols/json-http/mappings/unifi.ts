import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

/**
 * One answer has the ports of all devices of a site; another site has its name in place of `default`.
 * Devices of one name are told apart by their MAC.
 */
export const unifi: VendorMapping = {
  title: 'UniFi Network',
  reference:
    'https://help.ui.com/hc/en-us/articles/30076656117655-Getting-Started-with-the-Official-UniFi-API',
  access: {
    url: 'https://{address}/proxy/network/api/s/default/stat/device',
    authentication: 'key',
    keyHeader: 'X-API-KEY',
  },
  expression: `meta.rc = "error" ? $error(meta.msg) : (${helpers}
$uses := data[$type(name) = "string"]{ name: $count($) };
{
  "interfaces": [data.(
    $device := name ? ($lookup($uses, $string(name)) > 1 ? name & " " & mac : name) : mac;
    port_table.{
      "name": $device & " " & (port_idx ? "port " & port_idx : ifname ? ifname : name),
      "index": port_idx,
      "alias": name,
      "type": media,
      "up": up,
      "adminUp": enable,
      "duplex": up != false ? (full_duplex = true ? "full" : full_duplex = false ? "half" : full_duplex),
      "speed": $times(speed, 1e6),
      "inOctets": rx_bytes,
      "outOctets": tx_bytes,
      "inPackets": rx_packets,
      "outPackets": tx_packets,
      "inErrors": rx_errors,
      "outErrors": tx_errors,
      "inDiscards": rx_dropped,
      "outDiscards": tx_dropped
    }
  )]
})`,
};
