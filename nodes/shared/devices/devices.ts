import { toAddress } from '../address.ts';
import * as check from '../check.ts';
import { type CsvRow, csvRows } from '../csv.ts';
import { FieldProblem, Problem } from '../problem.ts';
import { isBlank } from '../text.ts';

/** A device to poll. */
export interface Device {
  /** the label `device` of its readings: the address where it has no name of its own */
  name: string;
  /** host, IP address or either with a port */
  address: string;
  /** further labels of its readings */
  labels: Record<string, string>;
}

/** A list of devices as far as it is good, and a problem for each bad row. */
export interface ReadDevices {
  devices: Device[];
  problems: Error[];
}

/** Labels that readings have anyway. */
const ownLabels = ['device', 'interface'];

/** Reads a list of devices: an array of them or of addresses, or the same as JSON or CSV text. */
export function readDevices(value: unknown): ReadDevices {
  const reading = readRows(value);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** Reads a list of devices as {@link readDevices} does, and yields after each row. */
export function* readRows(value: unknown): Generator<void, ReadDevices> {
  const result: ReadDevices = { devices: [], problems: [] };
  const names = new Set<string>();
  try {
    for (const { row, read } of typeof value === 'string'
      ? rowsOfText(value)
      : rowsOfArray(value)) {
      try {
        result.devices.push(checkUnique(read(), names));
      } catch (cause) {
        result.problems.push(new Problem('row', { row }, { cause }));
      }
      yield;
    }
  } catch (error) {
    return { devices: [], problems: [error as Error] };
  }
  return result;
}

/** Checks one device of a list, and that none of `names` is its own; then adds it to them. */
export function checkUnique(value: unknown, names: Set<string>): Device {
  const device = toDevice(value);
  const { name, address } = device;
  if (names.has(name)) {
    throw name === address
      ? new FieldProblem('address', 'uniqueAddress', address)
      : new FieldProblem('name', 'unique', name);
  }
  names.add(device.name);
  return device;
}

/** Checks one device, or an address that stands for one. Throws a FieldProblem. */
export function toDevice(value: unknown): Device {
  check.object('device', typeof value === 'string' ? {} : value);
  const row = typeof value === 'string' ? { address: value } : value;
  const raw = withAddress(check.object('', row, ['name', 'address', 'labels']));
  const address = typeof raw.address === 'string' ? raw.address.trim() : raw.address;
  toAddress('address', address);
  const name = isBlank(raw.name) ? address : check.text('name', raw.name, { max: 200 }).trim();
  const labels = raw.labels === undefined ? {} : check.labels('labels', raw.labels);
  for (const label of Object.keys(labels)) {
    if (ownLabels.includes(label)) throw new FieldProblem(`labels.${label}`, 'ownLabel', label);
  }
  return { name: name as string, address: address as string, labels };
}

/** A row of a list of devices, with the address in its place where it stands in that of the name. */
export function withAddress(row: Record<string, unknown>): Record<string, unknown> {
  const { name, ...others } = row;
  return isBlank(row.address) && isAddressOnly(name) ? { ...others, address: name } : row;
}

// Whether a text can hardly be anything but an address: it has numbers and signs as only those have.
function isAddressOnly(value: unknown): boolean {
  if (typeof value !== 'string' || !/[.:]/.test(value)) return false;
  try {
    toAddress('name', value.trim());
    return true;
  } catch {
    return false;
  }
}

interface ReadRow {
  row: number;
  read: () => unknown;
}

function rowsOfArray(value: unknown): Iterable<ReadRow> {
  if (!Array.isArray(value)) throw new FieldProblem('devices', 'devices', value);
  return value.map((raw: unknown, i) => ({ row: i + 1, read: () => raw }));
}

function rowsOfText(text: string): Iterable<ReadRow> {
  if (!/^\s*[[{]/.test(text)) return rowsOfCsv(csvRows(text));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FieldProblem('devices', 'devices', text);
  }
  return rowsOfArray(value);
}

// Columns beside name and address are labels.
function* rowsOfCsv(rows: Iterable<CsvRow>): Generator<ReadRow, void> {
  let columns: string[] | undefined;
  let headed = false;
  for (const { line, cells } of rows) {
    if (!columns) {
      const heads = cells.map((cell) => cell.toLowerCase());
      headed = heads.includes('address');
      const own = (i: number) => heads[i] === 'name' || heads[i] === 'address';
      columns = headed ? cells.map((cell, i) => (own(i) ? heads[i]! : cell)) : ['name', 'address'];
      if (headed) continue;
    }
    const heads = columns;
    yield { row: line, read: () => deviceOfCells(cells, heads, headed) };
  }
}

function deviceOfCells(cells: string[], columns: string[], headed: boolean): unknown {
  if (cells.length > columns.length) {
    if (!headed) throw new FieldProblem('cells', 'headerRow', cells.join(','));
    throw new FieldProblem('cells', 'cells', cells.join(','), { max: columns.length });
  }
  const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
  const labels = columns.flatMap((column, i) =>
    column !== 'name' && column !== 'address' && cells[i] ? [[column, cells[i]]] : [],
  );
  return {
    name: cell('name'),
    address: cell('address'),
    labels: Object.fromEntries(labels) as unknown,
  };
}
