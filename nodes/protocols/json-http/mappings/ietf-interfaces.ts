import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

/**
 * What RFC 7223 has in `interfaces-state`, RFC 8343 has in `interfaces`, where the older devices only
 * have the configuration. The older path is asked, as most devices know it; the expression reads both,
 * and both at once.
 */
export const ietfInterfaces: VendorMapping = {
  title: 'RESTCONF: ietf-interfaces',
  reference: 'https://www.rfc-editor.org/rfc/rfc8343',
  access: {
    url: 'https://{address}/restconf/data/ietf-interfaces:interfaces-state',
    authentication: 'basic',
  },
  expression: `(${helpers}
$configured := $."ietf-interfaces:interfaces".interface;
$states := $."ietf-interfaces:interfaces-state".interface;
$configurations := $configured[$type(name) = "string"]{ name: $[0] };
{
  "interfaces": [($states ? $states : *.interface).(
    $counts := statistics;
    $configuration := $type(name) = "string" ? $lookup($configurations, name);
    {
      "name": name,
      "index": $."if-index",
      "alias": [description, $configuration.description][0],
      "type": $after(type, ":"),
      "up": $means($."oper-status", { "up": true, "down": false, "testing": false,
        "dormant": false, "not-present": false, "lower-layer-down": false, "unknown": null }),
      "adminUp": [$means($."admin-status", { "up": true, "down": false, "testing": true }),
        enabled, $configuration.enabled][0],
      "speed": speed,
      "inOctets": $counts."in-octets",
      "outOctets": $counts."out-octets",
      "inPackets": $total([$counts."in-unicast-pkts", $counts."in-multicast-pkts",
        $counts."in-broadcast-pkts"]),
      "outPackets": $total([$counts."out-unicast-pkts", $counts."out-multicast-pkts",
        $counts."out-broadcast-pkts"]),
      "inErrors": $counts."in-errors",
      "outErrors": $counts."out-errors",
      "inDiscards": $counts."in-discards",
      "outDiscards": $counts."out-discards"
    }
  )]
})`,
};
