import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import type { ChangesRequest, Page } from '../../nodes/contract/pages.ts';
import { ChangesPages } from '../../nodes/dashboard-data/changes-pages.ts';
import { dashboardSettings } from '../../nodes/dashboard-data/config.ts';
import { Dashboard, type DashboardSetup } from '../../nodes/dashboard-data/dashboard.ts';
import { Words } from '../../nodes/dashboard-data/words.ts';
import type {
  WhatChanged,
  WhatChangedRequest,
} from '../../nodes/shared/history/analyses/what-changed.ts';
import type { History } from '../../nodes/shared/history/history.ts';
import { catalogue } from '../support/catalogue.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alert, start } from './support.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('Pages of what changed', () => {
  let asked: WhatChangedRequest[];
  let clock: FakeClock;

  const found: WhatChanged = {
    ...{ from: start - hour, to: start, before: start - 5 * hour, step: minute },
    ...{ series: 3, compared: 2, omitted: 0, changed: 1, eventsLeft: 0 },
    changes: [
      {
        ...{ kind: 'moved', metric: 'in_rate', unit: 'bit/s', labels: { device: 'a' } },
        ...{ time: start - 20 * minute, before: 1, after: 4, also: [] },
        ...{ start: start - 5 * hour, step: minute },
        values: Float64Array.of(1.23456789, Number.NaN, 4),
      },
    ],
    events: [{ kind: 'restart', time: start - 9 * minute, labels: { device: 'a' } }],
    subject: { isKnown: true },
  };
  const history = {
    analyse: (_: string, request: WhatChangedRequest) => {
      asked.push(request);
      return Promise.resolve(found);
    },
  } as unknown as Pick<History, 'read' | 'analyse'>;
  const version = {
    ...{ id: 7, device: 'a', time: start - 30 * minute, hash: '', size: 1, isFull: false },
    ...{ before: 6, added: 2, removed: 1, changedBy: 'admin' },
  };
  const versions = {
    changes: () => Promise.resolve([version, { ...version, id: 8, before: undefined }] as never),
  };
  const pages = () =>
    new ChangesPages({
      ...{ history: () => Promise.resolve(history), clock },
      ...{ versions: () => () => Promise.resolve(versions), signal: new AbortController().signal },
    });
  const page = (request: Partial<ChangesRequest> = {}, of?: Alert, from = pages()) =>
    from.page({ page: 'changes', ...request }, of);

  beforeEach(() => {
    asked = [];
    clock = new FakeClock({ date: start });
  });

  it('are of the span until now, against the time before it', async () => {
    const made = await page({ span: '6h' });
    const { from, to, before, subject } = asked[0]!;
    assert.deepEqual([to, to - from, from - before], [start, 6 * hour, 24 * hour]);
    assert.equal(subject, undefined);
    assert.equal(made.span, '6h');
    const [line] = made.lines;
    assert.deepEqual(line!.curve, {
      ...{ start: start - 5 * hour, step: minute, values: [1.23457, null, 4] },
    });
    assert.deepEqual([line!.metric, line!.before, line!.after], ['in_rate', 1, 4]);
    assert.deepEqual([made.compared, made.changed], [2, 1]);
  });

  it('have at least an hour before', async () => {
    await page({ span: '15m' });
    const { from, to, before } = asked[0]!;
    assert.deepEqual([to - from, from - before], [15 * minute, hour]);
  });

  it('have the versions of configurations among their events, but the first of a device', async () => {
    const { events } = await page();
    assert.deepEqual(events, [
      {
        ...{ kind: 'configuration', time: start - 30 * minute, labels: { device: 'a' } },
        ...{ added: 2, removed: 1, version: 7, text: 'admin' },
      },
      found.events[0],
    ]);
  });

  it('are around an alert, with what moves with its series', async () => {
    const of = alert({ startsAt: start - 20 * minute, endsAt: start - 5 * minute });
    const made = await page({ alert: 'f1' }, of);
    const { from, to, subject, alertAt } = asked[0]!;
    assert.deepEqual([from, to], [start - 35 * minute, start - 5 * minute]);
    assert.deepEqual(subject, { metric: 'cpu_usage', labels: { device: 'sw' } });
    assert.equal(alertAt, start - 20 * minute);
    assert.deepEqual([made.alert!.fingerprint, made.alert!.device], ['f1', 'sw']);
    assert.deepEqual([made.span, made.isOwnKnown], [undefined, true]);
  });

  it('ask a history once for what many browsers show', async () => {
    const from = pages();
    await Promise.all([page({}, undefined, from), page({}, undefined, from)]);
    await page({ span: '6h' }, undefined, from);
    assert.equal(asked.length, 2);
    clock.advance(31_000);
    await page({}, undefined, from);
    assert.equal(asked.length, 3);
  });

  describe('of a dashboard', () => {
    const answer = (more: Partial<DashboardSetup>, request: object) => {
      const dashboard = new Dashboard({
        ...{ options: dashboardSettings.read({}), tell: () => {}, text: String },
        words: new Words(catalogue('en-US', 'dashboard-data')),
        ...{ signal: new AbortController().signal, clock, ...more },
      });
      dashboard.state.alerts.take(alert());
      return dashboard.answer({ page: 'changes', ...request }) as Promise<
        Extract<Page, { page: 'changes' | 'none' }>
      >;
    };

    it('say that there is no history, and why one does not answer', async () => {
      const none = await answer({}, {});
      assert.deepEqual([none.page, none.hasHistory], ['changes', false]);
      const failing = () => Promise.reject(new Error('the disk is full'));
      const failed = await answer({ history: failing }, { alert: 'f1' });
      assert.ok(failed.page === 'changes');
      assert.equal(failed.problem, 'Error: the disk is full');
      assert.equal(failed.alert!.fingerprint, 'f1');
    });

    it('know an alert, and say so of one that nobody knows', async () => {
      const known = { history: () => Promise.resolve(history) };
      const made = await answer(known, { alert: 'f1' });
      assert.ok(made.page === 'changes' && made.hasHistory);
      assert.equal(made.lines.length, 1);
      assert.equal((await answer(known, { alert: 'gone' })).page, 'none');
    });
  });
});
