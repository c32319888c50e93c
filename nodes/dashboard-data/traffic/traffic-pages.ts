import type { PageBase, TrafficPage, TrafficSearch, TrafficShare } from '../../contract/pages.ts';
import { rounded } from '../../contract/round.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import type { History } from '../../shared/history/history.ts';
import { inSlices } from '../../shared/in-slices.ts';
import type { TrafficSums } from '../../shared/traffic/queries.ts';
import type { TrafficSubject } from '../../shared/traffic/subjects.ts';
import type { AskedPage } from '../page-request.ts';
import { addressOf, isKnown, readAddress, readSimilar, volumeOf } from './address-search.ts';
import type { FlowMemory } from './flow-memory.ts';
import { matrixOf } from './matrix.ts';
import { rank } from './ranking.ts';
import { meanOf, stepMeans, type Told, toldOf } from './told.ts';
import { partOf, sampledIn, sharesOf } from './traffic-parts.ts';
import { PastTraffic, RememberedTraffic, type TrafficSource } from './traffic-reader.ts';
import { type TrafficSpan, trafficSpan } from './traffic-span.ts';

const mostTotals = 5000;
/** series of a subject; of one that is drawn over time fewer, for each of them has all steps */
const mostDrawn = 500;
const mostListed = 2000;
/** talkers of a port's page */
const mostTalkers = 5;

/** Subjects that a page shows over time, and those that it does not. */
const drawn = ['protocol', 'application'] as const;
const listed = ['talker', 'conversation', 'as', 'country'] as const;

type Asked = Extract<AskedPage, { page: 'traffic' }>;
type Made = Omit<TrafficPage, keyof PageBase> & Pick<TrafficPage, 'page'>;

export interface TrafficSetup {
  memory: FlowMemory;
  /** missing where only the last hour is known */
  history?: (() => Promise<Pick<History, 'read'>>) | undefined;
  /** told of what fails, and with undefined once it is over */
  tell: (problem: unknown) => void;
  /** aborted where nobody waits for pages any more */
  signal: AbortSignal;
  clock?: Clock;
}

/** The pages of traffic, from a history, or from memory where that has nothing of it. */
export class TrafficPages {
  readonly #setup: TrafficSetup;
  readonly #clock: Clock;
  readonly #memory: RememberedTraffic;
  readonly #past: PastTraffic | undefined;
  #isKept = false;

  constructor(setup: TrafficSetup) {
    const { memory, history, signal, clock = systemClock } = setup;
    this.#setup = setup;
    this.#clock = clock;
    this.#memory = new RememberedTraffic(memory, signal);
    if (history) this.#past = new PastTraffic(history, signal, () => clock.steady());
  }

  /** Whether there is anything to show. */
  get isAny(): boolean {
    return this.#setup.memory.isAny || this.#isKept;
  }

