// Flows whose pages have 20 charts, or as many lines, of a day of readings every 10 s.
import { join } from 'node:path';
import type { Reading } from '../nodes/contract/reading.ts';
import { readExample } from '../scripts/example-flows.ts';
import { root } from '../test/support/red.ts';
import { normalOf, randomOf } from '../test/support/simulated-series.ts';

const ports = 20;
/** ms between two polls */
const pollMs = 10_000;
const dayMs = 86_400_000;
const device = 'switch';
const databaseId = 'd1e2f3a4b5c60718';
/** by which a flow is given the readings of one poll */
export const injectId = 'a9b8c7d6e5f40312';

/** A day's polls of a switch until `end` in ms since the Unix epoch. */
export function* dayOfSwitch(end: number): Generator<Reading[], void> {
  const random = randomOf(7);
  const normal = normalOf(random);
  const rates = Array.from({ length: 2 * ports }, () => 1e6 * (1 + 40 * random()));
  for (let time = end - dayMs; time < end; time += pollMs) {
    const daily = 1 + 0.4 * Math.sin((2 * Math.PI * time) / dayMs);
    const poll: Reading[] = [
      { metric: 'device_up', value: 1, unit: '1', time, labels: { device } },
      ...(
        [
          ['cpu_usage', 30 * daily + 4 * normal(), '%'],
          ['memory_usage', 50 + 2 * daily + 0.2 * normal(), '%'],
          ['temperature', 40 + 3 * daily + 0.3 * normal(), '°C'],
          ['latency', 12 + Math.abs(normal()), 'ms'],
        ] as const
      ).map(([metric, value, unit]) => ({
        ...{ metric, value: Number(value.toFixed(2)), unit, time, labels: { device } },
      })),
    ];
    for (let port = 0; port < ports; port++) {
      const labels = { device, interface: `port-${port + 1}` };
      const [inRate, outRate] = [rates[2 * port]!, rates[2 * port + 1]!].map((rate) =>
        Math.round(rate * daily * (1 + 0.2 * random())),
      ) as [number, number];
      const utilization = Number((Math.max(inRate, outRate) / 1e7).toFixed(3));
      poll.push(
        { metric: 'in_rate', value: inRate, unit: 'bit/s', time, labels },
        { metric: 'out_rate', value: outRate, unit: 'bit/s', time, labels },
        { metric: 'utilization', value: utilization, unit: '%', time, labels },
        { metric: 'interface_up', value: 1, unit: '1', time, labels },
      );
    }
    yield poll;
  }
}

/** A page to open. */
export interface Opened {
  name: string;
  /** under Node-RED's address */
  path: string;
  /** charts, and small curves, that it has */
  charts: number;
  curves: number;
  nodes: object[];
}

const databaseIn = (folder: string) => ({
  ...{ id: databaseId, type: 'netmon-history-database', version: 1, name: 'history' },
  ...{ source: 'folder', folder, rawDays: 90, minutesDays: 365, hoursDays: 1825, maxSize: 1 },
  ...{ commitInterval: 1 },
});

const place = { z: 'tab', x: 100, y: 100 };
const each = <T>(make: (port: number) => T) => Array.from({ length: ports }, (_, i) => make(i + 1));

/** Chart data of 20 ports, each for a chart of its own. */
function chartData(dashboard: 'dashboard-1' | 'dashboard-2'): object[] {
  return each((port) => ({
    ...{ id: `chartdata0000${port + 100}`, type: 'netmon-chart-data', version: 1, name: '' },
    ...{ dashboard, kind: 'line', metrics: 'in_rate', filter: `interface="port-${port}"` },
    ...{ database: databaseId, window: 1440, limit: 7, points: 200, ...place },
    wires: [[`widget00000000${port + 100}`]],
  }));
}

const pageData = (template: object): object[] => [
  { ...{ id: injectId, type: 'inject', props: [], wires: [['readings00000001']] }, ...place },
  {
    ...{ id: 'readings00000001', type: 'function', outputs: 1, wires: [['pagedata00000001']] },
    func: `const readings = ${JSON.stringify(dayOfSwitch(Date.now()).next().value)};
      return { payload: readings.map((one) => ({ ...one, time: Date.now() })) };`,
    ...place,
  },
  {
    ...{ id: 'pagedata00000001', type: 'netmon-dashboard-data', version: 1, name: '' },
    ...{ database: databaseId, period: '24h', ...place, wires: [['template00000001']] },
  },
  { id: 'template00000001', wires: [['pagedata00000001']], ...template, ...place },
];

