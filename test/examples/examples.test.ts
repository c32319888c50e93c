import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertManagerSettings } from '../../nodes/alert-manager/config.ts';
import * as chartData from '../../nodes/chart-data/config.ts';
import * as configAccess from '../../nodes/config-access/config.ts';
import * as configWatch from '../../nodes/config-watch/config.ts';
import type { InterfaceState } from '../../nodes/contract/snapshot.ts';
import { correlateSettings } from '../../nodes/correlate/config.ts';
import { dashboardSettings } from '../../nodes/dashboard-data/config.ts';
import * as deviceAccess from '../../nodes/device-access/config.ts';
import * as devicePoll from '../../nodes/device-poll/config.ts';
import * as emailAlert from '../../nodes/email-alert/config.ts';
import * as flowCollector from '../../nodes/flow-collector/config.ts';
import * as historyDatabase from '../../nodes/history-database/config.ts';
import { readSettings } from '../../nodes/history-read/config.ts';
import { writeSettings } from '../../nodes/history-write/config.ts';
import * as hostMetrics from '../../nodes/host-metrics/config.ts';
import type { ProtocolName } from '../../nodes/protocols/fields.ts';
import { protocols } from '../../nodes/protocols/index.ts';
import { readDevices } from '../../nodes/shared/devices/devices.ts';
import * as smtpServer from '../../nodes/shared/mail/smtp-settings.ts';
import { interfaceFilter } from '../../nodes/shared/match/interface-filter.ts';
import { palette } from '../../nodes/shared/palette.ts';
import * as thresholdCheck from '../../nodes/threshold-check/config.ts';
import { trendSettings } from '../../nodes/trend/config.ts';
import { exampleFiles } from '../../scripts/example-flows.ts';
import { root } from '../support/red.ts';

interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

