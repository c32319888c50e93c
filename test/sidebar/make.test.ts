import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseLabels } from '../../nodes/shared/match/parse-filter.ts';
import { reachedFrom } from '../../nodes/shared/reached-from.ts';
import type { FoundDevice } from '../../nodes/sidebar/look.ts';
import type { WantedDevice } from '../../nodes/sidebar/maker/devices.ts';
import type { FlowNode, Made } from '../../nodes/sidebar/maker/flow.ts';
import { make, makeChart } from '../../nodes/sidebar/maker/make.ts';
import { interfaceFilters } from '../../nodes/sidebar/maker/names.ts';
import { readExample } from '../../scripts/example-flows.ts';
import { root } from '../support/red.ts';
import {
  after,
  checkNode,
  foundSwitch,
  type Installed,
  port,
  wordsIn,
  workspaceOf,
} from './workspace.ts';

const words = wordsIn('en-US');
const options = { community: 'public', words };

function want(found: FoundDevice, ports: string[] = ['Te1/0/1']): WantedDevice {
  return { found, way: found.ways[0]!, ports };
}

function typesOf(nodes: readonly FlowNode[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of nodes) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function only(nodes: readonly FlowNode[], type: string): FlowNode {
  const found = nodes.filter((node) => node.type === type);
  assert.equal(found.length, 1, type);
  return found[0]!;
}

const rulesOf = (nodes: readonly FlowNode[]) =>
  only(nodes, 'netmon-threshold-check').rules as Record<string, unknown>[];

/** The canvas after the first device. */
function first(installed: Installed = 'dashboard-2', ...wanted: WantedDevice[]) {
  const workspace = workspaceOf([], installed);
  const devices = wanted.length > 0 ? wanted : [want(foundSwitch())];
  return after(workspace, make(workspace, devices, options));
}

function add(nodes: FlowNode[], ...devices: WantedDevice[]): { made: Made; nodes: FlowNode[] } {
  const workspace = workspaceOf(nodes);
  const made = make(workspace, devices, options);
  return { made, nodes: after(workspace, made) };
}

describe('the flow made for a first device', () => {
  it('polls it, checks, keeps, mails and shows its readings', () => {
    const nodes = first();
    assert.deepEqual(typesOf(nodes), {
      tab: 1,
      group: 4,
      'netmon-device-access': 1,
      'netmon-device-poll': 1,
      'netmon-threshold-check': 1,
      'netmon-alert-manager': 1,
      'netmon-email-alert': 1,
      'netmon-smtp-server': 1,
      'netmon-history-write': 1,
      'netmon-history-database': 1,
      'netmon-dashboard-data': 1,
      'netmon-chart-data': 1,
      'link in': 1,
      'link out': 1,
      'ui-base': 1,
      'ui-theme': 1,
      'ui-page': 2,
      'ui-group': 2,
      'ui-template': 2,
      'ui-chart': 1,
    });
    const access = only(nodes, 'netmon-device-access');
    assert.deepEqual(access.credentials, { secret: 'public' });
    const poll = only(nodes, 'netmon-device-poll');
    assert.equal(poll.access, access.id);
    assert.deepEqual(poll.devices, [{ name: 'sw-1', address: '10.0.0.2', labels: {} }]);
    const check = only(nodes, 'netmon-threshold-check');
    const keep = only(nodes, 'netmon-history-write');
    const data = only(nodes, 'netmon-chart-data');
    const pages = only(nodes, 'netmon-dashboard-data');
    const alerts = only(nodes, 'netmon-alert-manager');
    assert.deepEqual(
      new Set(poll.wires![0]),
      new Set([check.id, alerts.id, keep.id, pages.id, data.id]),
    );
    // What changed, and all alerts.
    assert.deepEqual(check.wires, [[alerts.id], [alerts.id]]);
    const mail = only(nodes, 'netmon-email-alert');
    assert.deepEqual(alerts.wires, [[mail.id], [pages.id], [keep.id], []]);
    const [shown] = nodes.filter(({ id }) => id === pages.wires![0]![0]);
    assert.match(String(shown!.format), /<netmon-dashboard/);
    assert.ok(reachedFrom(nodes, shown!.id).includes(pages));
    // Where people acknowledge and silence.
    assert.ok(reachedFrom(nodes, shown!.id).includes(alerts));
    assert.equal(data.filter, 'device="sw-1", interface="Te1/0/1"');
    assert.equal(data.database, keep.database);
    assert.deepEqual(data.wires, [[only(nodes, 'ui-chart').id]]);
  });

  it('mails nothing before there is a server, and then to whom mails go already', () => {
    const mail = only(first(), 'netmon-email-alert');
    assert.equal(mail.d, true);
    const server = { id: 's', type: 'netmon-smtp-server', host: 'mail.example.org' };
    const known = { ...mail, id: 'm', d: undefined, z: 'other', server: 's', to: 'a@example.org' };
    const { made } = add([server, known, { id: 'other', type: 'tab' }], want(foundSwitch()));
    const { d, server: used, to } = only(made.nodes, 'netmon-email-alert');
    assert.deepEqual({ d, used, to }, { d: undefined, used: 's', to: 'a@example.org' });
  });

  it('is made for the dashboard that is there, or for none', () => {
    const old = typesOf(first('dashboard-1'));
    assert.deepEqual(
      [old.ui_chart, old.ui_group, old.ui_tab, old['ui-chart']],
      [1, 2, 2, undefined],
    );
    assert.equal(only(first('dashboard-1'), 'netmon-chart-data').dashboard, 'dashboard-1');
    const none = typesOf(first('none'));
    assert.equal(none['netmon-threshold-check'], 1);
    assert.equal(none['netmon-chart-data'], undefined);
  });

  it('shows its pages as the complete examples do', async () => {
    for (const [installed, example] of [
      ['dashboard-2', 'Complete dashboard (Dashboard 2)'],
      ['dashboard-1', 'Complete dashboard (node-red-dashboard)'],
    ] as const) {
      const shown = await readExample(join(root, 'examples'), example);
      const whole = (nodes: FlowNode[]) =>
        nodes.map(({ format }) => String(format)).filter((text) => /<netmon-dash/.test(text));
      assert.deepEqual(whole(first(installed)), whole(shown));
    }
  });

  it('gets its dashboard later where there was none', () => {
    const nodes = first('none');
    const poll = only(nodes, 'netmon-device-poll');
    const { made } = add(nodes, want(foundSwitch()));
    assert.deepEqual(made.changes, []);
    const data = only(made.nodes, 'netmon-chart-data');
    const pages = only(made.nodes, 'netmon-dashboard-data');
    const alerts = only(nodes, 'netmon-alert-manager');
    assert.deepEqual(made.links, [
      { from: poll.id, port: 0, to: pages.id },
      { from: alerts.id, port: 1, to: pages.id },
      { from: only(made.nodes, 'link in').id, port: 0, to: alerts.id },
      { from: poll.id, port: 0, to: data.id },
    ]);
    assert.equal(only(made.nodes, 'ui-chart').z, poll.z);
  });

  it('tells when a ticked port loses its link, and of no other port', () => {
    const link = (ports: string[], interfaces?: FoundDevice['interfaces']) => {
      const found = foundSwitch(interfaces && { interfaces });
      return rulesOf(first('dashboard-2', want(found, ports))).filter(
        ({ metric }) => metric === 'interface_up',
      );
    };
    const [one] = link(['Te1/0/1']);
    assert.equal(one!.filter, 'device="sw-1", interface="Te1/0/1"');
    assert.equal(one!.onlyAfterOk, true);
    assert.equal(link([]).length, 0);
    // All that are no VLANs and the like.
    assert.equal(link(['Gi1/0/1', 'Gi1/0/2', 'Te1/0/1'])[0]!.filter, 'device="sw-1"');
    const many = Array.from({ length: 200 }, (_, i) => port(`GigabitEthernet1/0/${i}`));
    const rules = link(
      many.slice(1).map(({ name }) => name),
      many,
    );
    const takes = (name: string) =>
      rules.filter(({ filter }) =>
        parseLabels('', String(filter)).takes({ device: 'sw-1', interface: name }),
      ).length;
    assert.deepEqual(
      many.map(({ name }) => takes(name)),
      many.map((_, i) => (i === 0 ? 0 : 1)),
    );
  });

  it('passes the checks of each dialog, whatever devices say of themselves', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string());
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 5 }), (name, interfaces) => {
        const found = foundSwitch({ name, interfaces: interfaces.map((i) => port(i)) });
        const nodes = first('dashboard-2', want(found, interfaces.slice(1)));
        nodes.forEach(checkNode);
        const shown = nodes.filter(({ type }) => /^ui/.test(type)).map(({ name }) => name);
        assert.doesNotMatch(shown.join(' '), /[<>{}]/);
      }),
      { numRuns: 30 },
    );
  });

  it('is laid out tidily: from left to right, each node in its group, no two on a spot', () => {
    const devices = [
      want(foundSwitch()),
      want(
        foundSwitch({
          address: 'web',
          ways: [{ protocol: 'ping', settings: {}, responseTime: 1 }],
        }),
      ),
    ];
    for (const installed of ['dashboard-2', 'dashboard-1', 'none'] as const) {
      checkLayout(first(installed, ...devices));
    }
  });

  it('speaks the language of the editor', () => {
    const workspace = workspaceOf([]);
    const { nodes } = make(workspace, [want(foundSwitch())], {
      ...options,
      words: wordsIn('de'),
    });
    assert.equal(only(nodes, 'tab').label, 'Netzwerk');
    nodes.forEach(checkNode);
  });
});

