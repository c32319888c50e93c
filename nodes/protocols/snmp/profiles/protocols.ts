import type { metrics } from '../../../contract/metrics.ts';
import type { Sample } from '../../../contract/snapshot.ts';
import { number } from '../../if-mib/values.ts';
import type { Agent } from '../agent.ts';
import type { Growth } from '../growth.ts';

type Metric = keyof typeof metrics;

// 32-bit counters of the IP-MIB, TCP-MIB and UDP-MIB (RFC 4293, 4022, 4113), without the group's OID
// 1.3.6.1.2.1.
const rates: readonly [metric: Metric, oid: string][] = [
  ['ip_in_packets', '4.3'],
  ['ip_out_packets', '4.10'],
  ['ip_forwarded_packets', '4.6'],
  ['ip_in_discards', '4.8'],
  ['ip_out_discards', '4.11'],
  ['ip_in_header_errors', '4.4'],
  ['ip_no_routes', '4.12'],
  ['icmp_in_messages', '5.1'],
  ['icmp_out_messages', '5.14'],
  ['icmp_in_errors', '5.2'],
  ['tcp_active_opens', '6.5'],
  ['tcp_passive_opens', '6.6'],
  ['tcp_failed_opens', '6.7'],
  ['tcp_resets', '6.8'],
  ['udp_in_datagrams', '7.1'],
  ['udp_out_datagrams', '7.4'],
  ['udp_in_errors', '7.3'],
  ['udp_no_ports', '7.2'],
];

const oid = (place: string) => `1.3.6.1.2.1.${place}.0`;
const oids = [...rates.map(([, place]) => oid(place)), ...['6.9', '6.11', '6.12'].map(oid)];

/** Reads the counters of a device's IP, ICMP, TCP and UDP. What it does not have is left out. */
export async function readProtocols(agent: Agent, growth: Growth): Promise<Sample[]> {
  const values = await agent.get(oids);
  const samples: Sample[] = [];
  for (const [i, [metric]] of rates.entries()) {
    const value = number(values[i]);
    if (value !== undefined) samples.push({ metric, value, unit: '1/s', counter: true, bits: 32 });
  }
  const [connections, outSegments, retransmitted] = values.slice(rates.length);
  const established = number(connections);
  if (established !== undefined) {
    samples.push({ metric: 'tcp_connections', value: established, unit: '1' });
  }
  const out = growth.of(outSegments);
  const again = growth.of(retransmitted);
  // RFC 4022: tcpOutSegs does not count what is only sent again.
  if (out !== undefined && again !== undefined && out + again > 0) {
    samples.push({
      metric: 'tcp_retransmit_share',
      value: (100 * again) / (out + again),
      unit: '%',
    });
  }
  return samples;
}
