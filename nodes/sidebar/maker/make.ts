import { reachedFrom } from '../../shared/reached-from.ts';
import type { FoundDevice } from '../look.ts';
import { accessFor } from './access.ts';
import { addAlerts, alertOutputs } from './alerts.ts';
import { addChart, type Charted } from './chart.ts';
import { dashboardOf } from './dashboards.ts';
import { type DeviceRow, nameOf, type Row, type WantedDevice } from './devices.ts';
import { Draft, type FlowNode, type Made, type Workspace } from './flow.ts';
import { alertsColumn, columns, rowHeight, top } from './layout.ts';
import { addLinkRules } from './link-rules.ts';
import { addMail } from './mail.ts';
import { cleanName, uniqueName } from './names.ts';
import { addPages } from './pages.ts';
import { usualRules } from './rules.ts';
import type { Words } from './words.ts';
import { editableTabs, historyOf, isCheck, pollType } from './workspace.ts';

/** s between two polls: the second one, which brings the first rates, comes soon */
const pollInterval = 15;

/**
 * Makes the flow that watches devices, or adds them to the one that is there.
 * @param community of SNMP 2c, for a device that no access which is there opened
 */
export function make(
  workspace: Workspace,
  devices: readonly WantedDevice[],
  { community, words }: { community: string; words: Words },
): Made {
  const draft = new Draft(workspace);
  const home = homeOf(workspace);
  const tab =
    home?.tab ?? draft.add('tab', { label: words('tab'), disabled: false, info: words('tabInfo') });

  const polls: FlowNode[] = [];
  const rows: Row[] = [];
  for (const wanted of devices) {
    const credentials =
      wanted.way.protocol === 'snmp' && wanted.way.settings.snmpVersion !== '3'
        ? { secret: community }
        : {};
    const access = accessFor(draft, wanted.way, credentials, words);
    const poll = pollWith(draft, access) ?? newPoll(draft, access, tab, words);
    if (!polls.includes(poll)) polls.push(poll);
    const row = addDevice(draft, poll, wanted.found);
    rows.push({ row, wanted });
  }

  const created = polls.filter((poll) => draft.nodes.includes(poll));
  if (home) {
    joinIn(draft, created, home.poll);
    const isShown = reachedFrom(workspace.nodes, home.poll.id).some(isWidget);
    if (!isShown) {
      const all = workspace.nodes.filter(({ type, z }) => type === pollType && z === tab.id);
      const place = { z: tab.id, y: lowest(workspace, tab.id) + 90 };
      addDashboard(draft, [...all, ...created], rows, place, words);
    }
  } else {
    created.forEach((poll, i) => Object.assign(poll, { x: columns[0], y: top + i * rowHeight }));
    draft.group(words('group.collect'), created);
    addRest(draft, created, rows, tab.id, words);
  }
  addLinkRules(draft, polls[0]!, rows, words);
  return draft.made(tab.id, polls[0]!.id);
}

/** The devices that the polls on all tabs have, by the label `device` of their readings. */
export function polledDevices({ nodes }: Workspace): { device: string; address: string }[] {
  return nodes
    .filter(({ type }) => type === pollType)
    .flatMap(({ devices }) => (Array.isArray(devices) ? (devices as DeviceRow[]) : []))
    .map((row) => ({ device: nameOf(row), address: row.address }));
}

/** Makes a chart for a port of a device that is watched. Undefined where it cannot be: no dashboard, or not watched. */
export function makeChart(
  workspace: Workspace,
  charted: Charted,
  { words }: { words: Words },
): Made | undefined {
  const draft = new Draft(workspace);
  const dashboard = dashboardOf(draft);
  const tabs = editableTabs(workspace.nodes);
  const source = workspace.nodes.find(
    (node) =>
      node.type === pollType &&
      tabs.has(node.z!) &&
      devicesOf(draft, node).some((row) => nameOf(row) === charted.device),
  );
  if (!dashboard || !source) return undefined;
  const z = source.z!;
  const place = { z, x: columns[2], y: lowest(workspace, z) + 90 };
  const made = addChart(draft, charted, {
    dashboard,
    source,
    database: historyOf(draft),
    place,
    words,
  });
  draft.group(words('group.chart'), made);
  return draft.made(z, made[0]!.id);
}

/** Where the lowest node or group of a tab ends. */
function lowest({ nodes }: Workspace, tab: string): number {
  const ends = nodes
    .filter(({ z }) => z === tab)
    .map(({ type, y = 0, h }) => y + (type === 'group' ? Number(h) || 0 : 0));
  return Math.max(0, ...ends);
}

function isWidget({ type }: FlowNode): boolean {
  return /^ui[-_]/.test(type);
}

/** The poll, with its tab, that further devices join: one whose readings are checked rather than another. */
function homeOf({ nodes }: Workspace): { tab: FlowNode; poll: FlowNode } | undefined {
  const tabs = editableTabs(nodes);
  const polls = nodes.filter((node) => node.type === pollType && tabs.has(node.z!) && !node.d);
  const isChecked = (poll: FlowNode) => reachedFrom(nodes, poll.id).some(isCheck);
  const poll = polls.find(isChecked) ?? polls[0];
  return poll && { poll, tab: tabs.get(poll.z!)! };
}

