interface Task {
  item: object;
  run: () => Promise<boolean>;
  ended: () => void;
  failed: (error: unknown) => void;
}

/**
 * Runs tasks in their order, a limited number at a time and never two of one item. A task tells
 * whether it went well. Those of items that last did not are held apart: they get a quarter of the
 * places at least and half of them at most, but always one; of a single place, every other turn.
 * So a hundred dead devices, each waiting for its timeout, do not hold up the living, and one that
 * failed once has its turn again however many others wait.
 */
export class Queue {
  readonly #limit: number;
  /** places that items that failed get at least, and at most, where they wait */
  readonly #least: number;
  readonly #most: number;
  readonly #waiting: { good: Task[]; bad: Task[] } = { good: [], bad: [] };
  readonly #busy = new Set<object>();
  readonly #failed = new WeakSet<object>();
  #running = 0;
  #runningBad = 0;
  /** whether the last one that began was of an item that had failed */
  #lastBad = false;

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
      this.#waiting[this.#failed.has(item) ? 'bad' : 'good'].push({ item, run, ended, failed });
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
      this.#drop(task);
  }

  #next(): void {
    while (this.#running < this.#limit) {
      const isBad = this.#isBadsTurn();
      if (isBad && this.#runningBad >= this.#most) return;
      const task = this.#waiting[isBad ? 'bad' : 'good'].shift();
      if (!task) return;
      void this.#run(task, isBad);
    }
  }

  #isBadsTurn(): boolean {
    const { good, bad } = this.#waiting;
    if (good.length === 0 || bad.length === 0) return good.length === 0;
    return this.#limit === 1 ? !this.#lastBad : this.#runningBad < this.#least;
  }

  async #run(task: Task, isBad: boolean): Promise<void> {
    this.#lastBad = isBad;
    this.#running++;
    if (isBad) this.#runningBad++;
    let good = false;
    let ended = task.ended;
    try {
      good = await task.run();
    } catch (error) {
      ended = () => task.failed(error);
    }
    if (good) this.#failed.delete(task.item);
    else this.#failed.add(task.item);
    this.#running--;
    if (isBad) this.#runningBad--;
    this.#busy.delete(task.item);
    ended();
    this.#next();
  }

  #drop(task: Task): void {
    this.#busy.delete(task.item);
    task.ended();
  }
}
