/** Noise that is the same each time: normal values from a linear congruential generator. */
export class Noise {
  #seed: number;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** above 0, below 1 */
  uniform(): number {
    this.#seed = (this.#seed * 1664525 + 1013904223) >>> 0;
    return (this.#seed + 0.5) / 2 ** 32;
  }

  /** of mean 0 and standard deviation 1 (Box and Muller) */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Values that depend on the one before by a factor. */
  series(length: number, factor = 0): Float64Array {
    let value = 0;
    for (let i = 0; i < 50; i++) value = factor * value + this.normal();
    return Float64Array.from({ length }, () => (value = factor * value + this.normal()));
  }
}

/** The numbers that the figures of numpy and scipy in the tests were made of. */
export function sampleSeries(): { x: Float64Array; y: Float64Array } {
  const length = 60;
  const x = Float64Array.from(
    { length },
    (_, i) => Math.round((10 * Math.sin(i * 0.9) + ((i * 7919) % 13)) * 1000) / 1000,
  );
  const y = x.map((_, i) => x[(i + length - 3) % length]! * -2 + ((i * 104729) % 7));
  return { x, y };
}

export function close(actual: number, expected: number, share = 1e-9): void {
  if (Math.abs(actual - expected) > share * Math.abs(expected)) {
    throw new Error(`expected ${expected} and got ${actual}`);
  }
}
