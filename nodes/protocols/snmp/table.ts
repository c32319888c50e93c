import type { Clock } from '../../shared/clock.ts';
import { Problem } from '../../shared/problem.ts';
import { kept, seconds } from '../if-mib/values.ts';
import type { Cell, Varbind } from '../if-mib/varbind.ts';
import type { AnswerSize } from './answer-size.ts';
import { type AnswerTime, sysUpTime } from './device-clock.ts';
import { isException, type SnmpDevice } from './transport.ts';

/** The cells of a table by the index of their row, in the order of the columns asked for. */
export type Table = Map<string, (Cell | undefined)[]>;

/** rows at which a table is taken for an endless one */
const maxRows = 100_000;

/** ms that a device has for an answer that is larger than any it gave before */
const patience = 800;

/** values: a device that can answer no more has no room for its uptime beside them */
const fewest = 10;

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
  clock: Clock;
  /** the number of rows that are expected, so that nothing behind the table is asked for */
  rows?: number;
  /** the index of the last row, where it is certain that none follows */
  last?: string;
  /** when to stop and leave the rest for later, ms on the steady clock */
  until?: number;
}

/** A walk over columns of one table. It can be interrupted, and go on later. */
export class Walk {
  readonly table: Table = new Map();
  /** of the answer that brought what is timed, by the index of the row */
  readonly times = new Map<string, AnswerTime>();
  readonly columns: readonly string[];
  readonly timed: ReadonlySet<number>;
  open: Column[];

  /**
   * @param columns the columns' OIDs
   * @param timed those of which it matters when they were seen
   */
  constructor(columns: readonly string[], timed: readonly string[] = []) {
    this.columns = columns;
    this.timed = new Set(timed.map((oid) => columns.indexOf(oid)));
    this.open = columns.map((oid, position) => ({ position, prefix: `${oid}.`, last: oid }));
  }
}

/**
 * Reads columns of one table side by side, so that what a row tells was seen at about one time. Holes
 * and rows that come and go meanwhile do no harm. Rejects with a `Problem` where the table goes round
 * in circles.
 * @param walk what to read, and how far that has come
 */
export async function readTable(device: Asked, walk: Walk, options: TableOptions): Promise<Table> {
  const { size, repetitions, rows: expected = 0, last, until = Infinity, clock } = options;
  const { table } = walk;
  while (walk.open.length > 0 && clock.steady() < until) {
    // The uptime takes the place of a value.
    const isTimed =
      size.values > fewest && walk.open.some(({ position }) => walk.timed.has(position));
    const room = isTimed ? size.values - 1 : size.values;
    const asked = walk.open.slice(0, room);
    const left = expected < table.size ? Infinity : expected - table.size + 1;
    const count = Math.max(1, Math.min(repetitions, left, Math.floor(room / asked.length)));
    const answer = await ask(device, asked, count, isTimed, options);
    if (!answer) continue;
    const unfinished = asked.filter(
      (column, i) =>
        take(walk, column, answer.columns[i] ?? [], answer.time) &&
        column.last !== `${column.prefix}${last ?? '.'}`,
    );
    // The others come first, so that all columns advance evenly.
    walk.open = [...walk.open.slice(asked.length), ...unfinished];
  }
  return table;
}

// Undefined where the answer was too large for the device and a smaller one may do.
async function ask(
  device: Asked,
  columns: Column[],
  count: number,
  isTimed: boolean,
  { size, clock }: TableOptions,
): Promise<{ columns: Varbind[][]; time: AnswerTime } | undefined> {
  const asked = columns.length * count;
  const sent = clock.steady();
  const givenUp = new Problem('snmpTooBig');
  const trial = size.isTrial(asked)
    ? setTimeout(() => device.cancel(givenUp), patience)
    : undefined;
  try {
    const oids = columns.map(({ last }) => last);
    const answer = await device.next(oids, count, isTimed ? [sysUpTime] : []);
    const arrived = clock.steady();
    const got = oids.reduce((sum, _, i) => sum + (answer[i]?.length ?? 0), 0);
    if (got === 0) throw new Problem('snmpTooBig');
    if (!answer.some((varbinds) => varbinds.some(isException))) {
      size.learn(asked, got, arrived - sent);
    }
    const uptime = answer[oids.length]?.[0];
    const up = uptime?.oid === `${sysUpTime}.0` ? seconds(uptime) : undefined;
    const time = { sent, arrived, ...(up !== undefined && { uptime: up * 1000 }) };
    return { columns: answer, time };
  } catch (error) {
    // Late is no proof that it was too large.
    if (error === givenUp) {
      size.giveUp(asked);
      return undefined;
    }
    if (error instanceof Problem && error.key === 'snmpTooBig' && size.reduce(2)) return undefined;
    throw error;
  } finally {
    clearTimeout(trial);
  }
}

// Returns whether the column goes on.
function take(
  { table, times, timed, columns }: Walk,
  column: Column,
  varbinds: Varbind[],
  time: AnswerTime,
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
    row[position] = kept(varbind);
    if (timed.has(position)) times.set(index, time);
    column.last = varbind.oid;
  }
  return true;
}
