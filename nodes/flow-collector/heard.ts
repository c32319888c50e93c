import type { CollectorStatus } from '../shared/flows/collector.ts';

/** What the dialog gets of who has sent anything. */
export interface HeardAnswer {
  exporters: HeardExporter[];
  /** addresses that are not in the list */
  unknown: { address: string; datagrams: number }[];
}

interface HeardExporter {
  address: string;
  name: string;
  formats: string[];
  flows: number;
  factor: number;
  lost: number;
}

/** exporters that the dialog shows */
const shown = 100;

/** The answer for the dialog. @param nameOf what an exporter is called, by its address */
export function heardAnswer(
  { exporters, unknown }: CollectorStatus,
  nameOf: (address: string) => string,
): HeardAnswer {
  return {
    exporters: exporters.slice(0, shown).map(({ address, formats, flows, factor, lost }) => ({
      ...{ address, name: nameOf(address), formats, flows, lost },
      factor: Math.round(factor * 100) / 100,
    })),
    unknown: unknown.map(({ address, datagrams }) => ({ address, datagrams })),
  };
}
