import * as check from '../shared/check.ts';
import { parseNetwork } from '../shared/flows/address.ts';
import {
  directions,
  privacies,
  type Subject,
  subjects,
  talkerKinds,
} from '../shared/flows/choices.ts';
import {
  type AddressName,
  type ApplicationName,
  type NameInput,
  toName,
  toNetworks,
} from '../shared/flows/own-names.ts';
import type { AllowedExporter } from '../shared/flows/settings.ts';
import { FieldProblem } from '../shared/problem.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  type Setting,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';

/** rows of a table */
const mostRows = 1000;
/** ports of a collector */
const mostPorts = 20;

/** A row of the table of exporters, as a flow holds it. */
export interface ExporterInput {
  /** an IP address, or a network */
  address?: unknown;
  /** the label `device`; the address where empty */
  name?: unknown;
  /** what it is sampled by, whatever it tells */
  factor?: unknown;
}

/** An exporter as the runtime has it. */
export interface ExporterRow extends AllowedExporter {
  /** as it was typed */
  address: string;
  name: string | undefined;
}

/** What flows are counted by; each is switched on or off by the setting of its name. */
export const counted = [...subjects, 'peers'] as const;
export type Counted = (typeof counted)[number];
/** AS and country need an exporter or a file that tells them. */
const offAtFirst: readonly Counted[] = ['as', 'country'];

export const flowSettings = settings({
  ...(Object.fromEntries(counted.map((name) => [name, flag(!offAtFirst.includes(name))])) as Record<
    Counted,
    Setting<boolean>
  >),
  name: unchecked(''),
  exporters: setting<ExporterInput[], ExporterRow[]>([], toExporters),
  /** whether flows of any address are taken */
  acceptAll: flag(false),
  listenPorts: setting('2055, 4739, 6343', toPorts),
  /** the address to listen on; all where empty */
  listenOn: setting('', toHost),
  /** s between two readings */
  interval: number(60, { min: 5, max: 3600, integer: true, times: 1000 }),
  /** s after which exporters tell of a flow that goes on: for so long readings wait */
  activeTimeout: number(60, { min: 0, max: 3600, integer: true, times: 1000 }),
  direction: choice('ingress', directions),
  /** how many of each kind, of those with the most */
  top: number(10, { min: 1, max: 100, integer: true }),
  talkerIs: choice('inside', talkerKinds),
  /** whose addresses are inside */
  ownNetworks: setting(
    '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, fe80::/10',
    toNetworks,
  ),
  names: setting<NameInput[], (AddressName | ApplicationName)[]>([], toNames),
  /** a file of a DHCP server's leases, whose names addresses have; empty for none */
  leasesFile: setting('', toPath),
  /** whether name servers are asked for addresses */
  askNames: flag(false),
  privacy: choice('full', privacies),
  /** a file of networks with their AS and country; empty for none */
  placesFile: setting('', toPath),
});

export const { read: checkSettings } = flowSettings;
export type FlowConfig = Values<typeof flowSettings>;
export type FlowSettings = Parsed<typeof flowSettings>;

/** What is counted by, of settings. */
export function subjectsOf(checked: FlowSettings): Subject[] {
  return subjects.filter((subject) => checked[subject]);
}

// Throws a FieldProblem.
function toExporter(field: string, value: unknown): ExporterRow {
  const { address, name, factor } = check.object(field, value) as ExporterInput;
  const at = check.join(field, 'address');
  const text = check.text(at, address, { max: 100 }).trim();
  const network = parseNetwork(text);
  if (!network) throw new FieldProblem(at, 'exporterAddress', address);
  const called =
    name === undefined || name === ''
      ? undefined
      : check.text(check.join(field, 'name'), name, { max: 200 }).trim();
  // Several of one name could not be told apart.
  if (called !== undefined && text.includes('/')) {
    throw new FieldProblem(at, 'oneExporter', address);
  }
  return {
    ...{ address: text, name: called, network },
    factor:
      factor === undefined || factor === ''
        ? undefined
        : check.number(check.join(field, 'factor'), factor, { min: 1, max: 1e6 }),
  };
}

/** The same, which must have a name of its own. @param names of the rows before; that of this one is added */
export function toUniqueExporter(field: string, value: unknown, names: Set<string>): ExporterRow {
  const exporter = toExporter(field, value);
  const name = exporter.name ?? exporter.address;
  if (names.has(name)) throw new FieldProblem(check.join(field, 'name'), 'unique', name);
  names.add(name);
  return exporter;
}

function toExporters(field: string, value: unknown): ExporterRow[] {
  const names = new Set<string>();
  return rowsOf(field, value).map((row, i) => toUniqueExporter(check.join(field, i), row, names));
}

function toNames(field: string, value: unknown): (AddressName | ApplicationName)[] {
  return rowsOf(field, value).map((row, i) => toName(check.join(field, i), row));
}

function rowsOf(field: string, value: unknown): unknown[] {
  const rows = check.array(field, value);
  if (rows.length > mostRows) throw new FieldProblem(field, 'fewer', rows, { max: mostRows });
  return rows;
}

function toPorts(field: string, value: unknown): number[] {
  const text = check.text(field, typeof value === 'number' ? String(value) : value);
  const ports = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  const isGood = ports.every((port) => Number.isInteger(port) && port >= 1 && port <= 65535);
  if (!isGood || ports.length === 0 || ports.length > mostPorts) {
    throw new FieldProblem(field, 'ports', value);
  }
  return [...new Set(ports)];
}

function toPath(field: string, value: unknown): string {
  return value === '' ? '' : check.text(field, value).trim();
}

function toHost(field: string, value: unknown): string {
  if (value === '') return '';
  const text = check.text(field, value, { max: 100 }).trim();
  const network = parseNetwork(text);
  if (!network || text.includes('/')) throw new FieldProblem(field, 'ipAddress', value);
  return text;
}
