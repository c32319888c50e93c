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
  expression: `error ? $error(error.message) : {
  "interfaces": [result[0].interfaces.*.(
    $counts := interfaceCounters;
    {
      "name": name,
      "alias": description,
      "type": hardware,
      "up": lineProtocolStatus ? lineProtocolStatus = "up",
      "adminUp": interfaceStatus ? interfaceStatus != "disabled",
      "duplex": $lookup({ "duplexFull": "full", "duplexHalf": "half" }, duplex),
      "speed": bandwidth,
      "inOctets": $counts.inOctets,
      "outOctets": $counts.outOctets,
      "inPackets": $counts ? $sum($counts.[inUcastPkts, inMulticastPkts, inBroadcastPkts]),
      "outPackets": $counts ? $sum($counts.[outUcastPkts, outMulticastPkts, outBroadcastPkts]),
      "inErrors": $counts.totalInErrors,
      "outErrors": $counts.totalOutErrors,
      "inDiscards": $counts.inDiscards,
      "outDiscards": $counts.outDiscards
    }
  )]
}`,
};