  /** Looks whether a history has flows of the last month, where nothing else tells of any. Never rejects. */
  async refresh(now: number): Promise<void> {
    if (this.isAny || !this.#past) return;
    const { whole } = trafficSpan('30d', now);
    const found = await this.#past.read({ edges: whole, most: 1 }).catch(() => []);
    this.#isKept = found.length > 0;
  }

  /** Makes a page. Rejects only once aborted. */
  page(asked: Asked, titleOf: (device: string) => string): Promise<Made> {
    const span = trafficSpan(asked.period, this.#clock.date(), asked.at);
    return this.#from(span, (source, totals) => this.#made(asked, titleOf, span, source, totals));
  }

  async #made(
    asked: Asked,
    titleOf: (device: string) => string,
    span: TrafficSpan,
    source: TrafficSource,
    totals: readonly TrafficSums[],
  ): Promise<Made> {
    const known = this.#exporters(totals);
    const exporters = [...known].map(([name, interfaces]) => ({
      ...{ name, title: titleOf(name), interfaces },
    }));
    const { address } = asked;
    const page = {
      ...{ page: asked.page, exporters, from: span.from, to: span.to },
      ...(asked.at !== undefined && { at: asked.at }),
      ...(asked.interface !== undefined && { interface: asked.interface }),
      device: asked.device ?? exporters[0]?.name ?? null,
    };
    const nothing = { rate: null, highest: null, volume: null, parts: [] };
    const { device } = page;
    if (device === null) return { ...page, ...nothing };
    const scope = { device, interface: asked.interface };
    const all = await source.read({ device, edges: span.fine, most: mostTotals });
    const told = toldOf(all, asked.interface, span.fine.length - 1);
    const means = stepMeans(told.sums, told).filter((value) => value !== null);
    const mean = meanOf(told.sumInAll, told);
    const sampled = sampledIn(all);
    const whole = {
      ...page,
      rate: mean === null ? null : rounded(mean, 'bit/s'),
      highest: means.length === 0 ? null : rounded(Math.max(...means), 'bit/s'),
      volume: mean === null ? null : volumeOf(told.sums, told, span),
      ...(sampled > 1 && { sampled }),
    };
    if (address) {
      const search = await this.#search(source, scope, address, told, span);
      return { ...whole, parts: [], search };
    }
    return { ...whole, ...(await this.#parts(source, scope, told, span)) };
  }

  /** Who uses a port most; undefined where flows do not tell. Rejects only once aborted. */
  async talkers({
    period,
    device,
    interface: name,
  }: Extract<AskedPage, { page: 'port' }>): Promise<TrafficShare[] | undefined> {
    const { memory } = this.#setup;
    if (!memory.has(device, name)) return undefined;
    const span = trafficSpan(period, this.#clock.date());
    const edges = span.whole;
    return this.#from(span, async (source) => {
      const [all, talkers] = await Promise.all([
        source.read({ device, edges, most: mostTotals }),
        source.read({ device, interface: name, subject: 'talker', edges, most: mostListed }),
      ]);
      const { top } = await this.#work(rank(talkers, ['talker'], mostTalkers));
      return sharesOf({ top, rest: undefined }, toldOf(all, name, 1));
    });
  }

  async #parts(
    source: TrafficSource,
    scope: { device: string; interface: string | undefined },
    told: Told,
    span: TrafficSpan,
  ): Promise<Pick<Made, 'parts' | 'between'>> {
    const read = (subject: TrafficSubject, edges: Float64Array, most: number) =>
      source.read({ ...scope, subject, edges, most });
    const [overTime, lists] = await Promise.all([
      Promise.all(drawn.map((subject) => read(subject, span.fine, mostDrawn))),
      Promise.all(listed.map((subject) => read(subject, span.whole, mostListed))),
    ]);
    const part = (subject: TrafficSubject, series: TrafficSums[], of?: TrafficSpan) =>
      this.#work(partOf(subject, series, told, of));
    const parts = [
      ...(await Promise.all(drawn.map((subject, i) => part(subject, overTime[i]!, span)))),
      ...(await Promise.all(listed.map((subject, i) => part(subject, lists[i]!)))),
    ];
    const between = await this.#work(matrixOf(lists[listed.indexOf('conversation')]!, told));
    return { parts: parts.filter((one) => one !== undefined), ...(between && { between }) };
  }

  async #search(
    source: TrafficSource,
    scope: { device: string; interface: string | undefined },
    address: string,
    told: Told,
    span: TrafficSpan,
  ): Promise<TrafficSearch> {
    const found = await readAddress(source, scope, address, span);
    if (isKnown(found)) return this.#work(addressOf(address, found, told, span));
    const similar = await readSimilar(source, scope, address, span);
    // People write names as they like.
    const same = similar.find((name) => name.toLowerCase() === address.toLowerCase());
    if (same !== undefined) {
      const other = await readAddress(source, scope, same, span);
      return this.#work(addressOf(same, other, told, span));
    }
    return {
      ...{ address, isFound: false, similar, peers: [] },
      ...{ rate: null, highest: null, volume: null },
    };
  }

  // Where a history has nothing of a time, perhaps because nobody writes flows into it, memory may have.
  async #from<Result>(
    { whole }: TrafficSpan,
    make: (source: TrafficSource, totals: readonly TrafficSums[]) => Promise<Result>,
  ): Promise<Result> {
    const { tell, signal } = this.#setup;
    const query = { edges: whole, most: mostTotals };
    if (this.#past) {
      try {
        const totals = await this.#past.read(query);
        const made = totals.length > 0 ? await make(this.#past, totals) : undefined;
        tell(undefined);
        if (made !== undefined) return made;
      } catch (error) {
        signal.throwIfAborted();
        tell(error);
      }
    }
    return make(this.#memory, await this.#memory.read(query));
  }

  // The busiest first; those that told nothing in this time last.
  #exporters(totals: readonly TrafficSums[]): Map<string, string[]> {
    const size = ({ sums }: TrafficSums) => sums.reduce((sum, value) => sum + (value || 0), 0);
    const byDevice = Map.groupBy(totals, ({ labels }) => labels.device ?? '');
    const all = [...byDevice].map(([name, series]) => ({
      ...{ name, size: series.reduce((sum, one) => sum + size(one), 0) },
      interfaces: series
        .toSorted((a, b) => size(b) - size(a))
        .flatMap(({ labels }) => labels.interface ?? []),
    }));
    all.sort((a, b) => b.size - a.size);
    const found = new Map(all.map(({ name, interfaces }) => [name, interfaces]));
    for (const [name, interfaces] of this.#setup.memory.exporters) {
      found.set(name, [...new Set([...(found.get(name) ?? []), ...interfaces])]);
    }
    return found;
  }

  #work<Result>(work: Generator<unknown, Result>): Promise<Result> {
    return inSlices(work, { signal: this.#setup.signal });
  }
}