function pollWith(draft: Draft, access: FlowNode): FlowNode | undefined {
  const { nodes } = draft.workspace;
  const tabs = editableTabs(nodes);
  return [
    ...nodes.filter(({ z = '', d, fromMessages }) => tabs.has(z) && !d && !fromMessages),
    ...draft.nodes,
  ].find((node) => node.type === pollType && node.access === access.id);
}

function newPoll(draft: Draft, access: FlowNode, tab: FlowNode, words: Words): FlowNode {
  return draft.add(pollType, {
    z: tab.id,
    name: words('poll', { access: String(access.name) }),
    devices: [],
    access: access.id,
    interval: pollInterval,
    wires: [[]],
  });
}

function devicesOf(draft: Draft, poll: FlowNode): DeviceRow[] {
  const devices = draft.value(poll, 'devices');
  return Array.isArray(devices) ? (devices as DeviceRow[]) : [];
}

function addDevice(draft: Draft, poll: FlowNode, found: FoundDevice): DeviceRow {
  const devices = devicesOf(draft, poll);
  const known = devices.find(({ address }) => address === found.address);
  if (known) return known;
  const all = [...draft.workspace.nodes, ...draft.nodes].filter(({ type }) => type === pollType);
  const names = new Set(all.flatMap((node) => devicesOf(draft, node).map(nameOf)));
  const name = uniqueName(cleanName(found.name) || found.address, names);
  const row = { name, address: found.address, labels: {} };
  if (draft.nodes.includes(poll)) devices.push(row);
  else draft.change(poll, { devices: [...devices, row] });
  return row;
}

/** Wires new polls as one that is there, below it and in its group. */
function joinIn(draft: Draft, created: readonly FlowNode[], sibling: FlowNode) {
  const { nodes } = draft.workspace;
  const last = Math.max(
    ...nodes
      .filter(({ type, z, x }) => type === pollType && z === sibling.z && x === sibling.x)
      .map(({ y = 0 }) => y),
  );
  created.forEach((poll, i) => {
    Object.assign(poll, { x: sibling.x, y: last + (i + 1) * rowHeight });
    for (const id of sibling.wires?.[0] ?? []) {
      const target = nodes.find((node) => node.id === id);
      if (target) draft.wire(poll, target);
    }
    if (sibling.g) draft.grouped.push({ group: sibling.g, node: poll.id });
  });
}

/** What comes behind the polls of a new flow: history, checks, mail and the dashboard. */
function addRest(
  draft: Draft,
  polls: readonly FlowNode[],
  rows: readonly Row[],
  z: string,
  words: Words,
) {
  const [, second, third, fourth] = columns;
  const place = (node: FlowNode, x: number, y: number) => Object.assign(node, { z, x, y });
  const fromPolls = (node: FlowNode) => polls.forEach((poll) => draft.wire(poll, node));

  const check = draft.add('netmon-threshold-check', {
    name: words('thresholds'),
    rules: usualRules(words),
    wires: [[], []],
  });
  place(check, second, top);
  fromPolls(check);
  const alerts = addAlerts(draft, check, words);
  place(alerts, alertsColumn, top);
  fromPolls(alerts);
  const mail = addMail(draft, words);
  place(mail, fourth, top);
  draft.wire(alerts, mail);
  draft.group(words('group.check'), [check, alerts, mail]);

  const database =
    historyOf(draft) ?? draft.add('netmon-history-database', { name: words('history') });
  const keep = draft.add('netmon-history-write', { name: words('keep'), database: database.id });
  place(keep, third, 230);
  fromPolls(keep);
  draft.wire(alerts, keep, alertOutputs.history);
  draft.group(words('group.keep'), [keep]);

  addDashboard(draft, polls, rows, { z, y: 350 }, words);
}

/**
 * The widgets of the dashboard that is installed, if one is: its pages, and a chart that can be changed.
 * @param y where they begin
 */
function addDashboard(
  draft: Draft,
  polls: readonly FlowNode[],
  rows: readonly Row[],
  { z, y }: { z: string; y: number },
  words: Words,
) {
  const dashboard = dashboardOf(draft);
  if (!dashboard) return;
  const database = historyOf(draft);
  const pages = addPages(draft, dashboard, polls, { z, y }, words);
  const charted = chartedOf(rows);
  const source = polls.find((poll) =>
    devicesOf(draft, poll).some((row) => nameOf(row) === charted.device),
  )!;
  const place = { z, x: columns[2], y: y + 100 };
  const chart = addChart(draft, charted, { dashboard, source, database, place, words });
  draft.group(words('group.show'), [...pages, ...chart]);
}

/** What the first chart shows: an uplink if there is one. */
function chartedOf(rows: readonly Row[]): Charted {
  const withPorts = rows.find(({ wanted }) => wanted.ports.length > 0);
  const { row, wanted } = withPorts ?? rows[0]!;
  const { ports, found, way } = wanted;
  const isUplink = (port: string) =>
    found.interfaces.some(({ name, isUplink, isUp }) => name === port && isUplink && isUp);
  const port = ports.find(isUplink) ?? ports[0];
  const device = nameOf(row);
  if (port !== undefined) return { device, port };
  const measures = ['snmp', 'http', 'prometheus'].includes(way.protocol);
  return { device, metrics: measures ? 'cpu_usage, memory_usage' : 'latency' };
}