interface Group extends FlowNode {
  nodes: string[];
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Kind {
  defaults: object;
  check: (node: FlowNode) => unknown;
}

const kinds: Record<string, Kind> = {
  'netmon-alert-manager': { ...alertManagerSettings, check: alertManagerSettings.read },
  'netmon-chart-data': { ...chartData, check: chartData.checkSettings },
  'netmon-config-access': {
    ...configAccess.accessSettings,
    check: (node) => configAccess.checkSettings(node as never),
  },
  'netmon-flow-collector': { ...flowCollector.flowSettings, check: flowCollector.checkSettings },
  'netmon-config-watch': { ...configWatch.watchSettings, check: configWatch.checkSettings },
  'netmon-correlate': { ...correlateSettings, check: correlateSettings.read },
  'netmon-dashboard-data': { ...dashboardSettings, check: dashboardSettings.read },
  'netmon-device-access': { ...deviceAccess, check: checkAccess },
  'netmon-device-poll': { ...devicePoll, check: checkPoll },
  'netmon-email-alert': { ...emailAlert, check: emailAlert.checkSettings },
  'netmon-history-database': {
    ...historyDatabase.historySettings,
    check: historyDatabase.checkSettings,
  },
  'netmon-history-read': { ...readSettings, check: readSettings.read },
  'netmon-history-write': { ...writeSettings, check: writeSettings.read },
  'netmon-host-metrics': { ...hostMetrics, check: hostMetrics.checkSettings },
  'netmon-smtp-server': { ...smtpServer, check: smtpServer.checkSettings },
  'netmon-trend': { ...trendSettings, check: trendSettings.read },
  'netmon-threshold-check': {
    ...thresholdCheck,
    check: (node) => checkAll(thresholdCheck.checks, node),
  },
};

const core = [
  ...['tab', 'group', 'comment', 'inject', 'debug', 'catch', 'link in', 'link out', 'template'],
  ...['change', 'rbe', 'join', 'http in', 'http response', 'websocket out', 'websocket-listener'],
  ...['function', 'http request', 'mqtt out', 'mqtt-broker', 'udp out'],
];
const dashboards: Record<string, RegExp> = {
  'Complete dashboard (node-red-dashboard)': /^ui_/,
  'Complete dashboard (Dashboard 2)': /^ui-/,
};

const folder = join(root, 'examples');
const examples = [...exampleFiles(folder)].map(([name, path]) => ({
  name,
  nodes: JSON.parse(readFileSync(join(folder, path), 'utf8')) as FlowNode[],
}));

describe('The examples', () => {
  it('show every node', () => {
    const shown = new Set(examples.flatMap(({ nodes }) => nodes.map(({ type }) => type)));
    assert.deepEqual(
      Object.keys(kinds).filter((type) => !shown.has(type)),
      [],
    );
  });

  it('can be imported together: no two have a node of the same id', () => {
    const ids = examples.flatMap(({ nodes }) => nodes.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
  });

  it('count what a machine says to itself in no total', () => {
    const lo: InterfaceState = { name: 'lo', type: 'loopback' };
    for (const { name, nodes } of examples) {
      for (const node of nodes) {
        if (node.type === 'netmon-device-access' && node.protocol === 'snmp') {
          const filter = interfaceFilter({ ...deviceAccess.defaults, ...node });
          assert.deepEqual(
            [filter.takes(lo), filter.takes({ name: 'eth0', type: 'ethernet' })],
            [false, true],
            name,
          );
        }
        if (node.type === 'netmon-host-metrics') {
          const filter = hostMetrics.checkSettings(node).interfaceFilter;
          assert.deepEqual(
            [filter.takes('lo'), filter.takes('lo0'), filter.takes('eth0')],
            [false, false, true],
            name,
          );
        }
      }
    }
  });
});

for (const { name, nodes } of examples) {
  describe(`The example "${name}"`, () => {
    const byId = new Map(nodes.map((node) => [node.id, node]));

    it('says what it shows', () => {
      const comments = nodes.filter(({ type }) => type === 'comment');
      assert.equal(comments.length, 1);
      assert.ok(String(comments[0]!.info).length > 100);
    });

    it('needs no node but Netmon, Node-RED and the dashboard that it is for', () => {
      const strange = nodes.filter(
        ({ type }) => !kinds[type] && !core.includes(type) && !dashboards[name]?.test(type),
      );
      assert.deepEqual(strange, []);
    });

    it('has settings that each node takes, all and no others', () => {
      const frame = ['id', 'type', 'z', 'g', 'x', 'y', 'wires', 'name'];
      for (const node of nodes) {
        const kind = kinds[node.type];
        if (!kind) continue;
        // The usual community, which the dialog of an imported example must not lack.
        if (node.protocol === 'snmp') assert.deepEqual(node.credentials, { secret: 'public' });
        else assert.equal(node.credentials, undefined);
        const own = Object.keys(node).filter((key) => ![...frame, 'credentials'].includes(key));
        const known = Object.keys(kind.defaults).filter((key) => !frame.includes(key));
        if (node.type === 'netmon-email-alert') known.push('server', 'history');
        if (
          /^netmon-(history-(write|read)|trend|correlate|chart-data|dashboard-data)$/.test(
            node.type,
          )
        ) {
          known.push('database');
        }
        assert.deepEqual(own.toSorted(), known.toSorted(), node.type);
        kind.check(node);
      }
    });

    it('polls nothing before somebody types a device, and not itself at a port of its own', () => {
      for (const { type, devices, name: node } of nodes) {
        if (type !== 'netmon-device-poll') continue;
        if (name === 'Is it up') assert.doesNotMatch(JSON.stringify(devices), /127\.0\.0\.1:/);
        else assert.deepEqual(devices, [], String(node));
      }
    });

    it('gives its charts a color for each line, those that can be told apart', () => {
      for (const { type, colors } of nodes) {
        if (/^ui.chart$/.test(type)) assert.deepEqual(colors, palette);
      }
      for (const { type, kind, limit } of nodes) {
        if (type === 'netmon-chart-data' && kind === 'line') {
          assert.ok(Number(limit) <= palette.length);
        }
      }
    });

    it('raises no alert for a port that never had a link', () => {
      const rules = nodes.flatMap((node) => (node.rules ?? []) as Record<string, unknown>[]);
      for (const rule of rules.filter(({ metric }) => metric === 'interface_up')) {
        assert.equal(rule.onlyAfterOk, true);
        assert.match(String(rule.summary), /series/);
      }
    });

    it('names only nodes that it has', () => {
      for (const { id, z, g, server, access, database, group, wires, links } of nodes) {
        const named = [z, g, server, access, database, group, wires ?? [], links ?? []].flat(3);
        const missing = named.filter((other) => other && !byId.has(other as string));
        assert.deepEqual(missing, [], id);
      }
    });

    it('is laid out tidily: from left to right, each node in its group, no two on a spot', () => {
      const spots = new Set<string>();
      for (const node of nodes) {
        if (typeof node.x !== 'number' || node.type === 'group') continue;
        const spot = `${node.x} ${String(node.y)}`;
        assert.ok(!spots.has(spot), `${node.type} at ${spot}`);
        spots.add(spot);
        for (const next of (node.wires as string[][]).flat()) {
          assert.ok(Number(byId.get(next)!.x) > node.x, `${node.id} to ${next}`);
        }
      }
      for (const group of nodes.filter((node): node is Group => node.type === 'group')) {
        for (const id of group.nodes) {
          const { x, y } = byId.get(id) as Group;
          assert.ok(x > group.x && x < group.x + group.w, id);
          assert.ok(y > group.y && y < group.y + group.h, id);
        }
      }
    });
  });
}

function checkAll(checks: Record<string, (value: unknown) => unknown>, node: FlowNode) {
  for (const [name, check] of Object.entries(checks)) check(node[name]);
}

function checkAccess(node: FlowNode) {
  checkAll(deviceAccess.checks, node);
  protocols[node.protocol as ProtocolName].check(node as never);
}

function checkPoll(node: FlowNode) {
  checkAll(devicePoll.checks, node);
  // It is chosen in the device access.
  assert.equal(devicePoll.ownMapping(node as never), undefined);
  assert.deepEqual(readDevices(node.devices).problems, []);
}
