import { alertManagerSettings } from '../../nodes/alert-manager/config.ts';
import * as chartData from '../../nodes/chart-data/config.ts';
import { dashboardSettings } from '../../nodes/dashboard-data/config.ts';
import * as deviceAccess from '../../nodes/device-access/config.ts';
import * as devicePoll from '../../nodes/device-poll/config.ts';
import * as emailAlert from '../../nodes/email-alert/config.ts';
import * as historyDatabase from '../../nodes/history-database/config.ts';
import { writeSettings } from '../../nodes/history-write/config.ts';
import type { ProtocolName } from '../../nodes/protocols/fields.ts';
import { protocols } from '../../nodes/protocols/index.ts';
import { readDevices } from '../../nodes/shared/devices/devices.ts';
import * as smtpServer from '../../nodes/shared/mail/smtp-settings.ts';
import type { FoundDevice, FoundInterface } from '../../nodes/sidebar/look.ts';
import type { FlowNode, Made, Workspace } from '../../nodes/sidebar/maker/flow.ts';
import { makerWords, type Words } from '../../nodes/sidebar/maker/words.ts';
import * as thresholdCheck from '../../nodes/threshold-check/config.ts';
import { catalogue } from '../support/catalogue.ts';

type Check = (node: FlowNode) => void;

const all = (checks: object): Check => {
  return (node) => {
    for (const [name, check] of Object.entries(checks)) (check as (v: unknown) => void)(node[name]);
  };
};

const netmon: Record<string, { defaults: object; check: Check }> = {
  'netmon-device-access': {
    defaults: deviceAccess.defaults,
    check(node) {
      all(deviceAccess.checks)(node);
      protocols[node.protocol as ProtocolName].check(node as never);
    },
  },
  'netmon-device-poll': {
    defaults: devicePoll.defaults,
    check(node) {
      all(devicePoll.checks)(node);
      const [problem] = readDevices(node.devices).problems;
      if (problem) throw problem;
    },
  },
  'netmon-threshold-check': thresholdCheckOf(),
  'netmon-alert-manager': {
    defaults: alertManagerSettings.defaults,
    check: alertManagerSettings.read,
  },
  'netmon-chart-data': {
    defaults: { ...chartData.defaults, database: '' },
    check: chartData.checkSettings,
  },
  'netmon-dashboard-data': {
    defaults: { ...dashboardSettings.defaults, database: '' },
    check: dashboardSettings.read,
  },
  'netmon-history-database': {
    defaults: historyDatabase.historySettings.defaults,
    check: historyDatabase.checkSettings,
  },
  'netmon-history-write': {
    defaults: { ...writeSettings.defaults, database: '' },
    check: writeSettings.read,
  },
  'netmon-email-alert': {
    defaults: { ...emailAlert.defaults, server: '' },
    check: emailAlert.checkSettings,
  },
  'netmon-smtp-server': {
    defaults: { ...smtpServer.defaults, name: '' },
    check: smtpServer.checkSettings,
  },
};

function thresholdCheckOf() {
  return { defaults: thresholdCheck.defaults, check: all(thresholdCheck.checks) };
}

/** Throws where a node of Netmon would be marked in the editor. */
export function checkNode(node: FlowNode): void {
  netmon[node.type]?.check(node);
}

export type Installed = 'dashboard-2' | 'dashboard-1' | 'none';

/** An editor with these nodes on its canvas, and a dashboard or none. */
export function workspaceOf(nodes: FlowNode[], installed: Installed = 'dashboard-2'): Workspace {
  const prefix = { 'dashboard-2': 'ui-', 'dashboard-1': 'ui_', none: undefined }[installed];
  return {
    nodes,
    defaults(type) {
      if (netmon[type]) return netmon[type].defaults as Record<string, unknown>;
      if (/^link (in|out)$/.test(type)) return { name: '', links: [] };
      return prefix && type.startsWith(prefix) ? {} : undefined;
    },
  };
}

/** What is on the canvas once all is done. */
export function after({ nodes }: Workspace, made: Made): FlowNode[] {
  const kept = structuredClone([...nodes, ...made.nodes]);
  const byId = new Map(kept.map((node) => [node.id, node]));
  for (const { id, set } of made.changes) Object.assign(byId.get(id)!, set);
  for (const { from, port, to } of made.links) byId.get(from)!.wires![port]!.push(to);
  for (const { group, node } of made.grouped) {
    (byId.get(group)!.nodes as string[]).push(node);
    byId.get(node)!.g = group;
  }
  // The editor gives new nodes ids of their own.
  const text = JSON.stringify(kept).replaceAll('"new-', `"${kept.length}-`);
  return JSON.parse(text) as FlowNode[];
}

/** The texts of what is made. */
export function wordsIn(language: 'en-US' | 'de'): Words {
  return makerWords(catalogue(language, 'sidebar'));
}

export function port(name: string, more: Partial<FoundInterface> = {}): FoundInterface {
  return {
    name,
    isUp: true,
    isSwitchedOff: false,
    isVirtual: false,
    isUplink: false,
    ...more,
  };
}

/** A switch that answers SNMP. */
export function foundSwitch(more: Partial<FoundDevice> = {}): FoundDevice {
  return {
    address: '10.0.0.2',
    name: 'sw-1',
    ways: [{ protocol: 'snmp', settings: {}, responseTime: 3 }],
    interfaces: [
      port('Gi1/0/1'),
      port('Gi1/0/2'),
      port('Te1/0/1', { isUplink: true }),
      port('Vlan1', { isVirtual: true }),
    ],
    kind: 'switch',
    ...more,
  };
}
