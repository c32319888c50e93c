import type { ChangesPage, PageBase, PageRequest } from '../../nodes/contract/pages.ts';

const minute = 60_000;

/** Pages of what changed: in the last hour, around an alert, and where nothing did. */
export function changesPages(base: PageBase) {
  const to = base.time;
  const from = to - 60 * minute;
  const before = from - 240 * minute;
  const curve = (of: (at: number) => number | null) => ({
    ...{ start: before, step: 5 * minute },
    values: Array.from({ length: 60 }, (_, i) => of(i)),
  });
  const noise = (i: number) => ((i * 7919) % 13) / 13;
  const changes: ChangesPage = {
    ...{ ...base, page: 'changes', span: '1h', before, from, to, step: minute },
    ...{ series: 1240, compared: 1236, changed: 14 },
    lines: [
      {
        ...{ kind: 'moved', metric: 'in_rate', unit: 'bit/s', time: from + 18 * minute },
        labels: { device: 'core-1', interface: 'Gi1/0/24' },
        ...{ before: 12e6, after: 48e6, distance: 1, probability: 1e-9, also: ['in_packets'] },
        curve: curve((i) => (i < 52 ? 12e6 : 48e6) + noise(i) * 3e6),
      },
      {
        ...{ kind: 'moved', metric: 'interface_up', unit: '1', time: from + 16 * minute },
        labels: { device: 'core-1', interface: 'Gi1/0/23' },
        ...{ before: 1, after: 0, distance: 1, probability: 1e-9, also: [] },
        curve: curve((i) => (i < 51 ? 1 : 0)),
      },
      {
        ...{ kind: 'moved', metric: 'memory_usage', unit: '%', time: from + 30 * minute },
        ...{ labels: { device: 'nas' }, before: 71, after: 44, distance: 0.9, probability: 0.001 },
        also: [],
        curve: curve((i) => (i < 54 ? 71 : 44) + noise(i)),
      },
      {
        ...{ kind: 'began', metric: 'cpu_usage', unit: '%', time: from + 40 * minute },
        ...{ labels: { device: 'printer-3' }, count: 14, also: [] },
        curve: curve((i) => (i < 56 ? null : 5 + noise(i))),
      },
    ],
    events: [
      {
        ...{ kind: 'configuration', time: from + 14 * minute, labels: { device: 'core-1' } },
        ...{ text: 'admin', added: 3, removed: 1, version: 17 },
      },
      {
        ...{ kind: 'link-down', time: from + 16 * minute },
        labels: { device: 'core-1', interface: 'Gi1/0/23' },
      },
      {
        ...{ kind: 'alert', time: from + 19 * minute, labels: { device: 'core-1' } },
        ...{ text: 'Utilization of Gi1/0/24 is 93 %, above 80 %', severity: 'critical' },
      },
      { kind: 'restart', time: from + 29 * minute, labels: { device: 'nas' } },
      { kind: 'device-new', time: from + 40 * minute, labels: { device: 'printer-3' } },
    ],
    eventsLeft: 0,
  };
  const changesOfAlert: ChangesPage = {
    ...changes,
    alert: {
      ...{ fingerprint: 'f1', name: 'Busy', severity: 'critical', state: 'firing' },
      ...{ device: 'core-1', interface: 'Gi1/0/24', startsAt: from + 19 * minute },
      summary: 'Utilization of Gi1/0/24 is 93 %, above 80 %',
    },
    isOwnKnown: false,
    lines: changes.lines.map((line, i) => ({
      ...{ ...line, lag: (i - 1) * 120 },
      ...(i === 0 && { correlation: 0.87 }),
    })),
  };
  const changesNone: ChangesPage = { ...changes, changed: 0, lines: [], events: [] };
  delete changesOfAlert.span;
  return { changes, changesOfAlert, changesNone };
}

/** The page with names as an attacker would choose them. */
export function harmfulChanges(page: ChangesPage, text: string): ChangesPage {
  const labels = { device: text, interface: text };
  return {
    ...page,
    lines: page.lines.map((line) => ({ ...line, labels, also: [text] })),
    events: page.events.map((event) => ({ ...event, labels, text })),
    problem: text,
  };
}

/** What the node would answer. */
export function answerChanges(
  { changes, changesOfAlert }: ReturnType<typeof changesPages>,
  request: PageRequest,
): ChangesPage {
  if (request.page !== 'changes') return changes;
  if (request.alert === undefined) return { ...changes, span: request.span ?? '1h' };
  const alert = { ...changesOfAlert.alert!, fingerprint: request.alert };
  return { ...changesOfAlert, alert };
}
