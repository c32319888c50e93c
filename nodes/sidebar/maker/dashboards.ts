import { palette } from '../../shared/palette.ts';
import { reachedFrom } from '../../shared/reached-from.ts';
import type { Draft, FlowNode } from './flow.ts';
import { uniqueName } from './names.ts';
import {
  dashboard1Style,
  dashboard1Template,
  dashboard2Style,
  dashboard2Template,
} from './templates.ts';
import { pollType } from './workspace.ts';

/** What readings come from. */
const sourceTypes = [pollType, 'netmon-host-metrics'];

/** A page of a dashboard, to be found again by its path or its name. */
interface PageWanted {
  title: string;
  /** of its address, where the dashboard has one for pages */
  path: string;
  /** a name of the Material Design icons */
  icon: string;
}

/** What differs between the two dashboards. */
export interface Dashboard {
  /** as a chart data has it */
  name: 'dashboard-2' | 'dashboard-1';
  /** whether it is installed */
  isIn: (draft: Draft) => boolean;
  /** Its page, which may be there already. */
  page: (draft: Draft, wanted: PageWanted) => FlowNode;
  /** A new group of a page. */
  group: (draft: Draft, page: FlowNode, title: string, order: number) => FlowNode;
  /** What shows the pages of a dashboard data, in a group of its own. */
  template: (draft: Draft, page: FlowNode, name: string) => FlowNode;
  /** What fits a page to it. */
  style: (draft: Draft, page: FlowNode, name: string) => FlowNode;
  /** A line chart that takes the messages of a chart data. */
  chart: (draft: Draft, group: FlowNode, name: string) => FlowNode;
}

const dashboard2: Dashboard = {
  name: 'dashboard-2',
  isIn: (draft) => draft.has('ui-chart'),
  page(draft, { title, path, icon }) {
    const pages = allOf(draft, 'ui-page');
    const known = pages.find((page) => page.path === `/${path}`);
    if (known) return known;
    const base =
      allOf(draft, 'ui-base')[0] ??
      draft.add('ui-base', {
        name: 'Netmon',
        path: '/dashboard',
        // A page that one browser asks for is for that one.
        acceptsClientConfig: ['ui-notification', 'ui-control', 'ui-template'],
      });
    const theme =
      allOf(draft, 'ui-theme')[0] ??
      draft.add('ui-theme', {
        name: 'Netmon',
        colors: {
          surface: '#17324d',
          primary: '#0072b2',
          bgPage: '#eef2f6',
          groupBg: '#ffffff',
          groupOutline: '#d8e0e8',
        },
      });
    return draft.add('ui-page', {
      name: title,
      ui: base.id,
      path: `/${path}`,
      icon,
      layout: 'grid',
      theme: theme.id,
      breakpoints: [
        { name: 'Default', px: '0', cols: '6' },
        { name: 'Tablet', px: '576', cols: '6' },
        { name: 'Small Desktop', px: '768', cols: '12' },
        { name: 'Desktop', px: '1024', cols: '12' },
      ],
      order: pages.length + 1,
    });
  },
  group: (draft, page, title, order) =>
    draft.add('ui-group', { name: title, page: page.id, width: '12', height: '1', order }),
  template(draft, page, name) {
    const group = draft.add('ui-group', {
      name,
      page: page.id,
      width: '12',
      height: '1',
      order: 1,
      showTitle: false,
      className: 'netmon-whole',
    });
    return draft.add('ui-template', {
      group: group.id,
      name,
      order: 1,
      width: 0,
      height: 0,
      format: dashboard2Template,
      storeOutMessages: false,
      passthru: false,
      resendOnRefresh: true,
      templateScope: 'local',
      wires: [[]],
    });
  },
  style: (draft, page, name) =>
    draft.add('ui-template', {
      ui: page.ui,
      group: '',
      name,
      format: dashboard2Style,
      templateScope: 'site:style',
      wires: [[]],
    }),
  chart: (draft, group, name) =>
    draft.add('ui-chart', {
      group: group.id,
      name,
      label: '',
      order: 1,
      chartType: 'line',
      category: 'series',
      categoryType: 'property',
      xAxisProperty: 'x',
      xAxisPropertyType: 'property',
      xAxisType: 'time',
      yAxisProperty: 'y',
      yAxisPropertyType: 'property',
      ymin: '0',
      action: 'replace',
      pointShape: 'false',
      // The chart data says what is shown.
      removeOlder: '53',
      removeOlderUnit: '604800',
      removeOlderPoints: '',
      colors: [...palette],
      textColor: ['#7a8591'],
      textColorDefault: false,
      gridColor: ['#c5ccd4'],
      gridColorDefault: false,
      width: 12,
      height: 6,
      wires: [],
    }),
};

