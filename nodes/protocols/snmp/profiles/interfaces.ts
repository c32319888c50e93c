import type { InterfaceState } from '../../../contract/snapshot.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { InterfaceFilter } from '../../../shared/match/interface-filter.ts';
import { Problem } from '../../../shared/problem.ts';
import { type IfColumn, ifMib } from '../../if-mib/if-mib.ts';
import {
  type Cells,
  countColumns,
  type CountPlan,
  LastCounts,
  planCounts,
  plannedColumns,
  readCounts,
  settleCounts,
} from '../../if-mib/interface-counts.ts';
import {
  type Identity,
  identityColumns,
  readIdentity,
  readStatus,
} from '../../if-mib/interface-identity.ts';
import { number } from '../../if-mib/values.ts';
import type { Cell } from '../../if-mib/varbind.ts';
import type { Agent } from '../agent.ts';
import { type Table, Walk } from '../table.ts';

/** ms after which names and speeds are read anew, even if nothing seems to have changed */
const refresh = 15 * 60_000;

/** ms for which a fallen count is no reason to look anew, after one that meant nothing */
const patience = 60_000;

/** when these were seen is when an interface was counted */
const timed: readonly IfColumn[] = ['ifHCInOctets', 'ifHCOutOctets', 'ifInOctets', 'ifOutOctets'];

const stateColumns: readonly IfColumn[] = [
  'ifOperStatus',
  'ifAdminStatus',
  'ifCounterDiscontinuityTime',
];

/** What was read of all rows. */
interface Sight {
  walk: Walk;
  positions: ReadonlyMap<IfColumn, number>;
}

interface Known {
  identity: Identity;
  plan: CountPlan;
  status: number | undefined;
  /** whether the last poll saw it */
  isSeen: boolean;
  counts: LastCounts;
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
  readonly #clock: Clock;
  #rows = new Map<string, Known>();
  #columns: IfColumn[] = [];
  #mark = '';
  /** whether the device counts its rows, so that a new one is noticed */
  #counted = false;
  #due = -Infinity;
  /** a look that a timeout interrupted: the next poll goes on with it */
  #unfinished: { walk: Walk; began: number } | undefined;
  /** what this poll has seen already by looking */
  #fresh: Sight | undefined;
  #patientUntil = -Infinity;

