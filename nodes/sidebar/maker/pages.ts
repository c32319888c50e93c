import { showAlerts } from './alerts.ts';
import type { Dashboard } from './dashboards.ts';
import type { Draft, FlowNode } from './flow.ts';
import { columns } from './layout.ts';
import type { Words } from './words.ts';
import { historyOf } from './workspace.ts';

/** What makes the pages of a whole dashboard, and what shows them: each asks the other. */
export function addPages(
  draft: Draft,
  dashboard: Dashboard,
  polls: readonly FlowNode[],
  { z, y }: { z: string; y: number },
  words: Words,
): FlowNode[] {
  const place = (node: FlowNode, x: number, down = 0) => Object.assign(node, { z, x, y: y + down });
  const data = draft.add('netmon-dashboard-data', {
    name: words('dashboardData'),
    database: historyOf(draft)?.id ?? '',
    wires: [[]],
  });
  place(data, columns[2]);
  for (const poll of polls) draft.wire(poll, data);

  const page = dashboard.page(draft, {
    title: words('page.network'),
    path: 'netmon',
    icon: 'view-dashboard',
  });
  const template = place(dashboard.template(draft, page, words('dashboard')), columns[3]);
  draft.wire(data, template);
  const style = place(dashboard.style(draft, page, words('style')), columns[3], 45);
  const asked = place(draft.add('link out', { name: words('ask'), mode: 'link' }), columns[4]);
  const asking = place(draft.add('link in', { name: words('ask'), wires: [[]] }), columns[1], 45);
  Object.assign(asked, { links: [asking.id], wires: [] });
  asking.links = [asked.id];
  draft.wire(template, asked);
  draft.wire(asking, data);
  showAlerts(draft, { poll: polls[0]!, data, asking });
  return [data, template, style, asked, asking];
}
