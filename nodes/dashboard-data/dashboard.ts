import type { Page } from '../contract/pages.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Versions } from '../shared/configurations/versions/contract.ts';
import type { History } from '../shared/history/history.ts';
import { inSlices } from '../shared/in-slices.ts';
import { FieldProblem } from '../shared/problem.ts';
import type { KeptAlert } from './alert-past.ts';
import { ChangesPages, noChanges } from './changes-pages.ts';
import type { DashboardOptions } from './config.ts';
import { ConfigurationPages, type DeviceConfiguration } from './configuration-pages.ts';
import { Curves, type PastCurves, spans } from './curves.ts';
import type { Moment } from './device-record.ts';
import { NetworkState } from './network-state.ts';
import { type AskedPage, readPageRequest, requestOf } from './page-request.ts';
import { type MadeHere, makePage, noPage } from './pages.ts';
import { PastAlerts } from './past-alerts.ts';
import { PastNormal } from './past-normal.ts';
import { PastReader } from './past-reader.ts';
import { type PastSuspect, PastSuspects } from './past-suspects.ts';
import { PastUptime } from './past-uptime.ts';
import { PastWeeks } from './past-weeks.ts';
import { TrafficPages } from './traffic/traffic-pages.ts';
import { baseOf, lookAround, type Looked, type View } from './view.ts';
import type { Words } from './words.ts';

export interface DashboardSetup {
  options: DashboardOptions;
  words: Words;
  /** missing where only what came since the start is shown */
  history?: () => Promise<Pick<History, 'read' | 'analyse'>>;
  /** compares two spans of that history */
  compare?: ConstructorParameters<typeof PastWeeks>[0];
  /** the configurations of devices, and whether any are kept; missing where none can be */
  configurations?: { versions: () => Promise<Versions>; isAny: () => boolean };
  /** told of what fails, and with undefined once it is over */
  tell: (problem: unknown) => void;
  /** a text that a person reads, of what is wrong with a request */
  text: (error: unknown) => string;
  /** aborted where nobody waits for pages any more */
  signal: AbortSignal;
  clock?: Clock;
}

/** What a history has for a page. */
interface Past {
  curves: PastCurves;
  alerts: readonly KeptAlert[];
}

/** The state of the network, and its pages. */
export class Dashboard {
  readonly state = new NetworkState();
  readonly #setup: DashboardSetup;
  readonly #clock: Clock;
  readonly #past: PastReader | undefined;
  readonly #uptime: PastUptime | undefined;
  readonly #alerts: PastAlerts | undefined;
  readonly #suspects: PastSuspects | undefined;
  readonly #normal: PastNormal | undefined;
  readonly #weeks: PastWeeks | undefined;
  readonly #configurations: ConfigurationPages | undefined;
  readonly #traffic: TrafficPages;
  readonly #changes: ChangesPages | undefined;
  #hasHistory = false;

