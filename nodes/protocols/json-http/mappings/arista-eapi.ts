import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

export const aristaEapi: VendorMapping = {
  title: 'Arista eAPI',
  reference: 'https://www.arista.com/en/um-eos/eos-command-api',
  access: {
    url: 'https://{address}/command-api',
    authentication: 'basic',
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 'netmon',
      method: 'runCmds',
      params: { version: 1, format: 'json', cmds: ['show interfaces'] },
    }),
  },
  expression: `error ? $error(error.message) : (${helpers}
{
  "interfaces": [result[0].interfaces.*.(
    $counts := interfaceCounters;
    {
      "name": name,
      "alias": description,
      "type": hardware,
      "up": $means(lineProtocolStatus, { "up": true, "down": false, "testing": false,
        "dormant": false, "notPresent": false, "lowerLayerDown": false, "unknown": null }),
      "adminUp": $type(interfaceStatus) = "string" and interfaceStatus != ""
        ? interfaceStatus != "disabled" : interfaceStatus,
      "duplex": $means(duplex, { "duplexFull": "full", "duplexHalf": "half",
        "duplexUnknown": null, "duplexAuto": null }),
      "speed": bandwidth,
      "inOctets": $counts.inOctets,
      "outOctets": $counts.outOctets,
      "inPackets": $total([$counts.inUcastPkts, $counts.inMulticastPkts, $counts.inBroadcastPkts]),
      "outPackets": $total([$counts.outUcastPkts, $counts.outMulticastPkts,
        $counts.outBroadcastPkts]),
      "inErrors": $counts.totalInErrors,
      "outErrors": $counts.totalOutErrors,
      "inDiscards": $counts.inDiscards,
      "outDiscards": $counts.outDiscards
    }
  )]
})`,
};
