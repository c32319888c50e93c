/** The columns of readings, each an array that can be given to another thread. */
export class Columns {
  #series = new Float64Array(1024);
  #times = new Float64Array(1024);
  #values = new Float64Array(1024);
  #length = 0;

  add(series: number, time: number, value: number): void {
    if (this.#length === this.#series.length) this.#grow();
    this.#series[this.#length] = series;
    this.#times[this.#length] = time;
    this.#values[this.#length++] = value;
  }

  /** What was added, in arrays of their own. */
  taken() {
    return {
      series: this.#series.slice(0, this.#length),
      times: this.#times.slice(0, this.#length),
      values: this.#values.slice(0, this.#length),
    };
  }

  #grow(): void {
    this.#series = doubled(this.#series);
    this.#times = doubled(this.#times);
    this.#values = doubled(this.#values);
  }
}

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