describe('a further device', () => {
  const second = () => foundSwitch({ address: '10.0.0.3', name: 'sw-2' });

  it('becomes a row of the device poll that asks in the same way', () => {
    const { made, nodes } = add(first(), want(second()));
    assert.deepEqual(made.nodes, []);
    assert.deepEqual(only(nodes, 'netmon-device-poll').devices, [
      { name: 'sw-1', address: '10.0.0.2', labels: {} },
      { name: 'sw-2', address: '10.0.0.3', labels: {} },
    ]);
    const links = rulesOf(nodes).filter(({ metric }) => metric === 'interface_up');
    assert.deepEqual(
      links.map(({ name }) => name),
      ['Link lost: sw-1', 'Link lost: sw-2'],
    );
    nodes.forEach(checkNode);
  });

  it('uses the access that opened it, also where the editor does not know its community', () => {
    const nodes = first().map((node) =>
      node.credentials ? { ...node, credentials: undefined } : node,
    ) as FlowNode[];
    const { id } = only(nodes, 'netmon-device-access');
    const found = second();
    found.ways[0]!.access = id;
    assert.deepEqual(add(nodes, want(found)).made.nodes, []);
    // Without it the community may be another one.
    const { made } = add(nodes, want(second()));
    assert.equal(only(made.nodes, 'netmon-device-access').name, 'SNMP (2)');
  });

  it('that is asked in another way gets a poll beside, wired and grouped like the first', () => {
    const found = second();
    found.ways = [{ protocol: 'ping', settings: { packets: 3 }, responseTime: 1 }];
    const before = first();
    const sibling = only(before, 'netmon-device-poll');
    const { made, nodes } = add(before, want(found, []));
    assert.deepEqual(typesOf(made.nodes), { 'netmon-device-access': 1, 'netmon-device-poll': 1 });
    const [, poll] = nodes.filter(({ type }) => type === 'netmon-device-poll');
    assert.deepEqual(poll!.wires, sibling.wires);
    assert.equal(poll!.g, sibling.g);
    assert.deepEqual([poll!.x, poll!.y], [sibling.x, Number(sibling.y) + 60]);
  });

  it('that is watched already changes nothing', () => {
    const { made } = add(first(), want(foundSwitch()));
    assert.deepEqual([made.nodes, made.changes, made.links], [[], [], []]);
  });

  it('keeps names apart', () => {
    const found = second();
    found.name = 'sw-1';
    const { devices } = only(add(first(), want(found)).nodes, 'netmon-device-poll');
    assert.deepEqual(
      (devices as { name: string }[]).map(({ name }) => name),
      ['sw-1', 'sw-1 (2)'],
    );
  });

  it('is not put on a tab that is locked or switched off', () => {
    for (const state of ['locked', 'disabled']) {
      const nodes = first().map((node) =>
        node.type === 'tab' ? { ...node, [state]: true } : node,
      );
      const { made } = add(nodes, want(second()));
      assert.equal(only(made.nodes, 'tab').id, made.tab);
      assert.deepEqual(made.changes, []);
    }
  });
});

