// The device of `npm start` that does not exist: dashboards have something to show where there is no SNMP
// device, and a past where there is one, which nobody kept. A function node makes its readings; its past is made by the same code before each start.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { Reading } from '../nodes/contract/reading.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { History } from '../nodes/shared/history/history.ts';
import type { FlowNode } from './example-flows.ts';

const file = fileURLToPath(new URL('start-here.json', import.meta.url));
const minute = 60_000;
/** ms between two readings, as the tab's inject node has it */
const interval = 5000;
const day = 24 * 60 * minute;

/** The tab that the editor opens on: where the dashboards are, and the sample switch. */
export async function readStartTab(): Promise<FlowNode[]> {
  return JSON.parse(await readFile(file, 'utf8')) as FlowNode[];
}

/**
 * Puts the tab before the flows, with its sample switch linked to what each poll of devices is wired to.
 */
export function withStartTab(flows: readonly FlowNode[], tab: readonly FlowNode[]): FlowNode[] {
  const polls = flows.filter(({ type }) => type === 'netmon-device-poll');
  const out = tab.find(({ type }) => type === 'link out')!;
  const ins = polls.map(({ id, z, g, x, y, wires }): FlowNode => ({
    ...{ id: linkId(id), type: 'link in', z, ...(g !== undefined && { g }) },
    ...{ name: 'sample-switch', links: [out.id], x: (x as number) + 155, y: (y as number) - 25 },
    wires,
  }));
  const grouped = flows.map((node) => {
    const added = ins.filter(({ g }) => g === node.id).map(({ id }) => id);
    return added.length > 0 ? { ...node, nodes: [...(node.nodes as string[]), ...added] } : node;
  });
  const linked = tab.map((node) =>
    node === out ? { ...node, links: ins.map(({ id }) => id) } : node,
  );
  return [...linked, ...grouped, ...ins];
}

// One of its own for each poll, the same at every start.
function linkId(poll: string): string {
  return `5a${poll.slice(2)}`;
}

/** What the function node of the tab makes of a time, in ms since the Unix epoch. */
export function sampleSwitch(tab: readonly FlowNode[]): (time: number) => Reading[] {
  const { func } = tab.find(({ type }) => type === 'function')!;
  const make = runInNewContext(`(function (msg) { ${func as string} })`) as (message: object) => {
    payload: Reading[];
  };
  return (time) => make({ payload: time }).payload;
}

/**
 * Writes what a history lacks of the sample switch in the hour before `now`: all of it at the first start, at a later one
 * the time in which Node-RED did not run. Readings are as often as those that come then, for a chart takes longer
 * pauses for gaps.
 */
export async function writeSamplePast(
  folder: string,
  tab: readonly FlowNode[],
  now: number,
): Promise<void> {
  const ages = { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day };
  const retention = { ages, size: 1e9 };
  const history = new History({
    ...{ folder, retention, commitMs: 1000, forwards: [], clock: systemClock },
  });
  const readingsAt = sampleSwitch(tab);
  const from = now - 60 * minute;
  try {
    const { device } = readingsAt(now)[0]!.labels;
    const kept = (await history.latest(from)).filter(({ labels }) => labels.device === device);
    const since = Math.max(from - 1, ...kept.map(({ time }) => time));
    const times = Array.from({ length: (60 * minute) / interval }, (_, i) => from + i * interval);
    // At once, for each write waits for the disk.
    await history.write(times.filter((time) => time > since).flatMap(readingsAt));
  } finally {
    await history.close();
  }
}
