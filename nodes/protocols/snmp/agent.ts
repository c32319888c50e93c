import type { Clock } from '../../shared/clock.ts';
import { inSlices } from '../../shared/in-slices.ts';
import { Problem } from '../../shared/problem.ts';
import { seconds } from '../if-mib/values.ts';
import type { Varbind } from '../if-mib/varbind.ts';
import { AnswerSize } from './answer-size.ts';
import { type AnswerTime, DeviceClock, sysUpTime } from './device-clock.ts';
import { readTable, type Table, type TableOptions, Walk } from './table.ts';
import type { SnmpDevice } from './transport.ts';

/** One device's answers in pieces that it can send. What it can send is learnt and kept. */
export class Agent {
  readonly #device: SnmpDevice;
  readonly #repetitions: number;
  readonly #local: Clock;
  readonly #size: AnswerSize;
  readonly #clock = new DeviceClock();
  /** whether it knows how to tell its uptime beside a table */
  #tellsUptime = true;
  /** how often it answered since the last {@link begin}, and the slowest of these answers in ms */
  #answers = 0;
  #slowest = 0;
  /** when the last request was made, and whether it still waits for its answer */
  #asked = 0;
  #isAsking = false;
  #ended: Error | undefined;

  /** @param repetitions the largest max-repetitions */
  constructor(device: SnmpDevice, repetitions: number, clock: Clock) {
    this.#device = device;
    this.#repetitions = repetitions;
    this.#local = clock;
    this.#size = new AnswerSize(clock);
  }

  /** Ends what is asked from here on once the signal is aborted, until the returned function is called. */
  begin(signal: AbortSignal): () => void {
    this.#answers = 0;
    this.#slowest = 0;
    this.#ended = undefined;
    const cancel = () => {
      // It speaks, and never took so long: this was perhaps too much for it.
      const waits = this.#isAsking && this.#local.steady() - this.#asked > 2 * this.#slowest;
      if (this.#answers > 0 && waits) this.#size.doubt();
      this.#ended = this.#explained(signal.reason as Error);
      this.#device.cancel(this.#ended);
    };
    signal.addEventListener('abort', cancel, { once: true });
    return () => signal.removeEventListener('abort', cancel);
  }

  /** The values at the OIDs, in their order; undefined where there is none. */
  async get(oids: readonly string[]): Promise<(Varbind | undefined)[]> {
    const values: (Varbind | undefined)[] = [];
    while (values.length < oids.length) {
      const some = oids.slice(values.length, values.length + this.#size.values);
      try {
        const answer = await this.#ask(() => this.#device.get(some));
        this.#learnClock(answer.find((value) => value?.oid === `${sysUpTime}.0`));
        for (const value of answer) values.push(value);
      } catch (error) {
        const tooBig = error instanceof Problem && error.key === 'snmpTooBig';
        if (!tooBig || !this.#size.reduce(2)) throw error;
      }
    }
    return values;
  }

  /** Columns of one table side by side: see {@link readTable}. */
  table(columns: readonly string[]): Promise<Table> {
    return this.walk(new Walk(columns));
  }

  /**
   * Begins a walk over a table, or goes on with one that was interrupted.
   * @param known what is known of its rows
   */
  async walk(
    walk: Walk,
    known: Pick<TableOptions, 'rows' | 'last' | 'until'> = {},
  ): Promise<Table> {
    const asked = {
      next: (oids: readonly string[], repetitions: number, once?: readonly string[]) =>
        this.#next(oids, repetitions, once),
      cancel: (reason: Error) => this.#device.cancel(reason),
    };
    const table = await readTable(asked, walk, {
      size: this.#size,
      repetitions: this.#repetitions,
      clock: this.#local,
      ...known,
    });
    for (const time of new Set(walk.times.values())) this.#clock.learn(time);
    return table;
  }

  /** Does work on what came that yields at each row, a little at a time: a table may have very many. */
  work<Result>(steps: Generator<void, Result>): Promise<Result> {
    return inSlices(steps, { clock: this.#local });
  }

  /** When the device made an answer, in ms on this machine's clock. */
  madeAt(time: AnswerTime): number {
    return this.#clock.at(time);
  }

  close(): void {
    this.#device.close();
  }

  async #next(
    oids: readonly string[],
    repetitions: number,
    once: readonly string[] = [],
  ): Promise<Varbind[][]> {
    const beside = this.#tellsUptime ? once : [];
    try {
      return await this.#ask(() => this.#device.next(oids, repetitions, beside));
    } catch (error) {
      // Some agents know no non-repeaters.
      const isOdd = error instanceof Problem && ['snmpGarbled', 'snmpStatus'].includes(error.key);
      if (!isOdd || beside.length === 0) throw error;
      const answer = await this.#ask(() => this.#device.next(oids, repetitions));
      this.#tellsUptime = false;
      return answer;
    }
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    if (this.#ended) throw this.#ended;
    const began = (this.#asked = this.#local.steady());
    this.#isAsking = true;
    const answer = await request().finally(() => (this.#isAsking = false));
    this.#answers++;
    this.#slowest = Math.max(this.#slowest, this.#local.steady() - began);
    return answer;
  }

  #learnClock(uptime: Varbind | undefined): void {
    const up = seconds(uptime);
    if (up === undefined) return;
    this.#clock.learn({ sent: this.#asked, arrived: this.#local.steady(), uptime: up * 1000 });
  }

  #explained(reason: Error): Error {
    if (this.#answers === 0 || !(reason instanceof Problem) || reason.key !== 'timeout') {
      return reason;
    }
    return new Problem('snmpSlow', { ...reason.params, count: this.#answers });
  }
}
