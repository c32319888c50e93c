import type { Clock } from '../../clock.ts';
import { Problem } from '../../problem.ts';
import { oneLine } from '../../text.ts';
import { after, type Outbox, type Waiting } from '../store/outbox.ts';
import type { SeriesName } from '../store/series-list.ts';
import { bySeries, inOrder, type Sample, type Target } from './batch.ts';
import { snappy } from './snappy.ts';
import { encodeLabels, encodeWriteRequest } from './write-request.ts';

/** ms after which further refusals are told of */
const reminder = 3_600_000;
/** samples of one request */
const most = 1000;
/** ms of the first pause after a failure, and of the longest: each is twice the one before */
const firstPause = 1000;
const longestPause = 60_000;
/** ms for which a receiver is let alone at most where it asks for that */
const longestWait = 600_000;
/** requests for parts of what was refused, and ms in which they come back */
const spareParts = 4000;
const partsBack = 5 * 60_000;

/** What a receiver said. */
export interface PostAnswer {
  status: number;
  /** the header of that name; empty where there is none */
  retryAfter: string;
  /** the beginning of its body */
  text: string;
}

/** Sends one request. Rejects where there is no answer, or with the signal's reason. */
export type Post = (body: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<PostAnswer>;

export interface ForwarderOptions {
  /** what it is called in the outbox */
  name: string;
  /** the receiver's address, for problems */
  host: string;
  /** labels for all series that have none of that name */
  labels: Readonly<Record<string, string>>;
  outbox: Pick<Outbox, 'next' | 'position' | 'behind' | 'advance'>;
  /** undefined where nothing of a series is kept any more */
  nameOf: (series: number) => SeriesName | undefined;
  post: Post;
  clock: Clock;
  /** is told of a problem that is new, or goes on for long */
  tell: (problem: Problem) => void;
  /** is told of an error of the outbox's, after which it goes on in a while */
  failed: (error: unknown) => void;
}

/** How far a receiver is. */
export interface Forwarded {
  /** the receiver's address */
  host: string;
  /** readings that it has not got yet */
  behind: number;
  /** ms since the Unix epoch: of the oldest of them; undefined where there is none */
  since: number | undefined;
  /** readings that it refused for good, since the start */
  refused: number;
  /** readings that it was away too long for, since the start */
  lost: number;
  /** why it does not get them; undefined where it does */
  problem: Problem | undefined;
}

/**
 * Sends all that comes to a receiver of Prometheus' remote write, in the order in which it came, until the
 * receiver says that it has it: some of it may come twice.
 * https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #closing = new AbortController();
  readonly #targets = new WeakMap<SeriesName, Target>();
  readonly #running: Promise<void>;
  #wake = () => {};
  #since: number | undefined;
  #ahead: Waiting | undefined;
  #problem: Problem | undefined;
  #refusalTold = -Infinity;
  #refused = 0;
  #lost = 0;
  #parts = spareParts;
  #partsAt: number;

  constructor(options: ForwarderOptions) {
    this.#options = options;
    this.#partsAt = options.clock.steady();
    this.#running = this.#run();
  }

  /** There is something new. */
  wake(): void {
    this.#wake();
  }

  get status(): Forwarded {
    const { outbox, name, host } = this.#options;
    const behind = outbox.behind(name);
    return {
      host,
      behind,
      since: behind === 0 ? undefined : this.#since,
      refused: this.#refused,
      lost: this.#lost,
      problem: this.#problem,
    };
  }

  /** Resolves once nothing is under way. What the receiver has not got stays in the outbox. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        // Made before it is seen that nothing waits: what comes in between wakes it too.
        const woken = new Promise<void>((resolve) => (this.#wake = resolve));
        if (await this.#forward()) continue;
        if (!signal.aborted) await woken;
      } catch (error) {
        if (signal.aborted) return;
        this.#options.failed(error);
        await this.#pause(longestPause).catch(() => {});
      }
    }
  }

  // Sends some of what waits; false where nothing does. Rejects once it closes, and with errors of the outbox.
  async #forward(): Promise<boolean> {
    const { outbox, name } = this.#options;
    const { samples, end } = this.#gather();
    if (end === undefined) return false;
    const { fresh, late } = inOrder(samples);
    this.#since = fresh[0]?.time ?? late[0]?.time;
    await this.#deliver(fresh);
    await this.#deliver(late);
    outbox.advance(name, end);
    return true;
  }

  // The next samples, and where they end; undefined where there are none.
  #gather(): { samples: Sample[]; end: number | undefined } {
    const { outbox, name, nameOf } = this.#options;
    const begin = outbox.position(name);
    const end = begin + outbox.behind(name);
    const samples: Sample[] = [];
    let position = begin;
    while (position < end && samples.length < most) {
      const next = this.#next(position);
      if (!next) {
        this.#lost += end - position;
        position = end;
        break;
      }
      this.#lost += next.position - position;
      const { series, times, values } = next.batch;
      const length = Math.min(values.length, most - samples.length);
      for (let i = 0; i < length; i++) {
        const target = this.#targetOf(nameOf(series[i]!));
        if (target) samples.push({ target, time: times[i]!, value: values[i]! });
      }
      position = next.position + length;
      this.#ahead = length < values.length ? after(next, length) : undefined;
    }
    return { samples, end: position > begin ? position : undefined };
  }

  // A large batch is decoded once for many requests.
  #next(position: number): Waiting | undefined {
    return this.#ahead?.position === position ? this.#ahead : this.#options.outbox.next(position);
  }

  #targetOf(name: SeriesName | undefined): Target | undefined {
    if (!name) return undefined;
    let target = this.#targets.get(name);
    if (!target) {
      target = { labels: encodeLabels(name, this.#options.labels), newest: -Infinity };
      this.#targets.set(name, target);
    }
    return target;
  }

  // Prometheus refuses a request for one bad sample in it, so that the good ones are looked for by halves.
  async #deliver(samples: readonly Sample[]): Promise<void> {
    if (samples.length === 0) return;
    const refusal = await this.#send(samples);
    if (!refusal) {
      for (const { target, time } of samples) target.newest = Math.max(target.newest, time);
      return;
    }
    if (samples.length > 1 && this.#takesPart()) {
      const half = samples.length >> 1;
      await this.#deliver(samples.slice(0, half));
      await this.#deliver(samples.slice(half));
      return;
    }
    this.#refused += samples.length;
    const { host, tell, clock } = this.#options;
    // The status goes on counting.
    if (clock.steady() - this.#refusalTold < reminder) return;
    this.#refusalTold = clock.steady();
    const reason = oneLine(refusal.text || String(refusal.status), 200);
    tell(new Problem('remoteWriteRefused', { host, reason, count: this.#refused }));
  }

  #now(problem: Problem | undefined): void {
    const isNew = problem && problem.key !== this.#problem?.key;
    this.#problem = problem;
    if (isNew) this.#options.tell(problem);
  }

  // A receiver that refuses all the time is not asked a thousand times for each request.
  #takesPart(): boolean {
    const now = this.#options.clock.steady();
    const back = ((now - this.#partsAt) / partsBack) * spareParts;
    this.#parts = Math.min(spareParts, this.#parts + back);
    this.#partsAt = now;
    if (this.#parts < 1) return false;
    this.#parts--;
    return true;
  }

  /** Sends until there is a final answer: undefined where the samples were taken. Rejects once it closes. */
  async #send(samples: readonly Sample[]): Promise<PostAnswer | undefined> {
    const { post, clock, host } = this.#options;
    const { signal } = this.#closing;
    const body = snappy(encodeWriteRequest(bySeries(samples)));
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
      let asked = 0;
      try {
        const answer = await post(body, signal);
        const { status, retryAfter, text } = answer;
        const kind = kindOf(status);
        if (kind === 'taken' || kind === 'refused') {
          this.#now(undefined);
          return kind === 'taken' ? undefined : answer;
        }
        asked = Math.min(longestWait, waitOf(retryAfter, clock.date()));
        const reason = oneLine(text, 200);
        if (kind === 'denied') pause = longestPause;
        this.#now(
          kind === 'denied'
            ? new Problem('remoteWriteDenied', { host, status })
            : new Problem('remoteWriteBusy', { host, status, reason }),
        );
      } catch (error) {
        signal.throwIfAborted();
        const { message, code } = error as NodeJS.ErrnoException;
        const reason = oneLine(message || (code ?? ''), 200);
        this.#now(new Problem('remoteWriteFailed', { host, reason }));
      }
      await this.#pause(Math.max(pause, asked));
    }
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#closing;
    await new Promise<void>((resolve) => {
      const stop = clock.after(ms, () => {
        signal.removeEventListener('abort', end);
        resolve();
      });
      const end = () => {
        stop();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
    });
    signal.throwIfAborted();
  }
}

// What a status means for what was sent: the receiver has it, never wants it, may want it later, or wants
// another address or login first.
function kindOf(status: number): 'taken' | 'refused' | 'busy' | 'denied' {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 408 || status === 429 || status >= 500) return 'busy';
  if (status < 400 || [401, 403, 404, 405, 407].includes(status)) return 'denied';
  return 'refused';
}

/** ms that a header `retry-after` asks for: seconds or a date (RFC 9110, 10.2.3); 0 where it is neither. */
function waitOf(retryAfter: string, now: number): number {
  const text = retryAfter.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
