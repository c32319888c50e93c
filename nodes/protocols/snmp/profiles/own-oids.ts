import type { Sample } from '../../../contract/snapshot.ts';
import * as check from '../../../shared/check.ts';
import { FieldProblem } from '../../../shared/problem.ts';
import { label, measured } from '../../if-mib/values.ts';
import type { Cell } from '../../if-mib/varbind.ts';
import type { Agent } from '../agent.ts';

export const ownKinds = ['gauge', 'counter'] as const;

/** A value of the user's own choice, as a row of the dialog. */
export interface OwnOidRow {
  metric: string;
  /** of a scalar (with its .0) or of a column of a table */
  oid: string;
  /** whether it is a column: one reading a row */
  column: boolean;
  unit: string;
  /** multiplies the value, or the rate of a counter */
  scale: number;
  kind: (typeof ownKinds)[number];
  /** labels of a column's readings and the columns that hold them, such as `port=1.3.6.1.2.1.2.2.1.2` */
  labels: string;
}

/** The same, checked. */
export interface OwnOid extends Omit<OwnOidRow, 'labels'> {
  labels: { name: string; oid: string }[];
}

const names = ['metric', 'oid', 'column', 'unit', 'scale', 'kind', 'labels'];

/** Checks the table of own OIDs. Throws a FieldProblem. */
export function checkOwnOids(field: string, value: unknown): OwnOid[] {
  return check.array(field, value).map((row, i) => checkOwnOid(check.join(field, i), row));
}

/** Checks one row of it. Throws a FieldProblem. */
export function checkOwnOid(where: string, entry: unknown): OwnOid {
  const row = check.object(where, entry, names);
  const at = (name: string) => check.join(where, name);
  return {
    metric: check.metricName(at('metric'), row.metric),
    oid: checkOid(at('oid'), row.oid),
    column: check.boolean(at('column'), row.column),
    unit: check.text(at('unit'), row.unit, { max: 20 }),
    scale: check.number(at('scale'), row.scale),
    kind: check.oneOf(at('kind'), row.kind, ownKinds),
    labels: labelColumns(at('labels'), row.labels),
  };
}

/** An OID as numbers with dots between; one in front, as many write it, is dropped. */
function checkOid(field: string, value: unknown): string {
  const oid = typeof value === 'string' ? value.trim().replace(/^\./, '') : '';
  const parts = oid.split('.').map(Number);
  const good =
    /^[012](\.(0|[1-9]\d*)){2,127}$/.test(oid) && parts.every((n) => n < 2 ** 32) && parts[1]! < 40;
  if (!good) throw new FieldProblem(field, 'oid', value);
  return oid;
}

function labelColumns(field: string, value: unknown): OwnOid['labels'] {
  if (value === '' || value === undefined) return [];
  return check
    .text(field, value)
    .split(',')
    .map((pair) => {
      const [name = '', oid, ...others] = pair.split('=').map((part) => part.trim());
      if (
        !/^[a-zA-Z_]\w*$/.test(name) ||
        name === 'device' ||
        name === '__proto__' ||
        others.length > 0
      ) {
        throw new FieldProblem(field, 'labelColumns', value);
      }
      return { name, oid: checkOid(field, oid) };
    });
}

/** Reads the user's own OIDs. What the device does not have, or what is no number, is left out. */
export async function readOwnOids(agent: Agent, list: readonly OwnOid[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  const add = (own: OwnOid, value: Cell | undefined, labels?: Record<string, string>) => {
    const number = measured(value);
    if (!value || number === undefined) return;
    const { metric, unit, scale, kind } = own;
    // Only a Counter32 (tag 65) is known to wrap.
    const counter = kind === 'counter' && { counter: true, ...(value.type === 65 && narrow) };
    samples.push({ metric, value: number, unit, scale, ...counter, ...(labels && { labels }) });
  };
  const scalars = list.filter(({ column }) => !column);
  const values = await agent.get(scalars.map(({ oid }) => oid));
  for (const [i, own] of scalars.entries()) add(own, values[i]);
  for (const own of list.filter(({ column }) => column)) {
    const table = await agent.table([own.oid, ...own.labels.map(({ oid }) => oid)]);
    const addRows = function* () {
      for (const [index, [value, ...cells]] of table) {
        add(own, value, labelsOf(own, index, cells));
        yield;
      }
    };
    await agent.work(addRows());
  }
  return samples;
}

const narrow = { bits: 32 } as const;

function labelsOf(own: OwnOid, index: string, cells: (Cell | undefined)[]) {
  if (own.labels.length === 0) return { index };
  return Object.fromEntries(own.labels.map(({ name }, i) => [name, label(cells[i]) || index]));
}
