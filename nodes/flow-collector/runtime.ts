import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { NodeAPI, NodeDef } from 'node-red';
import type { Reading } from '../contract/reading.ts';
import type { CollectorStatus } from '../shared/flows/collector.ts';
import type { KeptTemplates } from '../shared/flows/kept-templates.ts';
import type { FromWorker } from '../shared/flows/messages.ts';
import type { CollectorSettings } from '../shared/flows/settings.ts';
import { FlowThread } from '../shared/flows/thread.ts';
import { inSlices } from '../shared/in-slices.ts';
import { Problem } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { flowsStartedOf } from '../shared/red/flows-started.ts';
import { pacedStatus } from '../shared/red/paced-status.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { toldDeviceLists } from '../shared/red/told-device-lists.ts';
import { heard, type ToldProblem } from '../shared/told-problem.ts';
import {
  checkSettings,
  type FlowConfig,
  type FlowSettings,
  flowSettings,
  subjectsOf,
} from './config.ts';
import { ExporterReadings } from './exporter-readings.ts';
import { type FlowEvent, FlowWatch } from './flow-watch.ts';
import { heardAnswer } from './heard.ts';
import type { KnownDevices } from './known-devices.ts';
import { addHeardRoute, type CollectorNode } from './runtime-heard.ts';
import { knownDevicesOf } from './runtime-known-devices.ts';
import { eventText, statusWords } from './runtime-status.ts';
import { decode, type State } from './state.ts';

/** ms after which a thread that ended is started again */
const restartPause = 5000;
/** ms that an exporter may take to send a flow */
const longestDelay = 15_000;
/** ms between two looks at the names of devices */
const namesPause = 10_000;

/** Registers the node that collects flows. */
export default function (RED: NodeAPI): void {
  const flowsStarted = flowsStartedOf(RED);
  const setList = toldDeviceLists(RED);
  const known = knownDevicesOf(RED);
  function FlowCollector(this: CollectorNode, config: NodeDef & FlowConfig) {
    RED.nodes.createNode(this, config);
    new FlowCollectorAdapter(RED, this, config, { flowsStarted: flowsStarted(), setList, known });
  }
  registerNode<CollectorNode, FlowConfig>(
    RED,
    'netmon-flow-collector',
    flowSettings,
    FlowCollector,
  );
  addHeardRoute(RED);
}

interface Surroundings {
  flowsStarted: Promise<void>;
  setList: ReturnType<typeof toldDeviceLists>;
  known: KnownDevices;
}

class FlowCollectorAdapter {
  readonly #node: CollectorNode;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #known: KnownDevices;
  readonly #userDir: string;
  /** names of devices by their addresses, as they were a moment ago */
  #names: ReadonlyMap<string, string> = new Map();
  readonly #troubles = new RepeatedProblems();
  readonly #watch = new FlowWatch();
  readonly #readings: ExporterReadings;
  #settings!: FlowSettings;
  #key = '';
  #templates: KeptTemplates = [];
  #status: CollectorStatus = { exporters: [], unknown: [], more: 0 };
  #thread: FlowThread | undefined;
  /** a port that could not be opened, or the like: it stays until the next deploy */
  readonly #problems: string[] = [];
  /** what is wrong with the file of leases now */
  #leasesProblem: string | undefined;
  #showStatus = () => {};
  #restart: NodeJS.Timeout | undefined;
  #namesTimer: NodeJS.Timeout | undefined;
  /** messages leave in the order of their reports */
  #sending: Promise<void> = Promise.resolve();
  #started: Promise<void> = Promise.resolve();

