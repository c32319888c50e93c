/** a step back by more is a restart, by less a datagram that was overtaken */
const reordering = 1000;
/** as many in a row are not overtaken: their exporter began anew */
const mostBehind = 3;
/** a step forward by more tells nothing: the exporter counts anew */
const largestGap = 1e6;

/** What a format's numbers count. */
export type Counts = 'datagrams' | 'records';

/**
 * Watches the numbers of an exporter's datagrams for gaps. What each format counts differs: datagrams (NetFlow v9, RFC
 * 3954, and sFlow), or the records in them (NetFlow v5; IPFIX, RFC 7011).
 */
export class Sequence {
  #last = Number.NaN;
  /** by how much the next number may be larger, the likeliest first; undefined where it is not known */
  #steps: readonly number[] | undefined;
  #counts: Counts | undefined;
  /** how many came in a row that seemed overtaken */
  #behind = 0;
  /** datagrams, or records, that never came */
  lost = 0;

  /**
   * Sees a datagram of NetFlow v9: some exporters count records, against the RFC.
   * @param records undefined where they could not be counted
   */
  seeEither(number: number, records: number | undefined): void {
    const step = (number - this.#last) >>> 0;
    if (this.#counts === undefined && this.#steps !== undefined) {
      const [, before] = this.#steps;
      if (before !== 1 && step === 1) this.#counts = 'datagrams';
      else if (before !== 1 && step === before) this.#counts = 'records';
    }
    const isOfRecords = this.#counts === 'records';
    if (this.#counts === 'datagrams') this.see(number, [1]);
    else if (records === undefined) this.see(number, isOfRecords ? undefined : [1]);
    else this.see(number, isOfRecords ? [records] : [1, records]);
  }

  /**
   * Sees a datagram of IPFIX. Its number should be that of its first record (RFC 7011, section 3.1); softflowd has that
   * after its last, and counts no options.
   */
  seeRecords(number: number, records: number | undefined, flows: number): void {
    const steps = records === undefined ? undefined : [records, flows];
    if (steps?.includes((number - this.#last) >>> 0)) {
      this.#last = number;
      this.#steps = steps;
    } else {
      this.see(number, steps);
    }
  }

  /** Sees a datagram. @param steps by how much the number of the next one may be larger */
  see(number: number, steps: readonly number[] | undefined): void {
    if (this.#steps !== undefined && !Number.isNaN(this.#last)) {
      const step = (number - this.#last) | 0;
      const gap = step - this.#steps[0]!;
      if (!this.#steps.includes(step)) {
        if (gap > 0 && gap < largestGap) {
          this.lost += gap;
        } else if (gap < 0 && gap > -reordering && ++this.#behind <= mostBehind) {
          // One that was overtaken had been taken for lost.
          this.lost = Math.max(0, this.lost - (steps?.[0] ?? 0));
          return;
        }
      }
    }
    this.#behind = 0;
    this.#last = number;
    this.#steps = steps;
  }

  /** Begins anew, after a restart of the exporter. */
  restart(): void {
    this.#last = Number.NaN;
    this.#steps = undefined;
  }
}
