import type { Alert } from '../contract/alert.ts';
import type { ChangeLine, ChangesPage, ChangeSpan, ChangesRequest } from '../contract/pages.ts';
import { rounded } from '../contract/round.ts';
import { readChanges } from '../shared/changes/read-changes.ts';
import { alertSpan, type Span, withBefore } from '../shared/changes/spans.ts';
import type { Clock } from '../shared/clock.ts';
import type { Versions } from '../shared/configurations/versions/contract.ts';
import type { FoundChange } from '../shared/history/analyses/found-change.ts';
import type { WhatChanged } from '../shared/history/analyses/what-changed.ts';
import type { History } from '../shared/history/history.ts';

const minute = 60_000;
const lengths: Record<ChangeSpan, number> = {
  ...{ '15m': 15 * minute, '1h': 60 * minute, '6h': 360 * minute, '24h': 1440 * minute },
};
/** how many times as long the time before is */
const times = 4;
/** ms before an alert began */
const lead = 15 * minute;
const most = 10;
const maxSeries = 10_000;
/** ms for which an answer is good: to look at all series takes its time */
const goodFor = 30_000;
const mostKept = 20;

interface Setup {
  history: () => Promise<Pick<History, 'analyse'>>;
  /** where configurations are kept */
  versions: () => (() => Promise<Pick<Versions, 'changes'>>) | undefined;
  signal: AbortSignal;
  clock: Clock;
}

/** What of a page is its own. */
type Made = Omit<
  ChangesPage,
  'request' | 'time' | 'period' | 'compare' | 'lastReading' | 'hasHistory' | 'devices'
>;

/** The pages of what changed; one answer for all browsers that ask for the same within half a minute. */
export class ChangesPages {
  readonly #setup: Setup;
  readonly #kept = new Map<string, { until: number; found: Promise<WhatChanged> }>();

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Makes a page. Rejects as the history does. @param alert the one that is asked for */
  async page(asked: ChangesRequest, alert: Alert | undefined): Promise<Made> {
    const now = this.#setup.clock.date();
    const length = lengths[asked.span ?? '1h'];
    const span = alert
      ? alertSpan(alert, { lead, times }, now)
      : withBefore(now - length, now, times);
    const found = await this.#find(asked, alert, span);
    const { from, to, before, step, series, compared, changed, changes } = found;
    return {
      page: 'changes',
      ...(alert ? { alert: alertOf(alert) } : { span: asked.span ?? '1h' }),
      ...(found.subject && { isOwnKnown: found.subject.isKnown }),
      ...{ from, to, before, step, series, compared, changed },
      lines: changes.map(lineOf),
      ...{ events: found.events, eventsLeft: found.eventsLeft },
    };
  }

  #find(asked: ChangesRequest, alert: Alert | undefined, span: Span): Promise<WhatChanged> {
    const { history, versions, signal, clock } = this.#setup;
    const key = JSON.stringify([asked.span, asked.alert, alert?.startsAt, alert?.endsAt]);
    const steady = clock.steady();
    const kept = this.#kept.get(key);
    if (kept && kept.until > steady) return kept.found;
    const look = async () => {
      const request = {
        ...{ metrics: '*', labels: '', maxSeries, most, ...span },
        ...(alert && {
          subject: { metric: alert.metric, labels: alert.labels },
          alertAt: alert.startsAt,
        }),
      };
      return readChanges(await history(), versions(), request, signal);
    };
    const found = look();
    this.#kept.delete(key);
    this.#kept.set(key, { until: steady + goodFor, found });
    found.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept) this.#kept.delete(oldest!);
    return found;
  }
}

/** A page of nothing, where there is no history or it does not answer. */
export function noChanges(
  { span = '1h' }: ChangesRequest,
  alert: Alert | undefined,
  now: number,
): Made {
  return {
    ...(alert ? { alert: alertOf(alert) } : { span }),
    ...{ page: 'changes', from: now - lengths[span], to: now, before: now - lengths[span] },
    ...{ step: 0, series: 0, compared: 0, changed: 0, lines: [], events: [], eventsLeft: 0 },
  };
}

function alertOf({ fingerprint, name, severity, state, labels, summary, startsAt }: Alert) {
  const { device = '', interface: port } = labels;
  const place = { device, ...(port !== undefined && { interface: port }) };
  return { fingerprint, name, severity, state, summary, startsAt, ...place };
}

function lineOf({ start, step, values, ...change }: FoundChange): ChangeLine {
  const { unit } = change;
  return {
    ...change,
    curve: {
      ...{ start, step },
      values: Array.from(values, (value) => (Number.isNaN(value) ? null : rounded(value, unit))),
    },
  };
}
