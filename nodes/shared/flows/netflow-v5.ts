import type { Exporter } from './exporter.ts';
import type { Flow, FlowSink } from './flow.ts';

const headerLength = 24;
const recordLength = 48;

/**
 * Decodes a datagram of NetFlow v5, which Cisco's documents describe ("NetFlow Export Datagram Format"): a header of
 * 24 octets and up to 30 records of 48.
 * @param flow is used for each flow
 */
export function decodeV5(
  data: Buffer,
  exporter: Exporter,
  arrived: number,
  flow: Flow,
  sink: FlowSink,
): void {
  const domain =
    data.length < headerLength ? undefined : exporter.domain('NetFlow v5', data.readUInt16BE(20));
  if (!domain) {
    exporter.tally.malformed++;
    return;
  }
  const told = data.readUInt16BE(2);
  const count = Math.min(told, Math.floor((data.length - headerLength) / recordLength));
  if (count < told) exporter.tally.malformed++;
  const uptime = data.readUInt32BE(4);
  domain.seeUptime(uptime);
  domain.sequence.see(data.readUInt32BE(16), [told]);
  // Two bits of mode, and the interval.
  domain.sampling.setGeneral(Math.max(1, data.readUInt16BE(22) & 0x3fff));
  const factor = domain.sampling.factor(0, 0, 0);
  for (let i = 0; i < count; i++) {
    const at = headerLength + i * recordLength;
    flow.clear();
    flow.source = data.readUInt32BE(at);
    flow.destination = data.readUInt32BE(at + 4);
    flow.input = data.readUInt16BE(at + 12);
    flow.output = data.readUInt16BE(at + 14);
    flow.packets = data.readUInt32BE(at + 16);
    flow.octets = data.readUInt32BE(at + 20);
    // Both are ms since the start, of 32 bits: their difference holds over a wrap.
    flow.firstAge = (uptime - data.readUInt32BE(at + 24)) | 0;
    flow.lastAge = (uptime - data.readUInt32BE(at + 28)) | 0;
    flow.sourcePort = data.readUInt16BE(at + 32);
    flow.destinationPort = data.readUInt16BE(at + 34);
    flow.protocol = data[at + 38]!;
    flow.sourceAs = data.readUInt16BE(at + 40);
    flow.destinationAs = data.readUInt16BE(at + 42);
    flow.factor = factor;
    exporter.tally.flows++;
    sink.flow(flow, arrived);
  }
}
