import type { DeviceLine } from '../contract/pages.ts';
import { format } from '../contract/units.ts';
import type { Translate } from '../shared/problem.ts';
import type { DeviceRecord } from './device-record.ts';
import { checkOf, modelOf } from './device-state.ts';

/** What a chart shows. */
export type ChartSubject =
  | 'traffic'
  | 'processor'
  | 'temperature'
  | 'response'
  | 'loss'
  | 'offset'
  | 'utilization'
  | 'errors'
  | 'packets';

/** What pages say in the language of Node-RED. All else is said in that of the browser. */
export class Words {
  readonly #t: Translate;
  readonly #language: string;

  constructor(t: Translate) {
    this.#t = t;
    this.#language = t('dashboard-data.words.language');
  }

  chart(subject: ChartSubject): string {
    return this.#t(`dashboard-data.chart.${subject}`);
  }

  line(metric: string): string {
    return this.#t(`dashboard-data.line.${metric}`);
  }

  get uplinks(): string {
    return this.#t('dashboard-data.words.uplinks');
  }

  get restart(): string {
    return this.#t('dashboard-data.words.restart');
  }

  get configuration(): string {
    return this.#t('dashboard-data.words.configuration');
  }

  get suspect(): string {
    return this.#t('dashboard-data.words.suspect');
  }

  get noAnswer(): string {
    return this.#t('dashboard-data.words.noAnswer');
  }

  get status(): string {
    return this.#t('dashboard-data.words.status');
  }

  /** A device that is named by its address, for those who need not know it. */
  device(number: number): string {
    return this.#t('dashboard-data.words.device', { number: String(number) });
  }

  /** "sw-1 does not answer: time-out". */
  down(device: string, reason: string | undefined): string {
    return reason === undefined
      ? this.#t('dashboard-data.words.down', { device })
      : this.#t('dashboard-data.words.downBecause', { device, reason });
  }

  /** "20 % of the packets lost". */
  loss(share: number): string {
    return this.#t('dashboard-data.words.loss', { share: format(share, '%', this.#language) });
  }

  /** A device's model, or what is checked: "Certificate: 61 days". */
  detail(record: DeviceRecord, kind: DeviceLine['kind']): string | undefined {
    if (kind !== 'check') return modelOf(record);
    const check = checkOf(record);
    const days = record.value('certificate_days_left');
    if (days !== null) {
      const key = days < 0 ? 'certificateEnded' : 'certificate';
      const text = this.#t(`dashboard-data.detail.${key}`, { days: String(Math.floor(days)) });
      return check === undefined ? text : `${check} · ${text}`;
    }
    const stratum = record.value('ntp_stratum');
    if (stratum !== null) {
      return this.#t('dashboard-data.detail.time', { stratum: String(stratum) });
    }
    if (check !== undefined) return check;
    const hasPings = record.series.has('packet_loss') || record.series.has('latency_min');
    return this.#t(hasPings ? 'dashboard-data.detail.ping' : 'dashboard-data.detail.connection');
  }
}
