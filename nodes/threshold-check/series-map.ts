import { seriesKey } from '../contract/reading.ts';

type Labels = Readonly<Record<string, string>>;

/** A place in the tree: reached by the values of the labels before it. */
interface Place<T> {
  item?: T;
  /** one for each label that comes next anywhere, usually a single one */
  next?: Branch<T>;
}

interface Branch<T> {
  label: string;
  places: Map<string, Place<T>>;
  other: Branch<T> | undefined;
}

/**
 * Items by the labels of their series, whose order does not matter. Labels are looked up one by one
 * in the order in which they come: sorting and joining them for each reading would cost more than
 * all the rest of checking it.
 */
export class SeriesMap<T> {
  readonly #metric: string;
  readonly #items = new Map<string, T>();
  #root: Place<T> = {};

  constructor(metric: string) {
    this.#metric = metric;
  }

  get size(): number {
    return this.#items.size;
  }

  values(): MapIterator<T> {
    return this.#items.values();
  }

  get(labels: Labels): T | undefined {
    let place: Place<T> | undefined = this.#root;
    for (const label in labels) {
      let branch: Branch<T> | undefined = place.next;
      while (branch && branch.label !== label) branch = branch.other;
      place = branch?.places.get(labels[label]!);
      if (!place) return this.#learn(labels);
    }
    return place.item ?? this.#learn(labels);
  }

  set(labels: Labels, item: T): void {
    this.#items.set(seriesKey(this.#metric, labels), item);
    this.#learn(labels);
  }

  delete(labels: Labels): void {
    this.#items.delete(seriesKey(this.#metric, labels));
    this.#root = {};
  }

  // Remembers the way to an item for this order of its labels.
  #learn(labels: Labels): T | undefined {
    const item = this.#items.get(seriesKey(this.#metric, labels));
    if (item === undefined) return undefined;
    let place = this.#root;
    for (const [label, value] of Object.entries(labels)) {
      let branch = place.next;
      while (branch && branch.label !== label) branch = branch.other;
      if (!branch) {
        branch = { label, places: new Map(), other: place.next };
        place.next = branch;
      }
      let next = branch.places.get(value);
      if (!next) branch.places.set(value, (next = {}));
      place = next;
    }
    place.item = item;
    return item;
  }
}
