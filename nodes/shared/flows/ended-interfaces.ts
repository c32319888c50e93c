import type { Exporter } from './exporter.ts';

/** What is known of the interfaces of exporters in an interval. */
type Intervals = ReadonlyMap<Exporter, { interfaces: ReadonlyMap<number, unknown> }>;

/**
 * Finds the interfaces whose flows have ended: they had some in the interval before and have none in this one. Of an exporter
 * that has not sent anything since, nothing is known.
 */
export class EndedInterfaces {
  #number = 0;
  #before: (readonly [Exporter, readonly number[]])[] = [];

  /** The interval in which the flows of the last one may have ended; undefined where it had none. */
  get next(): number | undefined {
    return this.#before.length === 0 ? undefined : this.#number + 1;
  }

  /**
   * Sees an interval; each comes once, and later than those before.
   * @param number of it
   * @param start ms on the steady clock
   * @returns exporters and the index of their interfaces that have ended
   */
  see(number: number, start: number, exporters: Intervals): [Exporter, number][] {
    const before = this.next === number ? this.#before : [];
    this.#number = number;
    this.#before = Array.from(exporters, ([exporter, { interfaces }]) => {
      return [exporter, [...interfaces.keys()]] as const;
    }).filter(([, indexes]) => indexes.length > 0);
    return before.flatMap(([exporter, indexes]) => {
      const now = exporters.get(exporter)?.interfaces;
      // Where there are too many, one may be among the others.
      if (exporter.heardAt < start || now?.has(-1)) return [];
      return indexes
        .filter((index) => !now?.has(index))
        .map((index): [Exporter, number] => [exporter, index]);
    });
  }
}
