import type { VendorMapping } from './mapping.ts';

/** The older path is `ietf-interfaces:interfaces-state` (RFC 7223); the expression reads both. */
export const ietfInterfaces: VendorMapping = {
  title: 'RESTCONF: ietf-interfaces',
  reference: 'https://www.rfc-editor.org/rfc/rfc8343',
  access: {
    url: 'https://{address}/restconf/data/ietf-interfaces:interfaces',
    authentication: 'basic',
  },
  expression: `{
  "interfaces": [*.interface.(
    $counts := statistics;
    $total := function($parts) { $count($parts) > 0 ? $sum($parts.$number($)) };
    {
      "name": name,
      "index": $."if-index",
      "alias": description,
      "type": $substringAfter(type, ":"),
      "up": $lookup({ "up": true, "down": false, "testing": false, "dormant": false,
        "not-present": false, "lower-layer-down": false }, $."oper-status"),
      "adminUp": $lookup({ "up": true, "down": false, "testing": true }, $."admin-status"),
      "speed": $number(speed),
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
}`,
};
