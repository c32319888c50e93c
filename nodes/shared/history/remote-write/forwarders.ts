import { systemClock } from '../../clock.ts';
import type { Problem } from '../../problem.ts';
import type { ServerAddress } from '../connection.ts';
import type { Store } from '../store/store.ts';
import { type Forwarded, Forwarder } from './forwarder.ts';
import { poster } from './post.ts';

/** A receiver that gets all that is kept from now on. */
export interface ForwardSettings extends ServerAddress {
  /** by which its place is known: what it missed is sent to it under another address too */
  name: string;
  /** labels for all series that have none of that name */
  labels: Record<string, string>;
}

interface Open {
  settings: string;
  forwarder: Forwarder;
  close: () => Promise<void>;
}

/** The receivers of a store. */
export class Forwarders {
  readonly #store: Store;
  readonly #tell: (problem: unknown) => void;
  readonly #open = new Map<string, Open>();
  /** those that are ending: two with one name would send all twice */
  #changing: Promise<void> = Promise.resolve();

  /** @param tell is told of what is wrong: a Problem, or an error of the store's */
  constructor(store: Store, tell: (problem: unknown) => void) {
    this.#store = store;
    this.#tell = tell;
  }

  /** Who gets what is kept. */
  set receivers(all: readonly ForwardSettings[]) {
    this.#store.outbox.receivers = all.map(({ name }) => name);
    this.#changing = this.#changing.then(() => this.#change(all));
  }

  async #change(all: readonly ForwardSettings[]): Promise<void> {
    const wanted = new Map(all.map((settings) => [settings.name, settings]));
    for (const [name, { settings, close }] of this.#open) {
      if (settings === JSON.stringify(wanted.get(name))) continue;
      this.#open.delete(name);
      await close();
    }
    for (const [name, settings] of wanted) {
      if (!this.#open.has(name)) this.#open.set(name, this.#start(settings));
    }
  }

  #start(settings: ForwardSettings): Open {
    const { post, close } = poster(settings);
    const forwarder = new Forwarder({
      ...{ name: settings.name, labels: settings.labels, post, clock: systemClock },
      host: new URL(settings.url).host,
      outbox: this.#store.outbox,
      nameOf: (series) => this.#store.nameOf(series),
      tell: (problem: Problem) => this.#tell(problem),
      failed: this.#tell,
    });
    return {
      settings: JSON.stringify(settings),
      forwarder,
      async close() {
        await forwarder.close();
        close();
      },
    };
  }

  /** There is something new. */
  wake(): void {
    for (const { forwarder } of this.#open.values()) forwarder.wake();
  }

  /** How far each is, by its name. */
  get status(): Record<string, Forwarded> {
    return Object.fromEntries(
      Array.from(this.#open, ([name, { forwarder }]) => [name, forwarder.status]),
    );
  }

  /** Resolves once nothing is under way. */
  async close(): Promise<void> {
    await this.#changing;
    await this.#change([]);
  }
}
