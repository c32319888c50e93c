interface Task {
  item: object;
  run: () => Promise<boolean>;
  ended: () => void;
}

/**
 * Runs tasks in their order, a limited number at a time and never two of one item. A task tells
 * whether it went well. Those of items that last did not come after the others and get at most half
 * of the places: a hundred dead devices, each waiting for its time-out, do not hold up the living.
 */
export class Queue {
  readonly #limit: number;
  readonly #waiting: { good: Task[]; bad: Task[] } = { good: [], bad: [] };
  readonly #busy = new Set<object>();
  readonly #failed = new WeakSet<object>();
  #running = 0;
  #runningBad = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Adds a task, unless one of its item is waiting or running. Resolves when it has ended or was
   * dropped.
   */
  add(item: object, run: () => Promise<boolean>): Promise<void> {
    if (this.#busy.has(item)) return Promise.resolve();
    this.#busy.add(item);
    return new Promise((ended) => {
      this.#waiting[this.#failed.has(item) ? 'bad' : 'good'].push({ item, run, ended });
      this.#next();
    });
  }

  /** Whether a task of the item is waiting or running. */
  has(item: object): boolean {
    return this.#busy.has(item);
  }

  /** Drops what has not begun. */
  clear(): void {
    for (const task of [...this.#waiting.good.splice(0), ...this.#waiting.bad.splice(0)])
      this.#end(task);
  }

  #next(): void {
    const { good, bad } = this.#waiting;
    while (this.#running < this.#limit) {
      const half = Math.max(1, Math.floor(this.#limit / 2));
      const isBad = good.length === 0;
      if (isBad && this.#runningBad >= half) return;
      const task = isBad ? bad.shift() : good.shift();
      if (!task) return;
      void this.#run(task, isBad);
    }
  }

  async #run(task: Task, isBad: boolean): Promise<void> {
    this.#running++;
    if (isBad) this.#runningBad++;
    if (await task.run()) this.#failed.delete(task.item);
    else this.#failed.add(task.item);
    this.#running--;
    if (isBad) this.#runningBad--;
    this.#end(task);
    this.#next();
  }

  #end(task: Task): void {
    this.#busy.delete(task.item);
    task.ended();
  }
}
