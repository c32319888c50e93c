import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

export const openconfigInterfaces: VendorMapping = {
  title: 'RESTCONF: openconfig-interfaces',
  reference: 'https://openconfig.net/projects/models/schemadocs/yangdoc/openconfig-interfaces.html',
  access: {
    url: 'https://{address}/restconf/data/openconfig-interfaces:interfaces',
    authentication: 'basic',
  },
  expression: `(${helpers}
{
  "interfaces": [*.interface.(
    $counts := state.counters;
    $ethernet := $."openconfig-if-ethernet:ethernet".state;
    $speeds := [$ethernet."negotiated-port-speed", $ethernet."port-speed"];
    $speed := $match($speeds[$type($) = "string"][$contains($, /SPEED_[0-9]/)][0], /SPEED_([0-9]+)([MG])B/);
    {
      "name": name,
      "index": state.ifindex,
      "alias": state.description,
      "type": $after(state.type, ":"),
      "up": $means(state."oper-status", { "UP": true, "DOWN": false, "TESTING": false,
        "DORMANT": false, "NOT_PRESENT": false, "LOWER_LAYER_DOWN": false, "UNKNOWN": null }),
      "adminUp": [$means(state."admin-status", { "UP": true, "DOWN": false, "TESTING": true }),
        state.enabled][0],
      "duplex": $means($ethernet."negotiated-duplex-mode", { "FULL": "full", "HALF": "half" }),
      "speed": $number($speed.groups[0]) * ($speed.groups[1] = "G" ? 1e9 : 1e6),
      "inOctets": $counts."in-octets",
      "outOctets": $counts."out-octets",
      "inPackets": $exists($counts."in-pkts") ? $counts."in-pkts" : $total([$counts."in-unicast-pkts",
        $counts."in-multicast-pkts", $counts."in-broadcast-pkts"]),
      "outPackets": $exists($counts."out-pkts") ? $counts."out-pkts" : $total([$counts."out-unicast-pkts",
        $counts."out-multicast-pkts", $counts."out-broadcast-pkts"]),
      "inErrors": $counts."in-errors",
      "outErrors": $counts."out-errors",
      "inDiscards": $counts."in-discards",
      "outDiscards": $counts."out-discards"
    }
  )]
})`,
};
