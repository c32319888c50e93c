/** hashes that are kept as they are, before they are only estimated */
const mostExact = 32;
/** registers; the standard error is 1.04 / sqrt(registers), 3.3 % */
const registers = 1024;
const registerBits = 10;

/**
 * Counts distinct things by their hashes of 32 bits: few exactly, many by HyperLogLog (Flajolet et al., 2007), in a kilobyte at
 * the most.
 */
export class DistinctCount {
  /** the hashes themselves, as long as they are few: most have one */
  #exact: number[] | undefined = [];
  #registers: Uint8Array | undefined;
  /** how often a register grew */
  #growth = 0;

  add(hash: number): void {
    if (!this.#exact) {
      this.#note(hash);
      return;
    }
    if (this.#exact.includes(hash)) return;
    this.#exact.push(hash);
    if (this.#exact.length <= mostExact) return;
    this.#registers = new Uint8Array(registers);
    for (const one of this.#exact) this.#note(one);
    this.#exact = undefined;
  }

  /** Grows with the count, and costs nothing: to tell few from many. */
  get weight(): number {
    return this.#exact ? this.#exact.length : this.#growth;
  }

  get count(): number {
    if (this.#exact) return this.#exact.length;
    let [sum, empty] = [0, 0];
    for (const rank of this.#registers!) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const estimate = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
    // Where many are empty, those tell more: linear counting.
    if (estimate <= 2.5 * registers && empty > 0) {
      return Math.round(registers * Math.log(registers / empty));
    }
    return Math.round(estimate);
  }

  #note(hash: number): void {
    const index = hash >>> (32 - registerBits);
    const rank = Math.min(Math.clz32(hash << registerBits), 32 - registerBits) + 1;
    if (this.#registers![index]! >= rank) return;
    this.#registers![index] = rank;
    this.#growth++;
  }
}
