import type { Reading } from '../contract/reading.ts';
import { flowReadings } from '../shared/flows/flow-readings.ts';
import type { CountersReport } from '../shared/flows/messages.ts';
import type { FlowReport } from '../shared/flows/report.ts';
import { SnapshotRates } from '../shared/rates/snapshot-rates.ts';

/** What exporters and their interfaces are called. */
export interface ExporterNames {
  device: (address: string) => string;
  interface: (address: string, index: number) => string | undefined;
}

/** Makes readings of what the thread reports: of flows, and of the counts of sFlow's interfaces. */
export class ExporterReadings {
  readonly #names: ExporterNames;
  /** reports that have not come whole yet, by the exporter's address */
  readonly #parts = new Map<string, FlowReport>();
  readonly #rates = new Map<string, SnapshotRates>();

  constructor(names: ExporterNames) {
    this.#names = names;
  }

  /** Takes a part of a report. Returns what makes its readings once it is whole. */
  takeReport(part: FlowReport, isLast: boolean): Generator<void, Reading[]> | undefined {
    const { exporter } = part;
    const before = this.#parts.get(exporter);
    const report = before
      ? { ...part, interfaces: before.interfaces.concat(part.interfaces) }
      : part;
    if (!isLast) {
      this.#parts.set(exporter, report);
      return undefined;
    }
    this.#parts.delete(exporter);
    return flowReadings(report, this.#names.device(exporter), (index) =>
      this.#names.interface(exporter, index),
    );
  }

  *takeCounters({ exporter, time, interfaces }: CountersReport): Generator<void, Reading[]> {
    let rates = this.#rates.get(exporter);
    if (!rates) this.#rates.set(exporter, (rates = new SnapshotRates()));
    const named = interfaces.map(({ ownName, ...counts }) => ({
      ...counts,
      name: this.#names.interface(exporter, counts.index) ?? ownName ?? String(counts.index),
    }));
    const steps = rates.steps(this.#names.device(exporter), {}, { time, interfaces: named });
    const { readings } = yield* steps;
    return readings;
  }
}
