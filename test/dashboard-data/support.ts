import english from '../../locales/en-US/dashboard-data.json' with { type: 'json' };
import type { Alert } from '../../nodes/contract/alert.ts';
import { metricUnit } from '../../nodes/contract/metrics.ts';
import type { AlertStatus, Page } from '../../nodes/contract/pages.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import type { BookedAlert } from '../../nodes/dashboard-data/alert-book.ts';
import type { KeptAlert } from '../../nodes/dashboard-data/alert-past.ts';
import type { DeviceConfiguration } from '../../nodes/dashboard-data/configuration-pages.ts';
import { Curves } from '../../nodes/dashboard-data/curves.ts';
import type { Moment } from '../../nodes/dashboard-data/device-record.ts';
import { NetworkState } from '../../nodes/dashboard-data/network-state.ts';
import type { AskedPage } from '../../nodes/dashboard-data/page-request.ts';
import { type MadeHere, makePage } from '../../nodes/dashboard-data/pages.ts';
import type { PastSuspect } from '../../nodes/dashboard-data/past-suspects.ts';
import type { View } from '../../nodes/dashboard-data/view.ts';
import { Words } from '../../nodes/dashboard-data/words.ts';
import { fill } from '../../nodes/shared/problem.ts';

/** a moment of a Sunday, ms since the Unix epoch, at the begin of a step of any length up to an hour */
export const start = Date.UTC(2026, 10, 29, 12);

function translate(key: string, params: Record<string, string> = {}): string {
  let text: unknown = english;
  for (const part of key.split('.')) text = (text as Record<string, unknown>)[part];
  return fill(text as string, params);
}

/** Some s after the start. */
export function at(seconds: number): Moment {
  return { steady: 1000 * seconds, date: start + 1000 * seconds };
}

/** A reading of the device "sw". */
export function reading(
  metric: string,
  value: number,
  labels: Record<string, string> = {},
  info?: Record<string, string>,
): Reading {
  return {
    ...{ metric, value, unit: metricUnit(metric), time: start },
    labels: { device: 'sw', ...labels },
    ...(info && { info }),
  };
}

export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    ...{ name: 'CPU busy', state: 'firing', severity: 'warning', metric: 'cpu_usage' },
    ...{ labels: { device: 'sw' }, unit: '%', value: 93, threshold: 80, summary: 'sw is busy' },
    ...{ startsAt: start, fingerprint: 'f1' },
    ...changes,
  };
}

/** An alert as an alert-manager lists it. */
export function managed(fingerprint: string, changes: Partial<AlertStatus> = {}): BookedAlert {
  return {
    ...alert({ fingerprint, summary: `it says ${fingerprint}` }),
    status: {
      ...{ isFlapping: false, silencedBy: [], inhibitedBy: [], maintainedBy: [] },
      ...{ unreachableBy: [], ...changes },
    },
  };
}

/** A network whose pages are looked at. */
export class Seen {
  readonly state = new NetworkState();
  shows: (name: string) => boolean = () => true;
  kept: KeptAlert[] = [];
  configuration: DeviceConfiguration | undefined;
  suspects: PastSuspect[] = [];

  /** Takes in readings that came some s after the start. */
  take(seconds: number, ...readings: Reading[]): this {
    this.state.take(readings, at(seconds));
    return this;
  }

  view(seconds: number, asked: Pick<AskedPage, 'period' | 'compare'>): View {
    const now = at(seconds);
    return {
      ...{ state: this.state, now, curves: new Curves(asked, now.date) },
      ...{ words: new Words(translate), busyShare: 70, hasHistory: false },
      ...{ keptAlerts: this.kept, configuration: this.configuration, suspects: this.suspects },
      ...{ hasConfigurations: false, hasTraffic: false },
      availability: ({ uptime }) => uptime.availability(now.date),
      status: { title: '', shows: (name) => this.shows(name) },
    };
  }

  /** The page as it is some s after the start. */
  page<Name extends Page['page']>(
    seconds: number,
    request: Partial<MadeHere> & { page: MadeHere['page'] },
  ): Extract<Page, { page: Name }> {
    const asked = { period: '1h', compare: 'none', ...request } as MadeHere;
    const steps = makePage(asked, this.view(seconds, asked));
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value as Extract<Page, { page: Name }>;
    }
  }
}