  constructor(agent: Agent, filter: InterfaceFilter, clock: Clock) {
    this.#agent = agent;
    this.#filter = filter;
    this.#clock = clock;
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
  async begin(restarted: boolean, scalars: readonly (Cell | undefined)[]): Promise<void> {
    const mark = scalars.map((value) => number(value) ?? '').join();
    if (restarted || mark !== this.#mark) {
      this.#unfinished = undefined;
      this.#due = -Infinity;
    }
    this.#mark = mark;
    this.#fresh = this.#clock.steady() >= this.#due ? await this.#look() : undefined;
    this.#counted = number(scalars[1]) === this.#rows.size && this.#rows.size > 0;
  }

  /** The interfaces that the filter takes, with their counts of now. */
  async read(): Promise<InterfaceState[]> {
    const fresh = this.#fresh;
    this.#fresh = undefined;
    let sight = fresh ?? (await this.#readCounts());
    let states = await this.#agent.work(this.#states(sight));
    // Some agents leave columns out of an answer that has many.
    if (fresh && states.size < this.#rows.size) {
      sight = await this.#readCounts();
      states = await this.#agent.work(this.#states(sight));
    }
    const hasOthers = !fresh && (await this.#agent.work(this.#hasOthers(sight)));
    if (hasOthers || ((await this.#agent.work(this.#see(states))) && !fresh && this.#doubts())) {
      sight = (await this.#look()) ?? sight;
      states = await this.#agent.work(this.#states(sight));
      await this.#agent.work(this.#see(states));
    }
    return this.#agent.work(this.#taken(states.values()));
  }

  *#taken(states: Iterable<InterfaceState>): Generator<void, InterfaceState[]> {
    const taken: InterfaceState[] = [];
    for (const state of states) {
      if (this.#filter.takes(state)) taken.push(state);
      yield;
    }
    return taken;
  }

  async #readCounts(): Promise<Sight> {
    const last = this.#counted ? { last: [...this.#rows.keys()].at(-1)! } : {};
    const sight = newSight([...stateColumns, ...this.#columns]);
    await this.#agent.walk(sight.walk, { rows: this.#rows.size, ...last });
    return sight;
  }

  // Who came may have the index of who went.
  *#hasOthers({ walk: { table } }: Sight): Generator<void, boolean> {
    for (const [index, { isSeen }] of this.#rows) {
      if (isSeen && !table.has(index)) return true;
      yield;
    }
    for (const index of table.keys()) {
      if (!this.#rows.has(index)) return true;
      yield;
    }
    return false;
  }

  // Keeps what came for the next poll. Returns whether a count fell.
  *#see(states: ReadonlyMap<string, InterfaceState>): Generator<void, boolean> {
    let fallen = false;
    for (const [index, known] of this.#rows) {
      const state = states.get(index);
      known.isSeen = state !== undefined;
      if (state && known.counts.take(state)) fallen = true;
      yield;
    }
    return fallen;
  }

  // Where a count fell, its index may be another interface's now.
  #doubts(): boolean {
    if (this.#clock.steady() < this.#patientUntil) return false;
    this.#unfinished = undefined;
    this.#due = -Infinity;
    this.#patientUntil = this.#clock.steady() + patience;
    return true;
  }

  *#states(sight: Sight): Generator<void, Map<string, InterfaceState>> {
    const states = new Map<string, InterfaceState>();
    const needed = [...stateColumns, ...this.#columns];
    let settled = false;
    for (const [index, known] of this.#rows) {
      yield;
      const row = sight.walk.table.get(index);
      if (!row) continue;
      const cells = cellsOf(sight, row);
      if (needed.every((column) => !cells(column))) continue;
      if (settleCounts(known.plan, cells)) settled = true;
      const state = this.#state(known, cells);
      const time = sight.walk.times.get(index);
      if (time) state.countedAt = this.#agent.madeAt(time);
      states.set(index, state);
    }
    if (settled) yield* this.#planColumns();
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

  // Returns what it saw, unless a part of that is of polls before.
  async #look(): Promise<Sight | undefined> {
    const sight = newSight([...identityColumns, ...stateColumns, ...countColumns]);
    const now = this.#clock.steady();
    const before = this.#unfinished;
    const goesOn = before !== undefined && now - before.began < refresh;
    const { walk } = (this.#unfinished = goesOn ? before : { walk: sight.walk, began: now });
    try {
      await this.#agent.walk(walk, { rows: this.#rows.size });
    } catch (error) {
      if (error instanceof Problem && error.key === 'snmpEndless') this.#unfinished = undefined;
      throw error;
    }
    this.#unfinished = undefined;
    this.#rows = await this.#agent.work(this.#known(sight, walk.table));
    await this.#agent.work(this.#planColumns());
    this.#due = now + refresh;
    return goesOn ? undefined : sight;
  }

  *#known(sight: Sight, table: Table): Generator<void, Map<string, Known>> {
    const rows = new Map<string, Known>();
    for (const [index, row] of [...table].sort(([a], [b]) => Number(a) - Number(b))) {
      const cells = cellsOf(sight, row);
      const identity = readIdentity(index, cells);
      const { status = 1, isSeen = false } = this.#rows.get(index) ?? {};
      const counts = new LastCounts();
      rows.set(index, { identity, plan: planCounts(cells), status, isSeen, counts });
      yield;
    }
    return rows;
  }

  *#planColumns(): Generator<void, void> {
    const plans = Array.from(this.#rows.values(), ({ plan }) => plan);
    this.#columns = yield* plannedColumns(plans);
  }
}

function newSight(columns: readonly IfColumn[]): Sight {
  const oids = columns.map((column) => ifMib[column]);
  const times = timed.filter((column) => columns.includes(column)).map((column) => ifMib[column]);
  return {
    walk: new Walk(oids, times),
    positions: new Map(columns.map((column, position) => [column, position])),
  };
}

function cellsOf({ positions }: Sight, row: (Cell | undefined)[]): Cells {
  return (column) => row[positions.get(column) ?? -1];
}
