import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A node of a flow file. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** The examples that make a running whole, in one list. */
export async function readExamples(directory: string): Promise<FlowNode[]> {
  const files = (await readdir(directory))
    .filter((name) => /^(Complete dashboard|Device API|Thresholds and mail)/.test(name))
    .sort();
  const flows: FlowNode[] = [];
  let complete = 0;
  for (const file of files) {
    const nodes = JSON.parse(await readFile(join(directory, file), 'utf8')) as FlowNode[];
    // The dashboards watch the same machine, and one mail an outage is enough.
    const again = file.startsWith('Complete') && complete++ > 0;
    flows.push(...(again ? nodes.map(withoutMail) : nodes));
  }
  return flows;
}

function withoutMail(node: FlowNode): FlowNode {
  return node.type === 'netmon-email-alert' ? { ...node, d: true } : node;
}

/** An SNMP device that the dashboards show. */
export interface SnmpDevice {
  /** host name or IP address, with a port where it is not 161 */
  address: string;
  community: string;
}

/** Has all polls over SNMP ask that device. */
export function withSnmpDevice(flows: FlowNode[], { address, community }: SnmpDevice): FlowNode[] {
  const over = new Set(flows.filter((node) => node.protocol === 'snmp').map(({ id }) => id));
  return flows.map((node) => {
    if (over.has(node.id)) return { ...node, credentials: { secret: community } };
    if (!over.has(node.access as string)) return node;
    return { ...node, devices: [{ name: address, address, labels: {} }] };
  });
}

/** Parts flows from their nodes' credentials, as Node-RED keeps them in two files. */
export function partCredentials(flows: FlowNode[]) {
  const secret: Record<string, unknown> = {};
  const open = flows.map(({ credentials, ...node }): FlowNode => {
    if (credentials) secret[node.id] = credentials;
    return node;
  });
  return { flows: open, credentials: secret };
}

/** Where this Node-RED and its inbox listen now, and where Node-RED did when the flows were made. */
export interface Ports {
  from: number;
  to: number;
  smtp: number;
}

/**
 * Points flows to the ports of now: addresses of this Node-RED on loopback, and the mail servers on
 * loopback. All else stays as it is.
 */
export function adaptFlows(flows: FlowNode[], { from, to, smtp }: Ports): FlowNode[] {
  const address = new RegExp(`(127\\.0\\.0\\.1|localhost):${from}(?!\\d)`, 'g');
  const json = JSON.stringify(flows).replace(address, `$1:${to}`);
  return (JSON.parse(json) as FlowNode[]).map((node) =>
    node.type === 'netmon-smtp-server' && loopback.includes(String(node.host))
      ? { ...node, port: smtp }
      : node,
  );
}