  constructor(setup: DashboardSetup) {
    this.#setup = setup;
    this.#clock = setup.clock ?? systemClock;
    const { history, configurations, signal, tell } = setup;
    this.#traffic = new TrafficPages({
      ...{ memory: this.state.flows, history, tell, signal, clock: this.#clock },
    });
    if (configurations) this.#configurations = new ConfigurationPages(configurations.versions);
    if (setup.compare) this.#weeks = new PastWeeks(setup.compare);
    if (!history) return;
    const versions = () => (configurations?.isAny() ? configurations.versions : undefined);
    this.#changes = new ChangesPages({ history, versions, signal, clock: this.#clock });
    this.#past = new PastReader(history, signal);
    this.#uptime = new PastUptime(history, signal);
    this.#alerts = new PastAlerts(history, signal);
    this.#suspects = new PastSuspects(history, signal);
    this.#normal = new PastNormal(history, signal);
  }

  /** Now, as the state takes it. */
  get now(): Moment {
    return { steady: this.#clock.steady(), date: this.#clock.date() };
  }

  /** What is shown where a browser did not choose. */
  get usual(): Pick<AskedPage, 'period' | 'compare'> {
    return { period: this.#setup.options.period, compare: 'none' };
  }

  /** Answers what a browser asks for: what cannot be answered with the page `none`. Rejects only once aborted. */
  async answer(payload: unknown): Promise<Page> {
    const request = requestOf(payload);
    const page = await this.#answer(payload);
    return request === undefined ? page : { ...page, request };
  }

  async #answer(payload: unknown): Promise<Page> {
    let asked: AskedPage;
    try {
      asked = readPageRequest(payload, this.usual);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      const view = this.#view(this.usual);
      const { devices } = await this.#work(lookAround(view));
      return { ...baseOf(view, devices), ...noPage(this.#setup.text(error)) };
    }
    return this.page(asked);
  }

  /** Makes a page. Rejects only once aborted. */
  async page(asked: AskedPage): Promise<Page> {
    if (asked.page === 'configurations' || asked.page === 'configuration') {
      return this.#configurationPage(asked);
    }
    if (asked.page === 'traffic') return this.#trafficPage(asked);
    if (asked.page === 'changes') return this.#changesPage(asked);
    const [configuration, suspects, talkers] = await Promise.all([
      this.#configuration(asked),
      this.#suspectsOf(asked),
      asked.page === 'port' ? this.#traffic.talkers(asked) : undefined,
    ]);
    const weeks =
      asked.page === 'device' ? this.#weeks?.of(asked.device, this.now.date) : undefined;
    const known = { configuration, suspects, talkers, weeks };
    const view = this.#view(asked, undefined, known);
    const page = await this.#work(makePage(asked, view));
    const past = await this.#read(view.curves, asked);
    // What it wants is known only once it is made.
    return past ? this.#work(makePage(asked, this.#view(asked, past, known))) : page;
  }

  async #configurationPage(
    asked: Extract<AskedPage, { page: 'configurations' | 'configuration' }>,
  ): Promise<Page> {
    const { signal, text } = this.#setup;
    const view = this.#view(asked);
    const { devices } = await this.#work(lookAround(view));
    const base = baseOf(view, devices);
    const titleOf = titlesOf(devices);
    try {
      if (asked.page === 'configurations') {
        const made = await this.#configurations?.list(asked, titleOf, text);
        return { ...base, ...(made ?? { page: asked.page, lines: [] }) };
      }
      const made = await this.#configurations?.one(asked, titleOf);
      return { ...base, ...(made ?? noPage(asked.device)) };
    } catch (error) {
      signal.throwIfAborted();
      return { ...base, page: 'configurations', lines: [], problem: text(error) };
    }
  }

  async #trafficPage(asked: Extract<AskedPage, { page: 'traffic' }>): Promise<Page> {
    const { devices } = await this.#work(lookAround(this.#view(asked)));
    const made = await this.#traffic.page(asked, titlesOf(devices));
    return { ...baseOf(this.#view(asked), devices), ...made };
  }

  async #changesPage(asked: Extract<AskedPage, { page: 'changes' }>): Promise<Page> {
    const { signal, text } = this.#setup;
    const view = this.#view(asked);
    const { devices } = await this.#work(lookAround(view));
    const alert = asked.alert === undefined ? undefined : this.state.alerts.findAny(asked.alert);
    if (asked.alert !== undefined && !alert) {
      return { ...baseOf(view, devices), ...noPage(asked.alert) };
    }
    try {
      const made = await this.#changes?.page(asked, alert);
      // What it is read from is there.
      if (made) this.#hasHistory = true;
      return {
        ...baseOf(this.#view(asked), devices),
        ...(made ?? noChanges(asked, alert, view.now.date)),
      };
    } catch (error) {
      signal.throwIfAborted();
      const nothing = noChanges(asked, alert, view.now.date);
      return { ...baseOf(view, devices), ...nothing, problem: text(error) };
    }
  }

  /** What a page tells of a device's configurations; nothing where they cannot be read: their own page says why. */
  async #configuration(asked: MadeHere): Promise<DeviceConfiguration | undefined> {
    if (asked.page !== 'device' && asked.page !== 'port') return undefined;
    if (!this.#configurations || !this.#hasConfigurations) return undefined;
    const { start, now } = new Curves(asked, this.now.date);
    return this.#configurations.of(asked.device, start, now).catch(() => undefined);
  }

  /** What stood out of a page's device; nothing where it cannot be read: that of curves tells why. */
  async #suspectsOf(asked: MadeHere): Promise<PastSuspect[] | undefined> {
    if (asked.page !== 'device' && asked.page !== 'port') return undefined;
    const { start, now } = new Curves(asked, this.now.date);
    return this.#suspects?.of(asked.device, start, now).catch(() => undefined);
  }

  async #read(curves: Curves, asked: MadeHere): Promise<Past | undefined> {
    const hasTimeline = asked.page === 'alerts' || asked.page === 'device';
    const { tell, signal } = this.#setup;
    if (!this.#past || !this.#uptime || !this.#alerts) return undefined;
    const failed = (error: unknown) => {
      if (!signal.aborted) tell(error);
    };
    this.#uptime.refresh(curves.now).catch(failed);
    void this.#traffic.refresh(curves.now);
    try {
      const [found, normal, alerts] = await Promise.all([
        this.#past.read(curves),
        asked.page === 'device' || asked.page === 'port'
          ? this.#normal?.of(asked.device, curves.start, curves.now, spans[curves.period].step)
          : undefined,
        hasTimeline ? this.#alerts.read(curves.period, curves.start, curves.now) : [],
      ]);
      this.#hasHistory = true;
      tell(undefined);
      return { curves: { ...found, normal }, alerts };
    } catch (error) {
      signal.throwIfAborted();
      this.#hasHistory = false;
      failed(error);
      return undefined;
    }
  }

  get #hasConfigurations(): boolean {
    return this.#setup.configurations?.isAny() ?? false;
  }

  #work<Result>(work: Generator<unknown, Result>): Promise<Result> {
    return inSlices(work, { clock: this.#clock, signal: this.#setup.signal });
  }

  #view(
    asked: Pick<AskedPage, 'period' | 'compare'>,
    past?: Past,
    known: Pick<View, 'configuration' | 'suspects' | 'talkers' | 'weeks'> = {},
  ): View {
    const { options, words } = this.#setup;
    const { now } = this;
    return {
      ...{ state: this.state, now, words, busyShare: options.busyShare },
      curves: new Curves(asked, now.date, past?.curves),
      keptAlerts: past?.alerts ?? [],
      availability: ({ name, uptime }) => this.#uptime?.of(name) ?? uptime.availability(now.date),
      hasHistory: this.#hasHistory,
      hasConfigurations: this.#hasConfigurations,
      hasTraffic: this.#traffic.isAny,
      ...known,
      status: {
        title: options.statusTitle,
        shows: (name) => options.statusDevices.takes(name),
      },
    };
  }
}

function titlesOf(devices: readonly Looked[]): (device: string) => string {
  const titles = new Map(devices.map(({ record, title }) => [record.name, title]));
  return (device) => titles.get(device) ?? device;
}
