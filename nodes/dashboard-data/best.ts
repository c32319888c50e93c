/** The best few of many that come one by one, the best first: sorting all at once would hold others up. */
export class Best<Item> {
  readonly items: Item[] = [];
  readonly #most: number;
  readonly #compare: (a: Item, b: Item) => number;

  /** @param compare below zero where the first is better; of equal ones the one that came first is */
  constructor(most: number, compare: (a: Item, b: Item) => number) {
    this.#most = most;
    this.#compare = compare;
  }

  take(item: Item): void {
    const { items } = this;
    if (items.length === this.#most && this.#compare(items.at(-1)!, item) <= 0) return;
    const at = items.findIndex((other) => this.#compare(item, other) < 0);
    items.splice(at < 0 ? items.length : at, 0, item);
    if (items.length > this.#most) items.pop();
  }
}
