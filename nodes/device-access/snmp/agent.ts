import { Problem } from '../../shared/problem.ts';
import { AnswerSize } from './answer-size.ts';
import { readTable, type Table, type TableOptions } from './table.ts';
import type { SnmpDevice, Varbind } from './transport.ts';

/** One device's answers in pieces that it can send. What it can send is learnt and kept. */
export class Agent {
  readonly #device: SnmpDevice;
  readonly #repetitions: number;
  readonly #size: AnswerSize;
  /** whether the device answered anything since the last {@link begin} */
  #answered = false;

  /**
   * @param repetitions the largest max-repetitions
   * @param now ms, from any beginning
   */
  constructor(device: SnmpDevice, repetitions: number, now: () => number) {
    this.#device = device;
    this.#repetitions = repetitions;
    this.#size = new AnswerSize(now);
  }

  /** Ends what is asked from here on once the signal is aborted, until the returned function is called. */
  begin(signal: AbortSignal): () => void {
    this.#answered = false;
    const cancel = () => {
      // It speaks, but this was perhaps too much for it.
      if (this.#answered) this.#size.doubt();
      this.#device.cancel(signal.reason as Error);
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
        values.push(...(await this.#device.get(some)));
        this.#answered = true;
      } catch (error) {
        const tooBig = error instanceof Problem && error.key === 'snmpTooBig';
        if (!tooBig || !this.#size.reduce(2)) throw error;
      }
    }
    return values;
  }

  /**
   * Columns of one table side by side: see {@link readTable}.
   * @param known what is known of its rows
   */
  table(
    columns: readonly string[],
    known: Pick<TableOptions, 'rows' | 'last'> = {},
  ): Promise<Table> {
    return readTable(this.#device, columns, {
      size: this.#size,
      repetitions: this.#repetitions,
      ...known,
    });
  }

  close(): void {
    this.#device.close();
  }
}
