import type { InterfaceState, Snapshot } from '../../contract/snapshot.ts';
import { each } from '../../shared/steps.ts';
import { ifMib } from '../if-mib/if-mib.ts';
import { type Cells, planCounts, readCounts } from '../if-mib/interface-counts.ts';
import { readIdentity, readStatus } from '../if-mib/interface-identity.ts';
import type { Cell } from '../if-mib/varbind.ts';
import { sample } from '../sample.ts';
import type { Series } from './series.ts';

// Names: the module if_mib of https://github.com/prometheus/snmp_exporter calls each metric as the
// IF-MIB calls its column, with the texts of the row as labels.

/** The names that are read. */
export const snmpExporterNames: ReadonlySet<string> = new Set([...Object.keys(ifMib), 'sysUpTime']);

/** What an snmp_exporter tells of a device's interfaces, read as SNMP itself is. Yields every few series. */
export function* readSnmpExporter(series: Series): Generator<void, Omit<Snapshot, 'time'>> {
  const rows = new Map<string, Map<string, Cell>>();
  for (const column of Object.keys(ifMib)) {
    yield* each(series.all(column), ({ labels, value }) => {
      const { ifIndex } = labels;
      if (ifIndex === undefined) return;
      let cells = rows.get(ifIndex);
      if (!cells) rows.set(ifIndex, (cells = new Map<string, Cell>()));
      cells.set(column, integer(value));
      for (const text of ['ifName', 'ifDescr', 'ifAlias']) {
        if (labels[text] !== undefined) cells.set(text, octets(labels[text]));
      }
    });
  }
  const inOrder = [...rows].sort(([a], [b]) => Number(a) - Number(b));
  const interfaces: InterfaceState[] = [];
  yield* each(inOrder, (row) => interfaces.push(interfaceOf(row)));
  const ticks = series.value('sysUpTime');
  const uptime = ticks === undefined ? undefined : ticks / 100;
  return {
    ...(rows.size > 0 && { interfaces }),
    ...(uptime !== undefined && { uptime, readings: [sample('uptime', uptime)] }),
  };
}

function interfaceOf([index, row]: [string, Map<string, Cell>]): InterfaceState {
  const cells: Cells = (column) => row.get(column);
  const discontinuity = cells('ifCounterDiscontinuityTime')?.value;
  return {
    ...readIdentity(index, cells),
    ...readStatus(cells),
    ...readCounts(planCounts(cells), cells),
    ...(typeof discontinuity === 'number' && { discontinuity }),
  };
}

function integer(value: number): Cell {
  return { type: 2, value };
}

function octets(text: string): Cell {
  return { type: 4, value: new TextEncoder().encode(text) };
}