const dashboard2 = [
  {
    ...{ id: 'base000000000001', type: 'ui-base', name: 'Bench', path: '/dashboard' },
    ...{ includeClientData: true, acceptsClientConfig: ['ui-template'] },
    ...{ navigationStyle: 'default', titleBarStyle: 'default' },
  },
  {
    ...{ id: 'theme00000000001', type: 'ui-theme', name: 'Bench' },
    colors: {
      ...{ surface: '#17324d', primary: '#0072b2', bgPage: '#eef2f6' },
      ...{ groupBg: '#ffffff', groupOutline: '#d8e0e8' },
    },
    sizes: {
      ...{ density: 'compact', pagePadding: '12px', groupGap: '12px' },
      ...{ groupBorderRadius: '8px', widgetGap: '12px' },
    },
  },
  {
    ...{ id: 'page000000000001', type: 'ui-page', name: 'Charts', ui: 'base000000000001' },
    ...{ path: '/charts', layout: 'grid', theme: 'theme00000000001', order: 1 },
    ...{ visible: 'true', disabled: 'false', icon: 'home', className: '' },
    breakpoints: [{ name: 'Default', px: '0', cols: '12' }],
  },
  {
    ...{ id: 'group00000000001', type: 'ui-group', name: 'All', page: 'page000000000001' },
    ...{ width: '12', height: '1', order: 1, showTitle: false, groupType: 'default' },
    ...{ visible: 'true', disabled: 'false', className: '' },
  },
];

const dashboard1 = [
  { id: 'tab0000000000001', type: 'ui_tab', name: 'Charts', icon: 'dashboard', order: 1 },
  {
    ...{ id: 'group00000000001', type: 'ui_group', name: 'All', tab: 'tab0000000000001' },
    ...{ order: 1, disp: false, width: '24', collapse: false },
  },
];

/** The template that shows Netmon's element, as an example has it. */
async function templateOf(example: string, type: string): Promise<unknown> {
  const nodes = await readExample(join(root, 'examples'), example);
  return nodes.find(
    (node) => node.type === type && String(node.format).includes('<netmon-dashboard'),
  )!.format;
}

/** All pages that are opened. */
export const pagesOf = async (folder: string): Promise<Opened[]> => [
  {
    name: '20 charts of Dashboard 2’s own',
    ...{ path: '/dashboard/charts', charts: ports, curves: 0 },
    nodes: [
      ...[databaseIn(folder), ...dashboard2, ...chartData('dashboard-2')],
      ...each((port) => ({
        ...{ id: `widget00000000${port + 100}`, type: 'ui-chart', group: 'group00000000001' },
        ...{ name: '', label: `port ${port}`, order: port, chartType: 'line', action: 'replace' },
        ...{
          category: 'series',
          categoryType: 'property',
          xAxisType: 'time',
          xAxisFormatType: 'auto',
        },
        ...{ xAxisProperty: 'x', xAxisPropertyType: 'property', width: 3, height: 4 },
        ...{ yAxisProperty: 'y', yAxisPropertyType: 'property', ymin: '0', pointShape: 'false' },
        ...{ showLegend: true, removeOlder: '53', removeOlderUnit: '604800', bins: 10 },
        ...{ interpolation: 'linear', colors: ['#0072B2'], textColor: ['#7a8591'] },
        ...{ gridColor: ['#c5ccd4'], wires: [], ...place },
      })),
    ],
  },
  {
    name: '20 charts of node-red-dashboard’s own',
    ...{ path: '/ui/', charts: ports, curves: 0 },
    nodes: [
      ...[databaseIn(folder), ...dashboard1, ...chartData('dashboard-1')],
      ...each((port) => ({
        ...{ id: `widget00000000${port + 100}`, type: 'ui_chart', group: 'group00000000001' },
        ...{ name: '', label: `port ${port}`, order: port, chartType: 'line', legend: 'true' },
        ...{ width: 6, height: 4, xformat: 'HH:mm', interpolate: 'linear', ymin: '0', ymax: '' },
        ...{ removeOlder: '1', removeOlderUnit: '604800', removeOlderPoints: '', dot: false },
        ...{ colors: ['#0072B2'], outputs: 1, wires: [], ...place },
      })),
    ],
  },
  {
    name: `Netmon’s page of a device with ${ports} ports in Dashboard 2`,
    ...{ path: `/dashboard/charts?netmon=device/${device}`, charts: 4, curves: ports },
    nodes: [
      ...[databaseIn(folder), ...dashboard2],
      ...pageData({
        ...{ type: 'ui-template', group: 'group00000000001', name: '', order: 1 },
        ...{ width: 0, height: 0, resendOnRefresh: true, templateScope: 'local' },
        ...{ storeOutMessages: false, passthru: false },
        format: await templateOf('Complete dashboard (Dashboard 2)', 'ui-template'),
      }),
    ],
  },
  {
    name: 'the same in node-red-dashboard',
    ...{ path: `/ui/?netmon=device/${device}`, charts: 4, curves: ports },
    nodes: [
      ...[databaseIn(folder), ...dashboard1],
      ...pageData({
        ...{ type: 'ui_template', group: 'group00000000001', name: '', order: 1 },
        ...{ width: 24, height: 0, storeOutMessages: false, fwdInMessages: false },
        ...{ resendOnRefresh: false, templateScope: 'local' },
        format: await templateOf('Complete dashboard (node-red-dashboard)', 'ui_template'),
      }),
    ],
  },
];