describe('a chart for a port', () => {
  it('is wired behind the poll of its device, below all that is there', () => {
    const nodes = first();
    const workspace = workspaceOf(nodes);
    const made = makeChart(workspace, { device: 'sw-1', port: 'Gi1/0/2' }, { words })!;
    assert.deepEqual(typesOf(made.nodes), {
      group: 1,
      'netmon-chart-data': 1,
      'ui-chart': 1,
      'ui-group': 1,
    });
    const data = only(made.nodes, 'netmon-chart-data');
    assert.equal(data.filter, 'device="sw-1", interface="Gi1/0/2"');
    assert.deepEqual(made.links, [
      { from: only(nodes, 'netmon-device-poll').id, port: 0, to: data.id },
    ]);
    checkLayout(after(workspace, made));
  });

  it('is none where the device is not watched or no dashboard is there', () => {
    const charted = { device: 'sw-9', port: 'Gi1/0/2' };
    assert.equal(makeChart(workspaceOf(first()), charted, { words }), undefined);
    const none = workspaceOf(first('none'), 'none');
    assert.equal(makeChart(none, { ...charted, device: 'sw-1' }, { words }), undefined);
  });
});

it('a filter for interfaces takes these and no others', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, fc.uniqueArray(text, { minLength: 1, maxLength: 40 }), (device, names) => {
      const [left, ...taken] = names;
      if (taken.length === 0) return;
      const filters = interfaceFilters(device, taken).map((filter) => parseLabels('', filter));
      const takes = (name: string) =>
        filters.filter((filter) => filter.takes({ device, interface: name })).length;
      assert.deepEqual(
        taken.map(takes),
        taken.map(() => 1),
      );
      assert.equal(takes(left!), 0);
    }),
  );
});

