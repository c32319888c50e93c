import { helpers } from './helpers.ts';
import type { VendorMapping } from './mapping.ts';

export const ciscoNxApi: VendorMapping = {
  title: 'Cisco NX-API',
  reference:
    'https://developer.cisco.com/docs/cisco-nexus-3000-and-9000-series-nx-api-rest-sdk-user-guide-and-api-reference/latest/',
  access: {
    url: 'https://{address}/ins',
    authentication: 'basic',
    body: JSON.stringify({
      ins_api: {
        version: '1.0',
        type: 'cli_show',
        chunk: '0',
        sid: '1',
        input: 'show interface',
        output_format: 'json',
      },
    }),
  },
  // Numbers come as numbers or as texts, by model and version; VLANs and mgmt0 have names of their own.
  expression: `(${helpers}
$output := ins_api.outputs.output;
$isWord := function($value) { $type($value) = "string" and $value != "" };
$failed := $exists($output) and $not($exists($output.body.TABLE_interface));
$failed ? $error($join([$output.msg, $output.clierror].$string($), ": ")) : {
  "interfaces": [$output.body.TABLE_interface.ROW_interface.(
    $up := [state, svi_line_proto][0];
    $adminUp := [admin_state, svi_admin_state][0];
    $kilobits := [eth_bw, svi_bw][0];
    {
      "name": interface,
      "alias": [desc, svi_desc][0],
      "type": eth_hw_desc,
      "up": $isWord($up) ? $up = "up" : $up,
      "adminUp": $isWord($adminUp) ? $adminUp = "up" : $adminUp,
      "duplex": $means(eth_duplex, { "auto": null, "--": null }),
      "speed": $times($kilobits, 1000),
      "inOctets": [eth_inbytes, vdc_lvl_in_bytes, svi_ucast_bytes_in][0],
      "outOctets": [eth_outbytes, vdc_lvl_out_bytes, svi_ucast_bytes_out][0],
      "inPackets": [eth_inpkts, vdc_lvl_in_pkts, svi_ucast_pkts_in][0],
      "outPackets": [eth_outpkts, vdc_lvl_out_pkts, svi_ucast_pkts_out][0],
      "inErrors": eth_inerr,
      "outErrors": eth_outerr,
      "inDiscards": eth_indiscard,
      "outDiscards": eth_outdiscard
    }
  )]
})`,
};
