import type { Dashboard } from './dashboards.ts';
import type { Draft, FlowNode } from './flow.ts';
import { cleanName, interfaceFilters } from './names.ts';
import type { Words } from './words.ts';

/** What a chart shows: the traffic of a port, or what tells most of a device without ports. */
export interface Charted {
  /** the label `device` of its readings */
  device: string;
  /** a name of one of its interfaces */
  port?: string;
  /** names of metrics where it is no port */
  metrics?: string;
}

/** The place of new nodes on a tab. */
interface Place {
  z: string;
  x: number;
  y: number;
}

/** characters of a node's name: longer ones make a node too wide for its column */
const shortName = 24;

/**
 * Adds a chart data with its chart on a page of its dashboard.
 * @param source what emits the readings; it may be there already
 * @param database the history that has the past; undefined for none
 */
export function addChart(
  draft: Draft,
  charted: Charted,
  {
    dashboard,
    source,
    database,
    place,
    words,
  }: {
    dashboard: Dashboard;
    source: FlowNode;
    database: FlowNode | undefined;
    place: Place;
    words: Words;
  },
): FlowNode[] {
  const { device, port, metrics = 'in_rate, out_rate' } = charted;
  const title = cleanName([device, port].filter(Boolean).join(' '));
  const name = cleanName(port ?? device);
  const short = name.length > shortName ? `${name.slice(0, shortName - 1)}…` : name;
  const page = dashboard.page(draft, {
    title: words('page.charts'),
    path: 'netmon-charts',
    icon: 'chart-line',
  });
  const order = 1 + draft.nodes.concat(draft.workspace.nodes).filter(ofPage(page)).length;
  const group = dashboard.group(draft, page, title, order);
  const data = draft.add('netmon-chart-data', {
    z: place.z,
    x: place.x,
    y: place.y,
    name: short,
    dashboard: dashboard.name,
    kind: 'line',
    metrics,
    filter: interfaceFilters(device, port === undefined ? [] : [port])[0],
    database: database?.id ?? '',
    limit: 7,
    window: 60,
    points: 300,
    wires: [[]],
  });
  const chart = dashboard.chart(draft, group, short);
  Object.assign(chart, { z: place.z, x: place.x + 180, y: place.y });
  draft.wire(source, data);
  draft.wire(data, chart);
  return [data, chart];
}

function ofPage(page: FlowNode) {
  return ({ page: onPage, tab }: FlowNode) => onPage === page.id || tab === page.id;
}
