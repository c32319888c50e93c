import assert from 'node:assert/strict';
import { alertPasts, keptAlerts } from '../../nodes/dashboard-data/alert-past.ts';
import { PastAlerts } from '../../nodes/dashboard-data/past-alerts.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answered } from '../../nodes/shared/history/store/query.ts';
import { alert, managed, Seen, start } from './support.ts';

const minute = 60_000;

function series(metric: string, points: [minutes: number, value: number][]): Answered {
  return {
    ...{ metric, unit: '1', labels: { device: 'sw', alert: 'CPU busy' } },
    info: { severity: 'critical', metric: 'cpu_usage', summary: 'sw was busy' },
    times: Float64Array.from(points, ([minutes]) => start + minutes * minute),
    columns: { value: Float64Array.from(points, ([, value]) => value) },
  };
}

describe('The past of alerts', () => {
  const at = (minutes: number) => start + minutes * minute;
  const spansOf = (...all: Answered[]) => keptAlerts(all, start)[0]?.spans;

  it('is read from the changes of state that were kept', () => {
    const state = series('alert_state', [
      ...([
        [1, 1],
        [2, 2],
        [3, 2],
        [9, 0],
        [12, 2],
      ] as [number, number][]),
    ]);
    const acknowledged = series('alert_acknowledged', [
      ...([
        [5, 1],
        [6, 1],
        [9, 0],
      ] as [number, number][]),
    ]);
    assert.deepEqual(keptAlerts([acknowledged, state], start), [
      {
        ...{ name: 'CPU busy', labels: { device: 'sw' }, severity: 'critical' },
        summary: 'sw was busy',
        spans: [{ start: at(2), end: at(9), acknowledged: at(5) }, { start: at(12) }],
      },
    ]);
  });

  it('began before the period where its end is the first that is known', () => {
    assert.deepEqual(spansOf(series('alert_state', [[4, 0]])), [{ start, end: at(4) }]);
  });

  it('is told once, though both the history and the node know it', () => {
    const seen = new Seen();
    const acknowledged = { by: 'Ana', comment: '', at: at(13) };
    seen.state.alerts.take({ ...managed('f1', { acknowledged }), startsAt: at(11) });
    seen.state.alerts.take(alert({ fingerprint: 'f2', name: 'Other', state: 'pending' }));
    seen.kept = keptAlerts(
      [
        series('alert_state', [
          [2, 2],
          [4, 0],
          [12, 2],
        ]),
      ],
      start,
    );
    const { timeline } = seen.page<'alerts'>(900, { page: 'alerts' });
    assert.deepEqual(
      timeline.alerts.map(({ name, spans }) => [name, spans]),
      [
        [
          'CPU busy',
          [
            { start: at(2), end: at(4) },
            { start: at(11), acknowledged: at(13) },
          ],
        ],
      ],
    );
  });

  it('has no open end where nothing is firing now, and only what it is asked about', () => {
    const kept = keptAlerts([series('alert_state', [[2, 2]])], start);
    const none = { active: [], ended: [] };
    const within = { from: start, most: 10 };
    const [past] = alertPasts(none, kept, within, ({ device }) => device === 'sw');
    assert.deepEqual(past!.spans, [{ start: at(2), end: at(2) }]);
    assert.deepEqual(
      alertPasts(none, kept, within, ({ device }) => device === 'other'),
      [],
    );
  });

  it('begins with what began last, and leaves out what ended before', () => {
    const one = (name: string, begin: number, end?: number) => ({
      ...alert({ name, fingerprint: name, startsAt: at(begin) }),
      ...(end !== undefined && { state: 'resolved' as const, endsAt: at(end) }),
    });
    const book = {
      active: [one('a', -5), one('b', 3)],
      ended: [one('c', -9, -1), one('d', -9, 1)],
    };
    const names = (most: number) =>
      alertPasts(book, [], { from: start, most }, () => true).map(({ name }) => name);
    assert.deepEqual(names(9), ['b', 'a', 'd']);
    assert.deepEqual(names(1), ['b']);
  });

  it('is asked for once a minute and period, as it came', async () => {
    const asked: AskedQuery[] = [];
    const history = {
      read(query: AskedQuery) {
        asked.push(query);
        return Promise.resolve({ series: [series('alert_state', [[2, 2]])], omitted: 0 });
      },
    };
    const past = new PastAlerts(() => Promise.resolve(history), new AbortController().signal);
    const found = await past.read('1h', at(0), at(60));
    assert.equal(found[0]!.name, 'CPU busy');
    await past.read('1h', at(0.5), at(60.5));
    await past.read('24h', at(-60), at(60.5));
    await past.read('1h', at(1), at(61));
    assert.deepEqual(
      asked.map(({ from, to, edges }) => [from, to, edges]),
      [
        [at(0), at(60), undefined],
        [at(-60), at(60.5), undefined],
        [at(1), at(61), undefined],
      ],
    );
  });
});
