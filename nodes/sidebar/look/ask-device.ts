import { rounded } from '../../contract/round.ts';
import type { InterfaceState } from '../../contract/snapshot.ts';
import { readPing } from '../../protocols/ping/output.ts';
import type { SnmpTransport } from '../../protocols/snmp/transport.ts';
import { type Address, urlHost } from '../../shared/address.ts';
import type { Clock } from '../../shared/clock.ts';
import { inSlices } from '../../shared/in-slices.ts';
import { isProblem, Problem } from '../../shared/problem.ts';
import { foreignText } from '../../shared/text.ts';
import type { FoundDevice, FoundWay } from '../look.ts';
import {
  askNetmon,
  askPrometheus,
  askVendorApi,
  askWeb,
  type ReadingsFinding,
  way,
  type WebFinding,
} from './device-ways.ts';
import { foundInterfaces } from './found-interfaces.ts';
import { kindOf, kindOfWords, modelOf, vendorOf } from './identify.ts';
import type { Pace } from './pace.ts';
import { SnmpDeviceLook, type SnmpIdentity } from './snmp-device.ts';
import type { LookNetwork } from './transport.ts';
import { makerOf } from './web-page.ts';

/** A way to ask over SNMP: with the community of the request, or as an access that is there. */
export interface SnmpLogin {
  transport: SnmpTransport;
  /** where an address has none */
  port: number;
  settings: FoundWay['settings'];
  /** id of the device access */
  access?: string;
}

export interface AskOptions {
  network: LookNetwork;
  /** the best first */
  logins: readonly SnmpLogin[];
  pace: Pace;
  clock: Clock;
}

/** ms within which a device that is there answers something */
const knockTime = 1600;
/** ms within which one that is there answers over SNMP, which may be slow */
const slowTime = 3000;
/** ms for what a device that is there tells of itself, each */
const tellTime = 8000;
/** ms for its interfaces: there may be thousands */
const tableTime = 15_000;

/** ports that tell whether there is anybody */
const knocked = [22, 80, 443, 9100];
/** ports that are tried once there is */
const further = [25, 53, 445, 515, 631, 1880, 3389, 8080, 8443];
/** ports of what prints whatever it is sent: the other one, 9100, is node_exporter's too */
const printing = [515, 631];
const webPorts: Readonly<Record<number, 'http' | 'https'>> = {
  ...{ 80: 'http', 8080: 'http', 1880: 'http' },
  ...{ 443: 'https', 8443: 'https' },
};
const nodeExporter = 9100;
const nodeRed = 1880;

/** characters of a name and of a description */
const maxName = 100;
const maxDescription = 300;

/**
 * Asks one address in all ways at once whether anybody is there, and then what it is. Undefined where nobody answers.
 * Rejects with a `Problem` where the name is not known, or with the signal's reason once aborted.
 * @param tell takes what could not be done on this machine
 */
export async function askDevice(
  target: Address,
  signal: AbortSignal,
  tell: (problem: Problem) => void,
  options: AskOptions,
): Promise<FoundDevice | undefined> {
  const asked = new Asked(target, signal, tell, options);
  try {
    return await asked.look();
  } finally {
    asked.close();
  }
}

interface Open {
  port: number;
  /** ms */
  time: number;
}

/** One address while it is asked. */
class Asked {
  readonly #target: Address;
  readonly #signal: AbortSignal;
  readonly #tell: (problem: Problem) => void;
  readonly #options: AskOptions;
  readonly #devices: SnmpDeviceLook[] = [];

  constructor(
    target: Address,
    signal: AbortSignal,
    tell: (problem: Problem) => void,
    options: AskOptions,
  ) {
    this.#target = target;
    this.#signal = signal;
    this.#tell = tell;
    this.#options = options;
  }

