import { ip, ipfix, set, template, u, v5, v9 } from '../test/support/flow-datagrams.ts';
import { frame } from '../test/support/packet-capture.ts';
import { randomNumbers } from '../test/support/random-numbers.ts';
import { flowSample, rawHeader, sflow } from '../test/support/sflow-datagrams.ts';

/** Datagrams of one format, and how many flows they have. */
export interface FlowLoad {
  name: string;
  /** the program of nfdump that takes them */
  peer: 'nfcapd' | 'sfcapd';
  datagrams: Buffer[];
  flows: number;
}

const ports = [443, 443, 443, 80, 53, 22, 445, 8443, 51_820, 3389];

interface Made {
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  protocol: number;
  packets: number;
  octets: number;
}

/** Flows of some thousand hosts, as a company has them: few large, many small. */
function madeFlows(count: number): Made[] {
  const random = randomNumbers(11);
  const below = (limit: number) => Math.floor(limit ** random()) - 1;
  return Array.from({ length: count }, () => {
    const [inside, outside] = [below(5000), below(50_000)];
    const packets = 1 + below(2000);
    return {
      source: `10.0.${inside >> 8}.${inside & 255}`,
      destination: `198.${18 + (outside >> 16)}.${(outside >> 8) & 255}.${outside & 255}`,
      sourcePort: 32_768 + Math.floor(random() * 28_000),
      destinationPort: ports[Math.floor(random() * ports.length)]!,
      protocol: random() < 0.8 ? 6 : 17,
      ...{ packets, octets: packets * (60 + Math.floor(random() * 1400)) },
    };
  });
}

/** As routers send them, in datagrams of the usual size. @param count flows of each format */
export function flowLoads(count: number): FlowLoad[] {
  const flows = madeFlows(count);
  const groups = (size: number) =>
    Array.from({ length: Math.ceil(count / size) }, (_, i) =>
      flows.slice(i * size, (i + 1) * size),
    );
  const fields = [
    ...([
      [8, 4],
      [12, 4],
      [15, 4],
      [10, 4],
      [14, 4],
      [2, 4],
      [1, 4],
      [7, 2],
      [11, 2],
    ] as const),
    ...([
      [6, 1],
      [4, 1],
      [5, 1],
      [16, 4],
      [17, 4],
      [9, 1],
      [13, 1],
      [61, 1],
    ] as const),
  ];
  const record = (flow: Made) => [
    ...[ip(flow.source), ip(flow.destination), u(0, 4), u(1, 4), u(2, 4)],
    ...[u(flow.packets, 4), u(flow.octets, 4), u(flow.sourcePort, 2), u(flow.destinationPort, 2)],
    ...[u(24, 1), u(flow.protocol, 1), u(0, 1), u(0, 4), u(0, 4), u(24, 1), u(24, 1), u(0, 1)],
  ];
  const templates = {
    v9: template(256, ...fields, [22, 4], [21, 4]),
    ipfix: template(256, ...fields, [152, 8], [153, 8]),
  };
  const now = Date.now();
  const date = Math.floor(now / 1000);
  const v5s = groups(30).map((some, i) => v5(some, { sequence: i * 30, date }));
  const v9s = groups(22).map((some, i) => {
    const data = some.map((flow) => Buffer.concat([...record(flow), u(1e6, 4), u(1e6, 4)]));
    const sets = i % 50 === 0 ? [set(0, templates.v9)] : [];
    return v9([...sets, set(256, ...data)], { sequence: i, date });
  });
  const ipfixes = groups(19).map((some, i) => {
    const times = [u(now, 8), u(now, 8)];
    const data = some.map((flow) => Buffer.concat([...record(flow), ...times]));
    const sets = i % 50 === 0 ? [set(2, templates.ipfix)] : [];
    return ipfix([...sets, set(256, ...data)], { sequence: i * 19, date });
  });
  const sflows = groups(7).map((some, i) =>
    sflow(
      some.map(({ protocol, ...flow }) => {
        const packet = { ...flow, protocol: protocol === 6 ? ('tcp' as const) : ('udp' as const) };
        return flowSample([rawHeader(frame({ ...packet, time: 0, size: 400 }))], { factor: 100 });
      }),
      { sequence: i + 1 },
    ),
  );
  return [
    { name: 'NetFlow v5', peer: 'nfcapd', datagrams: v5s, flows: count },
    { name: 'NetFlow v9', peer: 'nfcapd', datagrams: v9s, flows: count },
    { name: 'IPFIX', peer: 'nfcapd', datagrams: ipfixes, flows: count },
    { name: 'sFlow', peer: 'sfcapd', datagrams: sflows, flows: count },
  ];
}
