/** Does one thing after the other, in the order in which they came: what waits for one waits for all before it. */
export class InOrder {
  #last: Promise<void> = Promise.resolve();

  /** Rejects as the work does; what comes after it is done nevertheless. */
  add(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => {});
    return next;
  }
}
