import type { Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { tell, type ToldProblem } from '../told-problem.ts';
import { type FlowAddress, Networks } from './address.ts';
import { Applications } from './applications.ts';
import { Collector } from './collector.ts';
import { CounterReports } from './counter-reports.ts';
import { LeaseFile, leasesLarge } from './leases/lease-file.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { Names } from './names.ts';
import { readPlaces } from './places-file.ts';
import { type FlowReport, reportOf } from './report.ts';
import { openPort } from './sockets.ts';
import { SubjectKeys } from './subjects.ts';
import { type ClosedInterval, TrafficCounter } from './traffic-counter.ts';

const port = parentPort!;
/** ms between two looks at what is over, and between two status */
const tickMs = 500;
const statusMs = 1000;
/** ms for which changes of templates gather */
const keepMs = 5000;
/** ms between two looks at the file of leases */
const leasesMs = 60_000;
/** rows of a report that leave together: a message is read by Node-RED's own thread */
const mostRows = 300;

function send(message: FromWorker): void {
  port.postMessage(message);
}

/** The thread of a flow collector: it has the sockets, decodes and counts. */
class FlowWorker {
  readonly #settings: WorkerSettings['settings'];
  readonly #collector: Collector;
  readonly #counter: TrafficCounter;
  readonly #keys: SubjectKeys;
  readonly #names: Names;
  readonly #counters: CounterReports;
  readonly #sockets: Socket[] = [];
  readonly #leases: LeaseFile | undefined;
  #leasesProblem: ToldProblem | undefined;
  #leasesTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #keptAt = 0;
  #keptChanges: number;
  #statusAt = 0;
  /** reports go one after the other, for names may be waited for */
  #work: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor({ settings, kept }: WorkerSettings) {
    this.#settings = settings;
    const { interval, delay, direction, countPeers, inside, talker, subjects } = settings;
    this.#keys = new SubjectKeys({
      ...{ subjects: new Set(subjects), inside: new Networks(inside), talker },
      applications: new Applications(settings.names.filter((name) => 'from' in name)),
      isShort: settings.privacy === 'short',
    });
    const origin = performance.now();
    const keys = this.#keys;
    this.#counter = new TrafficCounter({ interval, delay, direction, keys, countPeers, origin });
    this.#counters = new CounterReports(interval, origin);
    this.#collector = new Collector({
      ...{ exporters: settings.exporters, acceptAll: settings.acceptAll, kept },
      counter: this.#counter,
      counters: (exporter, counters, arrived) => this.#counters.take(exporter, counters, arrived),
    });
    this.#keptChanges = this.#collector.templateChanges;
    const resolver = new Resolver({ timeout: 1500, tries: 1 });
    this.#names = new Names({
      ...{ privacy: settings.privacy, key: settings.key, now: () => performance.now() },
      own: new Map<FlowAddress, string>(
        settings.names.flatMap((name) =>
          'address' in name ? [[name.address, name.name] as const] : [],
        ),
      ),
      ...(settings.askNames && { resolve: (address: string) => resolver.reverse(address) }),
    });
    // Shortened or hashed, addresses have the user's own names only.
    if (settings.leasesFile !== '' && settings.privacy === 'full') {
      this.#leases = new LeaseFile(settings.leasesFile, Date.now);
    }
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  async open(): Promise<void> {
    const { host, ports, placesFile } = this.#settings;
    const take = (data: Buffer, address: string) =>
      this.#collector.take(data, address, performance.now(), Date.now());
    for (const number of ports) {
      try {
        this.#sockets.push(await openPort(host, number, take));
      } catch (error) {
        send({ type: 'problem', problem: tell(error) });
      }
    }
    await this.#readLeases();
    if (placesFile === '') return;
    try {
      this.#keys.places = await readPlaces(placesFile);
    } catch (error) {
      send({ type: 'problem', problem: tell(error) });
    }
  }

  hear(message: ToWorker): void {
    if (message.type === 'devices') this.#names.devices = new Map(message.names);
    else void this.#close();
  }

  async #readLeases(): Promise<void> {
    if (!this.#leases || this.#isClosed) return;
    try {
      const table = await this.#leases.read();
      if (table) {
        this.#names.leases = table;
        this.#tellLeases(table.isFull ? tell(leasesLarge(this.#settings.leasesFile)) : undefined);
      }
    } catch (error) {
      this.#tellLeases(tell(error));
    }
    // Only now: a slow file system is never asked twice at once.
    if (!this.#isClosed) this.#leasesTimer = setTimeout(() => void this.#readLeases(), leasesMs);
  }

  #tellLeases(problem: ToldProblem | undefined): void {
    if (problem?.message === this.#leasesProblem?.message) return;
    this.#leasesProblem = problem;
    send({ type: 'leases', problem });
  }

  #tick(): void {
    const now = performance.now();
    for (const closed of this.#collector.close(now)) {
      this.#work = this.#work.then(() => this.#report(closed));
    }
    for (const counters of this.#counters.close(now, Date.now() - now)) {
      const namesOf = this.#collector.interfaceNames(counters.exporter);
      const interfaces = counters.interfaces.map((one) => ({
        ...one,
        ownName: namesOf?.get(one.index),
      }));
      send({ type: 'counters', counters: { ...counters, interfaces } });
    }
    // With very many exporters, reading it takes Node-RED's own thread a moment.
    const pause = statusMs * Math.ceil((this.#collector.size + 1) / 200);
    if (now - this.#statusAt >= pause) {
      this.#statusAt = now;
      send({ type: 'status', status: this.#collector.status() });
    }
    if (now - this.#keptAt >= keepMs) {
      this.#keptAt = now;
      this.#keep();
    }
  }

  #keep(): void {
    const changes = this.#collector.templateChanges;
    if (changes === this.#keptChanges) return;
    this.#keptChanges = changes;
    send({ type: 'templates', kept: this.#collector.kept() });
  }

  async #report(closed: ClosedInterval): Promise<void> {
    const { top, interval } = this.#settings;
    const time = Math.round(Date.now() - (performance.now() - closed.end));
    const options = { names: this.#names, top, time, seconds: interval / 1000 };
    for (const [exporter, traffic] of closed.exporters) {
      sendInParts(await reportOf(exporter, traffic, options));
    }
    this.#counter.release(closed);
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#leasesTimer);
    this.#leases?.stop();
    await this.#work;
    this.#keep();
    for (const socket of this.#sockets) socket.close();
    send({ type: 'closed' });
    port.close();
  }
}

function sendInParts(report: FlowReport): void {
  const { interfaces } = report;
  let [from, rows] = [0, 0];
  for (let i = 0; i < interfaces.length; i++) {
    rows += interfaces[i]!.rows.length;
    if (rows < mostRows || i === interfaces.length - 1) continue;
    const part = { ...report, interfaces: interfaces.slice(from, i + 1), peers: [] };
    send({ type: 'report', report: part, isLast: false });
    [from, rows] = [i + 1, 0];
  }
  send({
    type: 'report',
    report: { ...report, interfaces: interfaces.slice(from) },
    isLast: true,
  });
}

const worker = new FlowWorker(workerData as WorkerSettings);
port.on('message', (message: ToWorker) => worker.hear(message));
void worker.open();
