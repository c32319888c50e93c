import type { Page, PageRequest, TrafficPage, TrafficRequest } from '../../contract/pages.ts';
import { requestFor, type Shown } from './route.ts';

/** ms between two requests for the same because readings came */
const leastDistance = 3000;
const textDistance = 60_000;
/** to read much of a history takes its time, and collectors of flows tell each minute */
const trafficDistance = 20_000;
/** ms after which an answer is no longer waited for */
const patience = 15_000;

/** What asks: its clock, its timer and how it asks. */
export interface AskingOptions {
  /** ms */
  now(): number;
  /** Runs a task after some ms; what it returns prevents that. */
  later(task: () => void, ms: number): () => void;
  isHidden(): boolean;
  /** A text that no other browser has. */
  newId(): string;
  ask(request: PageRequest): void;
}

/**
 * Asks for the page that is shown, and decides which of the pages that come is to be shown: answers to what others
 * asked may come too. An overview that nobody asked for says that readings came: then what is shown is asked for anew,
 * but not too often, and not while nobody looks.
 */
export class Asking {
  readonly #options: AskingOptions;
  #shown: Shown | undefined;
  /** by which answers to what is shown now are known */
  #request = '';
  #page: Page | undefined;
  #askedAt = -Infinity;
  /** since when an answer is due; Infinity where none is */
  #waitingSince = Infinity;
  #isDue = false;
  #cancel: (() => void) | undefined;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** The last page that came for what is shown. */
  get page(): Page | undefined {
    return this.#page;
  }

  /** Whether an answer has been due for long. */
  get isUnanswered(): boolean {
    return this.#options.now() - this.#waitingSince > patience;
  }

  /** Shows something else, and asks for it. */
  show(shown: Shown): void {
    const isSame = this.#page !== undefined && isFor(this.#page, shown);
    this.#shown = shown;
    this.#request = this.#options.newId();
    if (!isSame) this.#page = undefined;
    this.#askNow();
  }

  /** The window is seen again: what came meanwhile is asked for. */
  seen(): void {
    if (this.#isDue || this.#page === undefined) this.#askNow();
  }

  /** Asks again where no answer came: it may have been lost, or the node was not there yet. */
  again(): void {
    if (this.isUnanswered && this.#options.now() - this.#askedAt > patience) this.#askNow();
  }

  /** A page came. Returns whether it is to be shown. */
  take(page: Page): boolean {
    const shown = this.#shown;
    if (!shown) return false;
    const isUnasked = page.request === undefined;
    // An answer may have another period, and may say that there is nothing.
    const isTaken = isUnasked ? isExactly(page, shown) : page.request === this.#request;
    if (isTaken) {
      this.#page = page;
      this.#waitingSince = Infinity;
    } else if (isUnasked && page.page === 'overview') {
      this.#askSoon();
    }
    return isTaken;
  }

  /** Asks no more. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #isWaiting(): boolean {
    return this.#waitingSince !== Infinity;
  }

  #askSoon() {
    if (this.#cancel) return;
    const wait = this.#askedAt + distanceOf(this.#shown) - this.#options.now();
    if (wait <= 0) this.#askNow();
    else this.#cancel = this.#options.later(() => this.#askNow(), wait);
  }

  #askNow() {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#shown) return;
    this.#isDue = this.#options.isHidden();
    if (this.#isDue) return;
    this.#askedAt = this.#options.now();
    if (!this.#isWaiting()) this.#waitingSince = this.#askedAt;
    this.#options.ask({ ...requestFor(this.#shown), request: this.#request });
  }
}

/** ms between two requests: a text may be large, and changes seldom */
function distanceOf(shown: Shown | undefined): number {
  const page = shown?.route.page;
  if (page === 'traffic' || page === 'changes') return trafficDistance;
  return page?.startsWith('configuration') ? textDistance : leastDistance;
}

/** Whether it is what is shown, of the same period; the status page has none to choose. */
function isExactly(page: Page, shown: Shown): boolean {
  if (!isFor(page, shown)) return false;
  return page.page === 'status' || (page.period === shown.period && page.compare === shown.compare);
}

function isFor(page: Page, { route }: Shown): boolean {
  if (page.page !== route.page) return false;
  if (page.page === 'device' && route.page === 'device') return page.line.name === route.device;
  if (page.page === 'port' && route.page === 'port') {
    return page.port.device === route.device && page.port.name === route.interface;
  }
  if (page.page === 'configurations' && route.page === 'configurations') {
    const { text = '', isExpression = false } = page.search ?? {};
    return text === (route.search ?? '') && isExpression === (route.isExpression ?? false);
  }
  if (page.page === 'configuration' && route.page === 'configuration') {
    // Another version is another text: what is shown of one must not stand under the name of the other.
    return page.line.device === route.device && page.shown.id === route.version;
  }
  if (page.page === 'changes' && route.page === 'changes') {
    if (route.alert !== undefined) return page.alert?.fingerprint === route.alert;
    return page.span === (route.span ?? '1h');
  }
  if (page.page === 'traffic' && route.page === 'traffic') return isTrafficFor(page, route);
  return true;
}

// An address may be written as its network has it.
function isTrafficFor(page: TrafficPage, route: TrafficRequest): boolean {
  return (
    (route.device ?? page.device) === page.device &&
    route.interface === page.interface &&
    route.at === page.at &&
    route.address?.toLowerCase() === page.search?.address.toLowerCase()
  );
}
