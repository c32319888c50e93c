import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A node of a flow file. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** The examples that belong together as one running whole, in one list. */
export async function readExamples(directory: string): Promise<FlowNode[]> {
  const files = (await readdir(directory)).filter((name) =>
    /^(Complete dashboard|Device API).*\.json$/.test(name),
  );
  const flows = new Map<string, FlowNode>();
  for (const file of files.sort()) {
    for (const node of JSON.parse(await readFile(join(directory, file), 'utf8')) as FlowNode[]) {
      const other = flows.get(node.id);
      if (other && JSON.stringify(other) !== JSON.stringify(node)) {
        throw new Error(`${file}: the id ${node.id} stands for another node already`);
      }
      flows.set(node.id, node);
    }
  }
  return [...flows.values()];
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

/**
 * Two complete examples watch the same machine: only the mail nodes of the first one's tab stay on,
 * so that an outage sends one mail.
 */
export function mailOnce(flows: FlowNode[]): FlowNode[] {
  const first = flows.find((node) => node.type === 'netmon-email-alert')?.z;
  return flows.map((node) =>
    node.type === 'netmon-email-alert' && node.z !== first ? { ...node, d: true } : node,
  );
}
