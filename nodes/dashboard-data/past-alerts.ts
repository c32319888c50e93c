import type { Period } from '../contract/pages.ts';
import type { History } from '../shared/history/history.ts';
import { type KeptAlert, keptAlerts } from './alert-past.ts';

/** ms for which an answer is good: what is new is known here anyway */
const goodFor = 60_000;
const mostSeries = 2000;
const mostPoints = 50_000;

/** What a history has of alerts, asked for a period and kept for a while. */
export class PastAlerts {
  readonly #history: () => Promise<Pick<History, 'read'>>;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<Period, { until: number; alerts: Promise<KeptAlert[]> }>();

  constructor(history: () => Promise<Pick<History, 'read'>>, signal: AbortSignal) {
    this.#history = history;
    this.#signal = signal;
  }

  /** Reads a period from its start until now, ms since the Unix epoch. Rejects as the history does. */
  read(period: Period, from: number, now: number): Promise<KeptAlert[]> {
    const kept = this.#kept.get(period);
    if (kept && kept.until > now) return kept.alerts;
    const alerts = this.#ask(from, now);
    this.#kept.set(period, { until: now + goodFor, alerts });
    alerts.catch(() => this.#kept.delete(period));
    return alerts;
  }

  async #ask(from: number, to: number): Promise<KeptAlert[]> {
    const history = await this.#history();
    const metrics = 'alert_state, alert_acknowledged';
    const asked = { metrics, labels: '', maxSeries: mostSeries, limit: mostPoints, from, to };
    const { series } = await history.read(asked, this.#signal);
    return keptAlerts(series, from);
  }
}
