import { domainKey, type Exporter } from './exporter.ts';
import { Flow, type FlowSink } from './flow.ts';
import { HeldData } from './held-data.ts';
import { decodeIpfix, ipfixHeader } from './ipfix.ts';
import { decodeV5 } from './netflow-v5.ts';
import { decodeV9, v9Header } from './netflow-v9.ts';
import { decodeSflow } from './sflow.ts';

/** Decodes datagrams of all formats, which are told by their first octets, whatever port they came to. */
export class Decoder {
  readonly #flow = new Flow();
  readonly #held = new HeldData();

  /**
   * Decodes a datagram. It never throws: what cannot be read is counted in the exporter's tally.
   * @param arrived ms on a steady clock
   */
  take(data: Buffer, exporter: Exporter, arrived: number, sink: FlowSink): void {
    exporter.tally.datagrams++;
    const version = data.length < 4 ? 0 : data.readUInt16BE(0);
    if (version === 5) {
      decodeV5(data, exporter, arrived, this.#flow, sink);
    } else if (version === 9) {
      this.#takeV9(data, exporter, arrived, sink);
    } else if (version === 10) {
      this.#takeIpfix(data, exporter, arrived, sink);
    } else if (version === 0 && data.length >= 4 && data.readUInt16BE(2) === 5) {
      decodeSflow(data, exporter, arrived, this.#flow, sink);
    } else {
      exporter.tally.malformed++;
    }
  }

  /** Gives up what waited for a template for too long. @param now ms on the steady clock */
  expire(exporter: Exporter, now: number): void {
    exporter.tally.withoutTemplate += this.#held.expire(exporter.held, now);
  }

  #takeV9(data: Buffer, exporter: Exporter, arrived: number, sink: FlowSink): void {
    const header = v9Header(data);
    const domain = header && exporter.domain('NetFlow v9', header.domain);
    if (!domain) {
      exporter.tally.malformed++;
      return;
    }
    domain.seeUptime(header.uptime);
    const records = decodeV9(data, {
      ...{ exporter, domain, sink, flow: this.#flow, held: this.#held },
      domainKey: domainKey('NetFlow v9', header.domain),
      times: { exportedAt: header.exportedAt, uptime: header.uptime, arrived },
    });
    domain.sequence.seeEither(header.sequence, records);
  }

  #takeIpfix(data: Buffer, exporter: Exporter, arrived: number, sink: FlowSink): void {
    const header = ipfixHeader(data);
    const domain = header && exporter.domain('IPFIX', header.domain);
    if (!domain) {
      exporter.tally.malformed++;
      return;
    }
    const { flows: before } = exporter.tally;
    const records = decodeIpfix(data, header, {
      ...{ exporter, domain, sink, flow: this.#flow, held: this.#held },
      domainKey: domainKey('IPFIX', header.domain),
      times: { exportedAt: header.exportedAt, uptime: Number.NaN, arrived },
    });
    domain.sequence.seeRecords(header.sequence, records, exporter.tally.flows - before);
  }
}
