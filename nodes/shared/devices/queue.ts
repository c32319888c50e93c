interface Task {
  item: object;
  run: () => Promise<boolean>;
  ended: () => void;
  failed: (error: unknown) => void;
}

/**
 * Runs tasks in their order, a limited number at a time and never two of one item. A task tells
 * whether it went well. An item is failing where its last task did not, else healthy. Failing ones get a
 * quarter of the places at least and half of them at most, but always one; of a single place, every other.
 * So a hundred dead devices, each waiting for its timeout, do not hold up the healthy, and one that
 * failed once is run again however many others wait.
 */
export class Queue {
  readonly #limit: number;
  /** places that failing items get at least, and at most, where they wait */
  readonly #least: number;
  readonly #most: number;
  readonly #waiting: { healthy: Task[]; failing: Task[] } = {
    healthy: [],
    failing: [],
  };
  readonly #busy = new Set<object>();
  readonly #failing = new WeakSet<object>();
  #running = 0;
  #runningFailing = 0;
  /** whether the last one that began was of a failing item */
  #lastFailing = false;

  constructor(limit: number) {
    this.#limit = limit;
    this.#least = Math.max(1, Math.floor(limit / 4));
    this.#most = Math.max(1, Math.floor(limit / 2));
  }

  /**
   * Adds a task, unless one of its item is waiting or running. Resolves when it has ended or was
   * dropped; rejects where it did.
   */
  add(item: object, run: () => Promise<boolean>): Promise<void> {
    if (this.#busy.has(item)) return Promise.resolve();
    this.#busy.add(item);
    return new Promise((ended, failed) => {
      this.#waiting[this.#failing.has(item) ? 'failing' : 'healthy'].push({
        item,
        run,
        ended,
        failed,
      });
      this.#next();
    });
  }

  /** Whether a task of the item is waiting or running. */
  has(item: object): boolean {
    return this.#busy.has(item);
  }

  /** Drops what has not begun. */
  clear(): void {
    for (const task of [...this.#waiting.healthy.splice(0), ...this.#waiting.failing.splice(0)]) {
      this.#drop(task);
    }
  }

  #next(): void {
    while (this.#running < this.#limit) {
      const isFailing = this.#isForFailing();
      if (isFailing && this.#runningFailing >= this.#most) return;
      const task = this.#waiting[isFailing ? 'failing' : 'healthy'].shift();
      if (!task) return;
      void this.#run(task, isFailing);
    }
  }

  #isForFailing(): boolean {
    const { healthy, failing } = this.#waiting;
    if (healthy.length === 0 || failing.length === 0) return healthy.length === 0;
    return this.#limit === 1 ? !this.#lastFailing : this.#runningFailing < this.#least;
  }

  async #run(task: Task, isFailing: boolean): Promise<void> {
    this.#lastFailing = isFailing;
    this.#running++;
    if (isFailing) this.#runningFailing++;
    let wentWell = false;
    let ended = task.ended;
    try {
      wentWell = await task.run();
    } catch (error) {
      ended = () => task.failed(error);
    }
    if (wentWell) this.#failing.delete(task.item);
    else this.#failing.add(task.item);
    this.#running--;
    if (isFailing) this.#runningFailing--;
    this.#busy.delete(task.item);
    ended();
    this.#next();
  }

  #drop(task: Task): void {
    this.#busy.delete(task.item);
    task.ended();
  }
}