const dashboard1: Dashboard = {
  name: 'dashboard-1',
  isIn: (draft) => draft.has('ui_chart'),
  page(draft, { title }) {
    const tabs = allOf(draft, 'ui_tab');
    const known = tabs.find(({ name }) => name === title);
    if (known) return known;
    return draft.add('ui_tab', { name: title, icon: 'dashboard', order: tabs.length + 1 });
  },
  group(draft, page, title, order) {
    // Its groups are known by their names.
    const others = allOf(draft, 'ui_group').filter(({ tab }) => tab === page.id);
    const name = uniqueName(title, new Set(others.map(({ name }) => String(name))));
    return draft.add('ui_group', { name, tab: page.id, order, disp: true, width: '24' });
  },
  template(draft, page, name) {
    const group = draft.add('ui_group', { name, tab: page.id, order: 1, disp: false, width: '24' });
    return draft.add('ui_template', {
      group: group.id,
      name,
      order: 1,
      width: 24,
      height: 0,
      format: dashboard1Template,
      storeOutMessages: false,
      fwdInMessages: false,
      resendOnRefresh: false,
      templateScope: 'local',
      wires: [[]],
    });
  },
  style: (draft, _, name) =>
    draft.add('ui_template', {
      group: '',
      name,
      format: dashboard1Style,
      templateScope: 'global',
      wires: [[]],
    }),
  chart: (draft, group, name) =>
    draft.add('ui_chart', {
      group: group.id,
      name,
      order: 1,
      width: 24,
      height: 7,
      label: '<small>{{unit}}</small>',
      chartType: 'line',
      legend: 'true',
      xformat: 'D MMM HH:mm',
      interpolate: 'linear',
      dot: false,
      ymin: '0',
      removeOlder: '1',
      removeOlderUnit: '604800',
      removeOlderPoints: '',
      colors: [...palette],
      outputs: 1,
      wires: [],
    }),
};

/** The dashboard to make widgets for: the newer one where both are installed. */
export function dashboardOf(draft: Draft): Dashboard | undefined {
  return [dashboard2, dashboard1].find((dashboard) => dashboard.isIn(draft));
}

function allOf(draft: Draft, wanted: string): FlowNode[] {
  return [...draft.workspace.nodes, ...draft.nodes].filter(({ type }) => type === wanted);
}

/**
 * Where the dashboard is that shows what Netmon reads, behind the root of all nodes' addresses: a page of
 * Dashboard 2, or node-red-dashboard as a whole, which says itself where it is.
 */
export function dashboardAddress(
  nodes: readonly FlowNode[],
): { path: string } | 'dashboard-1' | undefined {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sources = nodes.filter(({ type }) => sourceTypes.includes(type));
  const widgets = sources
    .flatMap(({ id }) => reachedFrom(nodes, id))
    .filter(({ type, d }) => /^ui[-_]/.test(type) && !d);
  // What shows most comes first.
  const widget = widgets.find(({ type }) => /template$/.test(type)) ?? widgets[0];
  if (!widget) return undefined;
  if (widget.type.startsWith('ui_')) return 'dashboard-1';
  const page = byId.get(byId.get(String(widget.group))?.page as string);
  const base = byId.get(page?.ui as string);
  return page && base && { path: `${base.path as string}${page.path as string}` };
}