  constructor(
    RED: NodeAPI,
    node: CollectorNode,
    config: NodeDef & FlowConfig,
    { flowsStarted, setList, known }: Surroundings,
  ) {
    this.#node = node;
    this.#known = known;
    this.#userDir = RED.settings.userDir ?? process.cwd();
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    this.#readings = new ExporterReadings({
      device: (address) => this.#nameOf(address),
      interface: (address, index) => known.interfaceName(address, index),
    });
    this.#adapter.run(() => {
      this.#settings = checkSettings(config);
      setList(
        node.id,
        this.#settings.exporters.map(({ name, address }) => name ?? address),
      );
      this.#showStatus = pacedStatus(this.#adapter, () => {
        const words = statusWords(
          this.#watch,
          this.#settings.listenPorts,
          (address) => this.#nameOf(address),
          this.#adapter.translate,
        );
        const problems = [...this.#problems, this.#leasesProblem ?? []].flat();
        if (problems.length === 0) return words;
        return ['error', [...problems, words[1]].join('; ')];
      });
      node.heard = () => heardAnswer(this.#status, (address) => this.#nameOf(address));
      this.#started = this.#start(flowsStarted);
    });
  }

  async #start(flowsStarted: Promise<void>): Promise<void> {
    await this.#restore();
    const { closing } = this.#adapter;
    const closed = new Promise<void>((end) => {
      if (closing.aborted) end();
      closing.addEventListener('abort', () => end());
    });
    // What is sent reaches the nodes behind this one only once they are all there.
    await Promise.race([flowsStarted, closed]);
    if (closing.aborted) return;
    this.#open();
    this.#namesTimer = setInterval(() => this.#tellNames(), namesPause);
    this.#showStatus();
  }

  async #restore(): Promise<void> {
    let state: State | undefined;
    try {
      const kept = await this.#file.read();
      if (kept !== undefined) state = decode(kept);
    } catch (error) {
      this.#node.warn(this.#adapter.text(new Problem('stateDamaged', {}, { cause: error })));
      await this.#file.putAside().catch(() => {});
    }
    this.#key = state?.key ?? randomBytes(32).toString('hex');
    this.#templates = state?.templates ?? [];
  }

  #open(): void {
    this.#leasesProblem = undefined;
    this.#thread = new FlowThread({
      settings: threadSettings(this.#settings, this.#key, this.#userDir),
      kept: this.#templates,
      hear: (message) => this.#hear(message),
      ended: (problem) => {
        this.#adapter.fail(problem);
        this.#restart = setTimeout(() => this.#open(), restartPause);
      },
    });
    this.#tellNames();
  }

  #tellNames(): void {
    this.#names = this.#known.names();
    this.#thread?.send({ type: 'devices', names: [...this.#names] });
  }

  #hear(message: FromWorker): void {
    if (message.type === 'templates') {
      this.#templates = message.kept;
      void this.#keep();
      return;
    }
    if (this.#adapter.closing.aborted) return;
    switch (message.type) {
      case 'problem': {
        const text = this.#adapter.text(heard(message.problem));
        if (!this.#problems.includes(text)) this.#problems.push(text);
        this.#node.error(text);
        this.#showStatus();
        return;
      }
      case 'leases':
        this.#takeLeases(message.problem);
        return;
      case 'status':
        this.#takeStatus(message.status);
        return;
      case 'report': {
        const made = this.#readings.takeReport(message.report, message.isLast);
        if (made) this.#send(message.report.exporter, made);
        return;
      }
      case 'counters':
        this.#send(message.counters.exporter, this.#readings.takeCounters(message.counters));
    }
  }

  #takeLeases(problem: ToldProblem | undefined): void {
    const text = problem && this.#adapter.text(heard(problem));
    this.#leasesProblem = text;
    const told = this.#troubles.see('leases', text);
    if (text !== undefined && told) this.#node.error(text);
    this.#showStatus();
  }

  #takeStatus(status: CollectorStatus): void {
    this.#status = status;
    for (const event of this.#watch.take(status, Date.now())) this.#tell(event);
    this.#showStatus();
  }

  #tell({ event, address, isOver }: FlowEvent): void {
    const device = this.#nameOf(address);
    const text = eventText(event, [device], this.#adapter.translate);
    const state = isOver ? 'over' : 'on';
    const payload = { event, state, device, address, text, time: Date.now() };
    this.#node.send([null, { topic: device, payload }]);
  }

  #send(address: string, making: Generator<void, Reading[]>): void {
    const { closing } = this.#adapter;
    this.#sending = this.#sending.then(async () => {
      try {
        const payload = await inSlices(making, { signal: closing });
        if (payload.length > 0) this.#node.send([{ topic: this.#nameOf(address), payload }, null]);
      } catch (error) {
        if (!closing.aborted) this.#adapter.fail(error);
      }
    });
  }

  // As the user says, else as the device that is polled there, else its address.
  #nameOf(address: string): string {
    const row = this.#settings.exporters.find((one) => one.address === address);
    return row?.name ?? this.#names.get(address) ?? address;
  }

  async #keep(): Promise<void> {
    try {
      await this.#file.write((): State => {
        return { version: 1, key: this.#key, templates: this.#templates };
      });
      this.#troubles.see('state', undefined);
    } catch (error) {
      if (this.#troubles.see('state', 'failed')) this.#adapter.fail(error);
    }
  }

  async #close(removed: boolean): Promise<void> {
    clearTimeout(this.#restart);
    clearInterval(this.#namesTimer);
    await this.#started;
    await this.#thread?.close();
    await this.#sending;
    if (removed) await this.#file.remove();
    else if (this.#key !== '') await this.#keep();
  }
}

// An exporter takes a moment to send what its time-out has ended.
function delayOf(activeTimeout: number): number {
  return activeTimeout + Math.min(activeTimeout / 4, longestDelay);
}

function threadSettings(settings: FlowSettings, key: string, userDir: string): CollectorSettings {
  const { activeTimeout, ownNetworks, talkerIs, peers, listenOn, ...same } = settings;
  return {
    ...{
      host: listenOn,
      ports: same.listenPorts,
      exporters: same.exporters,
      acceptAll: same.acceptAll,
    },
    ...{
      interval: same.interval,
      delay: delayOf(activeTimeout),
      top: same.top,
      direction: same.direction,
    },
    ...{ talker: talkerIs, subjects: subjectsOf(settings), countPeers: peers, inside: ownNetworks },
    ...{ names: same.names, askNames: same.askNames, privacy: same.privacy, key },
    leasesFile: same.leasesFile && resolve(userDir, same.leasesFile),
    placesFile: same.placesFile && resolve(userDir, same.placesFile),
  };
}