function checkLayout(nodes: readonly FlowNode[]) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const spots = new Set<string>();
  for (const node of nodes) {
    if (typeof node.x !== 'number' || node.type === 'group') continue;
    const spot = `${node.x} ${String(node.y)}`;
    assert.ok(!spots.has(spot), `${node.type} at ${spot}`);
    spots.add(spot);
    for (const next of (node.wires ?? []).flat()) {
      assert.ok(byId.get(next)!.x! > node.x, `${node.type} to ${byId.get(next)!.type}`);
    }
  }
  const groups = nodes.filter(({ type }) => type === 'group');
  const edges = groups.map(({ x, y, w, h }) => [
    x,
    y,
    Number(x) + Number(w),
    Number(y) + Number(h),
  ]);
  groups.forEach((group, i) => {
    assert.deepEqual(group.style, { label: true });
    const [left, top, right, bottom] = edges[i] as [number, number, number, number];
    for (const id of group.nodes as string[]) {
      const { x, y } = byId.get(id)!;
      assert.ok(x! > left && x! < right && y! > top && y! < bottom, id);
    }
    for (const [l, t, r, b] of edges.slice(0, i) as [number, number, number, number][]) {
      assert.ok(right < l || left > r || bottom < t || top > b, String(group.name));
    }
  });
}
