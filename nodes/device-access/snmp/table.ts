import { Problem } from '../../shared/problem.ts';
import type { AnswerSize } from './answer-size.ts';
import { isException, type SnmpDevice, type Varbind } from './transport.ts';

/** The cells of a table by the index of their row, in the order of the columns asked for. */
export type Table = Map<string, (Varbind | undefined)[]>;

/** rows at which a table is taken for an endless one */
const maxRows = 100_000;

/** ms that a device has for an answer that is larger than any it gave before */
const patience = 800;

type Asked = Pick<SnmpDevice, 'next' | 'cancel'>;

interface Column {
  position: number;
  /** its OID with a dot at the end */
  prefix: string;
  /** what it was read up to */
  last: string;
}

export interface TableOptions {
  size: AnswerSize;
  /** the largest max-repetitions */
  repetitions: number;
  /** the number of rows that are expected, so that nothing behind the table is asked for */
  rows?: number;
  /** the index of the last row, where it is certain that none follows */
  last?: string;
}

/**
 * Reads columns of one table side by side, so that what a row tells was seen at about one time. Holes
 * and rows that come and go meanwhile do no harm. Rejects with a `Problem` where the table goes round
 * in circles.
 * @param columns the columns' OIDs
 */
export async function readTable(
  device: Asked,
  columns: readonly string[],
  { size, repetitions, rows: expected = 0, last }: TableOptions,
): Promise<Table> {
  const table: Table = new Map();
  let open = columns.map((oid, position): Column => ({ position, prefix: `${oid}.`, last: oid }));
  while (open.length > 0) {
    const asked = open.slice(0, size.values);
    const left = expected < table.size ? Infinity : expected - table.size + 1;
    const count = Math.max(1, Math.min(repetitions, left, Math.floor(size.values / asked.length)));
    const answer = await ask(device, asked, count, size);
    if (!answer) continue;
    const unfinished = asked.filter(
      (column, i) =>
        take(table, column, answer[i] ?? [], columns) &&
        column.last !== `${column.prefix}${last ?? '.'}`,
    );
    // The others come first, so that all columns advance evenly.
    open = [...open.slice(asked.length), ...unfinished];
  }
  return table;
}

// Undefined where the answer was too large for the device and a smaller one may do.
async function ask(
  device: Asked,
  columns: Column[],
  count: number,
  size: AnswerSize,
): Promise<Varbind[][] | undefined> {
  const asked = columns.length * count;
  const began = performance.now();
  const trial = size.isTrial(asked)
    ? setTimeout(() => device.cancel(new Problem('snmpTooBig')), patience)
    : undefined;
  try {
    const oids = columns.map(({ last }) => last);
    const answer = await device.next(oids, count);
    const got = oids.reduce((sum, _, i) => sum + (answer[i]?.length ?? 0), 0);
    if (got === 0) throw new Problem('snmpTooBig');
    if (!answer.some((varbinds) => varbinds.some(isException)))
      size.learn(asked, got, performance.now() - began);
    return answer;
  } catch (error) {
    if (error instanceof Problem && error.key === 'snmpTooBig' && size.reduce(2)) return undefined;
    throw error;
  } finally {
    clearTimeout(trial);
  }
}

// Returns whether the column goes on.
function take(
  table: Table,
  column: Column,
  varbinds: Varbind[],
  columns: readonly string[],
): boolean {
  const { position, prefix } = column;
  for (const varbind of varbinds) {
    if (isException(varbind) || !varbind.oid.startsWith(prefix)) return false;
    const index = varbind.oid.slice(prefix.length);
    let row = table.get(index);
    if (!row) {
      if (table.size >= maxRows) throw new Problem('snmpEndless', { oid: prefix + index });
      table.set(index, (row = new Array<undefined>(columns.length).fill(undefined)));
    }
    // Some agents do not sort their rows, which is harmless as long as none comes twice.
    if (row[position]) throw new Problem('snmpEndless', { oid: varbind.oid });
    row[position] = varbind;
    column.last = varbind.oid;
  }
  return true;
}
