import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/red.ts';
import type { RegisteredNode } from '../support/registered-nodes.ts';

/** What a version of the package had that flows rely on. */
export interface Published {
  version: string;
  nodes: Record<string, RegisteredNode>;
  /** what the selects of its dialogs offered, by node and setting */
  choices: Record<string, Record<string, string[]>>;
  /** the unit of each */
  metrics: Record<string, string>;
  /** one of each that the documentation shows */
  messages: Record<'readings' | 'alert', { topic: string; payload: unknown }>;
}

export interface FlowNode extends Record<string, unknown> {
  id: string;
  type: string;
}

const fixtures = join(root, 'test', 'fixtures');

export async function published(version: string): Promise<Published> {
  return (await json(join(fixtures, version, 'published.json'))) as Published;
}

/** The examples of a version, by name. */
export async function publishedExamples(version: string): Promise<Map<string, FlowNode[]>> {
  const folder = join(fixtures, version, 'examples');
  const examples = new Map<string, FlowNode[]>();
  for (const file of await readdir(folder)) {
    examples.set(file.replace(/\.json$/, ''), (await json(join(folder, file))) as FlowNode[]);
  }
  return examples;
}

/** What the threshold checks of a version's examples sent, `for` left out, of each device's readings in turn. */
export interface PublishedAlerts {
  readings: (Record<string, unknown> & { labels: { device: string } })[];
  /** by example, without times */
  messages: Record<string, { output: number; topic: string; payload: unknown }[]>;
}

export async function publishedAlerts(version: string): Promise<PublishedAlerts> {
  return (await json(join(fixtures, version, 'alerts.json'))) as PublishedAlerts;
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
