import type { InterfaceFilter } from '../../../shared/interface-filter.ts';
import type { InterfaceState } from '../../../shared/snapshot.ts';
import type { Agent } from '../agent.ts';
import { type IfColumn, ifMib } from '../if-mib.ts';
import {
  type Cells,
  countColumns,
  type CountPlan,
  planCounts,
  plannedColumns,
  readCounts,
} from '../interface-counts.ts';
import { type Identity, identityColumns, readIdentity, readStatus } from '../interface-identity.ts';
import type { Table } from '../table.ts';
import type { Varbind } from '../transport.ts';
import { number } from '../values.ts';

/** ms after which names and speeds are read anew, even if nothing seems to have changed */
const refresh = 15 * 60_000;

const stateColumns: readonly IfColumn[] = [
  'ifOperStatus',
  'ifAdminStatus',
  'ifCounterDiscontinuityTime',
];

interface Known {
  identity: Identity;
  plan: CountPlan;
  status: number | undefined;
}

/**
 * The interfaces of one device by the IF-MIB. Each poll reads the counts and states; names, types and
 * speeds, and which counters a row has, only when something has changed and every 15 minutes.
 */
export class Interfaces {
  /** to be asked for at the start of a poll: {@link begin} takes what they give */
  static readonly scalars = [ifMib.ifTableLastChange, ifMib.ifNumber];

  readonly #agent: Agent;
  readonly #filter: InterfaceFilter;
  readonly #now: () => number;
  #rows = new Map<string, Known>();
  #seen = new Set<string>();
  #columns: IfColumn[] = [];
  #mark = '';
  /** whether the device counts its rows, so that a new one is noticed */
  #counted = false;
  #due = -Infinity;

  /** @param now ms, from any beginning */
  constructor(agent: Agent, filter: InterfaceFilter, now: () => number) {
    this.#agent = agent;
    this.#filter = filter;
    this.#now = now;
  }

  /** Whether the device has any, or shows any. */
  get any(): boolean {
    return this.#rows.size > 0;
  }

  /**
   * Makes sure that what changes rarely is known.
   * @param restarted whether the device restarted since the last poll
   * @param scalars the values of {@link scalars}
   */
  async begin(restarted: boolean, scalars: readonly (Varbind | undefined)[]): Promise<void> {
    const mark = scalars.map((value) => number(value) ?? '').join();
    if (restarted || mark !== this.#mark || this.#now() >= this.#due) await this.#look();
    this.#mark = mark;
    this.#counted = number(scalars[1]) === this.#rows.size && this.#rows.size > 0;
  }

  /** The interfaces that the filter takes, with their counts of now. */
  async read(): Promise<InterfaceState[]> {
    const columns = [...stateColumns, ...this.#columns];
    const last = this.#counted ? { last: [...this.#rows.keys()].at(-1)! } : {};
    const table = await this.#table(columns, { rows: this.#rows.size, ...last });
    const gone = [...this.#seen].some((row) => !table.has(row));
    // Who came may have the index of who went.
    if (gone || [...table.keys()].some((row) => !this.#rows.has(row))) await this.#look();
    this.#seen = new Set(table.keys());
    const states: InterfaceState[] = [];
    for (const [index, known] of this.#rows) {
      const row = table.get(index);
      const state = row && this.#state(known, cellsOf(columns, row));
      if (state && this.#filter.takes(state)) states.push(state);
    }
    return states;
  }

  #state(known: Known, cells: Cells): InterfaceState {
    const { identity, plan } = known;
    const speed = this.#filter.speed(identity.name) ?? identity.speed;
    const discontinuity = number(cells('ifCounterDiscontinuityTime'));
    const status = number(cells('ifOperStatus'));
    // A link that came up may have another speed: read it with the next poll.
    if (status !== known.status && status === 1) this.#due = -Infinity;
    known.status = status;
    return {
      ...identity,
      ...readStatus(cells),
      ...readCounts(plan, cells),
      ...(speed !== undefined && { speed }),
      ...(discontinuity !== undefined && { discontinuity }),
    };
  }

  async #look(): Promise<void> {
    const columns = [...identityColumns, ...stateColumns, ...countColumns];
    const table = await this.#table(columns, { rows: this.#rows.size });
    const rows = new Map<string, Known>();
    for (const [index, row] of [...table].sort(([a], [b]) => Number(a) - Number(b))) {
      const cells = cellsOf(columns, row);
      const identity = readIdentity(index, cells);
      const status = this.#rows.get(index)?.status ?? 1;
      rows.set(index, { identity, plan: planCounts(cells), status });
    }
    this.#rows = rows;
    this.#columns = plannedColumns(Array.from(rows.values(), ({ plan }) => plan));
    this.#due = this.#now() + refresh;
  }

  #table(columns: readonly IfColumn[], known: Parameters<Agent['table']>[1]): Promise<Table> {
    return this.#agent.table(
      columns.map((column) => ifMib[column]),
      known,
    );
  }
}

function cellsOf(columns: readonly IfColumn[], row: (Varbind | undefined)[]): Cells {
  return (column) => row[columns.indexOf(column)];
}
