import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A node of a flow file. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** Example flows by their names in the editor's Import dialog: paths within the directory, with `/`. */
export function exampleFiles(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  return new Map(files.map((path) => [basename(path, '.json'), path]));
}

/** The nodes of an example of this project. @param name as the editor's Import dialog has it */
export async function readExample(directory: string, name: string): Promise<FlowNode[]> {
  const path = exampleFiles(directory).get(name);
  if (path === undefined) throw new Error(`There is no example ${name}.`);
  return JSON.parse(await readFile(join(directory, path), 'utf8')) as FlowNode[];
}

/** The examples that make a running whole, in one list. */
export async function readExamples(directory: string): Promise<FlowNode[]> {
  const names = [...exampleFiles(directory).keys()].filter((name) =>
    /^(Complete dashboard|Device API|Thresholds and mail)/.test(name),
  );
  const flows: FlowNode[] = [];
  let complete = 0;
  for (const name of names) {
    const nodes = await readExample(directory, name);
    // The dashboards watch the same machine, and one mail an outage is enough.
    const again = name.startsWith('Complete') && complete++ > 0;
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