  close(): void {
    for (const device of this.#devices) device.close();
  }

  async look(): Promise<FoundDevice | undefined> {
    const { port } = this.#target;
    const ip = await this.#options.network.resolve(this.#target.host);
    const ports = port === undefined ? knocked : [port];
    const asked = this.#snmp(slowTime);
    // Where nobody is there, nobody waits for it.
    asked.catch(() => {});
    const [snmp, ping, knocks] = await Promise.all([
      this.#soon(asked),
      this.#ping(ip),
      Promise.all(ports.map((each) => this.#knock(each))),
    ]);
    this.#signal.throwIfAborted();
    if (!snmp && ping === undefined && knocks.every((knock) => knock === undefined)) {
      return undefined;
    }
    const more = port === undefined ? await Promise.all(further.map((p) => this.#knock(p))) : [];
    const open = [...knocks, ...more].filter((knock): knock is Open => typeof knock === 'object');
    const found = await this.#found(ip, asked, ping, open);
    this.#signal.throwIfAborted();
    return found.ways.length > 0 ? found : undefined;
  }

  async #found(
    ip: string,
    asked: Promise<SnmpFinding | undefined>,
    ping: number | undefined,
    open: Open[],
  ): Promise<FoundDevice> {
    const [snmp, web, name] = await Promise.all([
      asked,
      this.#web(open),
      this.#within(tellTime, (limit) => this.#options.network.nameOf(ip, limit)),
    ]);
    const table = snmp && (await this.#tables(snmp));
    const words = web.flatMap((each) => each.words);
    const physicalModel = table?.physicalModel;
    const system = snmp && {
      ...snmp.identity,
      ...(physicalModel !== undefined && { physicalModel }),
    };
    const told = system ? kindOf(system) : kindOfWords(words.join(' '));
    // Over this port, a printer prints what it is asked.
    const isPrinter = told === 'printer' || open.some(({ port }) => printing.includes(port));
    const readings = await this.#readings(open, isPrinter);
    const api = await this.#within(tellTime, (limit) =>
      askVendorApi(this.#options.network, this.#target, words, limit),
    );
    const [source] = readings;
    const kind = told ?? (source ? 'server' : isPrinter ? 'printer' : 'other');
    const states = [table?.interfaces, source?.interfaces].find((list) => list && list.length > 0);
    const own = snmp?.identity.name || source?.hostname || name || this.#target.host;
    const vendor = vendorOf(system?.objectId) ?? makerOf(words)?.vendor;
    const model = system && modelOf(system);
    const description = snmp?.identity.description || words[0];
    const uptime = snmp?.identity.uptime ?? source?.uptime;
    const webWays = web.flatMap(({ ways }) => ways);
    return {
      address: addressText(this.#target),
      name: foreignText(own, maxName) || this.#target.host,
      ...(vendor !== undefined && { vendor }),
      ...(model !== undefined && { model: foreignText(model, maxName) }),
      ...(description && { description: foreignText(description, maxDescription) }),
      ...(uptime !== undefined && { uptime: rounded(uptime, 's') }),
      ways: [
        ...(snmp ? [snmp.way] : []),
        ...readings.map((finding) => finding.way),
        ...(ping === undefined ? [] : [way('ping', {}, ping)]),
        ...webWays,
        ...this.#tcpWays(open, webWays.length > 0, readings),
        ...(api ? [api] : []),
      ],
      interfaces: await inSlices(foundInterfaces(states ?? [], kind)),
      kind,
    };
  }

  // What is known once others had their time to answer: where nobody did, a slow one is not waited for.
  async #soon<T>(asked: Promise<T | undefined>): Promise<T | undefined> {
    let callOff = () => {};
    const late = new Promise<undefined>((resolve) => {
      callOff = this.#options.clock.after(knockTime, () => resolve(undefined));
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      callOff();
    }
  }

  // The first login that opens it.
  async #snmp(ms: number): Promise<SnmpFinding | undefined> {
    const { logins, clock } = this.#options;
    const tries = logins.map(async (login): Promise<SnmpFinding | undefined> => {
      await this.#turn();
      const device = new SnmpDeviceLook(
        login.transport,
        { port: login.port, ...this.#target },
        clock,
      );
      this.#devices.push(device);
      const identity = await this.#within(ms, (limit) => device.identity(limit));
      if (!identity) return undefined;
      const { access, settings } = login;
      const found = way('snmp', settings, identity.responseTime);
      return { device, identity, way: access === undefined ? found : { ...found, access } };
    });
    return (await Promise.all(tries)).find((each) => each !== undefined);
  }

  async #tables({ device }: SnmpFinding): Promise<Tables> {
    const physicalModel = await this.#within(tellTime, (limit) => device.physicalModel(limit));
    const interfaces = await this.#within(tableTime, (limit) => device.interfaces(limit));
    return { physicalModel, interfaces };
  }

  async #ping(ip: string): Promise<number | undefined> {
    await this.#turn();
    return this.#within(knockTime + 500, async (limit) => {
      const request = { host: ip, packets: 1, limit: knockTime };
      return readPing(await this.#options.network.ping(request, limit), ip).times[0];
    });
  }

  /** The port where it is open, `refused` where somebody says that it is not, undefined where nobody says a word. */
  async #knock(port: number): Promise<Open | 'refused' | undefined> {
    await this.#turn();
    const { host } = this.#target;
    const limit = AbortSignal.any([this.#signal, AbortSignal.timeout(knockTime)]);
    try {
      return { port, time: await this.#options.network.tcp(host, port, limit) };
    } catch (error) {
      this.#signal.throwIfAborted();
      return isProblem(error) && error.key === 'connectionRefused' ? 'refused' : undefined;
    }
  }

  async #web(open: readonly Open[]): Promise<WebFinding[]> {
    const { network } = this.#options;
    const own = this.#target.port;
    const isPrinter = open.some(({ port }) => printing.includes(port));
    const ask = (port: number, scheme: 'http' | 'https') =>
      this.#within(tellTime, (limit) => askWeb(network, this.#target, { scheme, port }, limit));
    const found: (WebFinding | undefined)[] = [];
    for (const { port } of open) {
      const scheme = webPorts[port];
      if (scheme) {
        found.push(await ask(port, scheme));
      } else if (port === own && !(isPrinter || port === nodeExporter)) {
        found.push((await ask(port, 'https')) ?? (await ask(port, 'http')));
      }
    }
    return found.filter((each) => each !== undefined);
  }

  async #readings(open: readonly Open[], isPrinter: boolean): Promise<ReadingsFinding[]> {
    const { network } = this.#options;
    const own = this.#target.port;
    const found: (ReadingsFinding | undefined)[] = [];
    for (const { port } of open) {
      if (port === nodeRed || port === own) {
        found.push(
          await this.#within(tellTime, (limit) => askNetmon(network, this.#target, limit)),
        );
      }
      if ((port === nodeExporter && !isPrinter) || port === nodeRed || port === own) {
        found.push(
          await this.#within(tellTime, (limit) =>
            askPrometheus(network, this.#target, port, limit),
          ),
        );
      }
    }
    return found.filter((each) => each !== undefined);
  }

  // Ports that nothing better is known of.
  #tcpWays(
    open: readonly Open[],
    hasWeb: boolean,
    readings: readonly ReadingsFinding[],
  ): FoundWay[] {
    const isKnown = (port: number) =>
      (hasWeb && (webPorts[port] !== undefined || port === this.#target.port)) ||
      (readings.length > 0 && [nodeExporter, nodeRed, this.#target.port].includes(port));
    return open
      .filter(({ port }) => !isKnown(port))
      .map(({ port, time }) => way('tcp', port === this.#target.port ? {} : { port }, time));
  }

  #turn(): Promise<void> {
    return this.#options.pace.turn(this.#signal);
  }

  // Nothing where it fails, for whatever reason that is the device's.
  async #within<T>(ms: number, ask: (limit: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const limit = AbortSignal.any([this.#signal, AbortSignal.timeout(ms)]);
    try {
      return await ask(limit);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (isProblem(error) && isOfThisMachine(error)) this.#tell(error);
      return undefined;
    }
  }
}

interface SnmpFinding {
  device: SnmpDeviceLook;
  identity: SnmpIdentity;
  way: FoundWay;
}

interface Tables {
  physicalModel: string | undefined;
  interfaces: InterfaceState[] | undefined;
}

/** Whether a problem is none of the device's: it would be the same with any. */
function isOfThisMachine({ key, params }: Problem): boolean {
  return (
    key === 'pingMissing' ||
    (key === 'unreachable' &&
      /network is unreachable|ENETUNREACH|EAI_AGAIN/i.test(params.reason ?? ''))
  );
}

/** As it is typed: a port of its own stays with it. */
function addressText(address: Address): string {
  const [, zone] = address.host.split('%') as [string, string?];
  if (address.port === undefined) return address.host;
  if (zone === undefined) return urlHost(address);
  return `[${address.host}]:${address.port}`;
}
