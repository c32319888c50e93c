import type { InterfaceState, Sample, Snapshot } from '../../contract/snapshot.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ArpTable } from '../../shared/host/arp.ts';
import type { InterfaceFilter } from '../../shared/match/interface-filter.ts';
import { Problem } from '../../shared/problem.ts';
import { hasRestarted } from '../../shared/rates/uptime.ts';
import { text } from '../if-mib/values.ts';
import type { Answer } from '../protocol.ts';
import { Agent } from './agent.ts';
import { Growth } from './growth.ts';
import { BridgeTable } from './profiles/bridge.ts';
import { readHost } from './profiles/host.ts';
import { Interfaces } from './profiles/interfaces.ts';
import { readNeighbors } from './profiles/neighbors.ts';
import { type OwnOid, readOwnOids } from './profiles/own-oids.ts';
import { readProtocols } from './profiles/protocols.ts';
import { readSystem, readUptime, systemScalars, uptimeScalars } from './profiles/system.ts';
import type { SnmpDevice } from './transport.ts';

export const profiles = ['interfaces', 'system', 'host', 'protocols', 'neighbors'] as const;

/** What to read of each device. */
export interface Wanted {
  profiles: ReadonlySet<(typeof profiles)[number]>;
  ownOids: readonly OwnOid[];
  filter: InterfaceFilter;
  /** the largest max-repetitions */
  repetitions: number;
  /** the addresses of which bridges tell where they are; none where nobody knows any */
  arp?: (() => Promise<ArpTable>) | undefined;
}

/** A device that is polled over SNMP, with what is known of it between polls. One poll at a time. */
export class PolledAgent {
  readonly #agent: Agent;
  readonly #wanted: Wanted;
  readonly #clock: Clock;
  readonly #interfaces: Interfaces;
  readonly #growth = new Growth();
  readonly #bridge: BridgeTable;
  #turn: Promise<unknown> = Promise.resolve();
  #polled = Number.NaN;
  #uptime: number | undefined;

  constructor(device: SnmpDevice, wanted: Wanted, clock: Clock) {
    this.#wanted = wanted;
    this.#clock = clock;
    this.#agent = new Agent(device, wanted.repetitions, clock);
    this.#interfaces = new Interfaces(this.#agent, wanted.filter, clock);
    this.#bridge = new BridgeTable(this.#agent, clock);
  }

  /** Polls the device. Rejects with a `Problem`, or with the signal's reason once it is aborted. */
  poll(signal: AbortSignal): Promise<Answer> {
    return this.#alone(signal, () => this.#poll());
  }

  /** All interfaces of the device, whatever the filter. */
  interfaces(signal: AbortSignal): Promise<InterfaceState[]> {
    const all = { takes: () => true, speed: () => undefined };
    const fresh = new Interfaces(this.#agent, all, this.#clock);
    return this.#alone(signal, async () => {
      await fresh.begin(false, []);
      return fresh.read();
    });
  }

  close(): void {
    this.#agent.close();
  }

  // A second poll meanwhile would end with the first one, and see it write what both remember.
  async #alone<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const run = async () => {
      await before;
      signal.throwIfAborted();
      const end = this.#agent.begin(signal);
      return ask().finally(end);
    };
    const turn = run();
    // Without what it came to: that is the whole answer, and would be kept until the next poll.
    this.#turn = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  async #poll(): Promise<Answer> {
    const { profiles, ownOids } = this.#wanted;
    const values = await this.#agent.get([
      ...uptimeScalars,
      ...Interfaces.scalars,
      ...systemScalars,
    ]);
    const uptime = readUptime(values.splice(0, uptimeScalars.length));
    const restarted = this.#restarted(uptime.counting);
    this.#growth.begin(restarted);
    const scalars = values.splice(0, Interfaces.scalars.length);
    if (profiles.has('interfaces')) await this.#interfaces.begin(restarted, scalars);

    const snapshot: Snapshot = { time: this.#clock.date() };
    if (uptime.counting !== undefined) snapshot.uptime = uptime.counting;
    const hostname = text(values[1]);
    if (hostname !== '') snapshot.hostname = hostname;
    const problems: Problem[] = [];
    if (profiles.has('interfaces')) {
      snapshot.interfaces = await this.#interfaces.read();
      if (!this.#interfaces.any) problems.push(new Problem('noInterfaces'));
    }
    const parts: Sample[][] = [];
    if (profiles.has('system')) parts.push(readSystem(uptime, values));
    if (profiles.has('host')) parts.push(await readHost(this.#agent, this.#growth));
    if (profiles.has('protocols')) parts.push(await readProtocols(this.#agent, this.#growth));
    if (profiles.has('neighbors')) {
      parts.push(await readNeighbors(this.#agent, snapshot.interfaces));
      const arp = (await this.#wanted.arp?.()) ?? new Map<string, string[]>();
      parts.push(await this.#bridge.read(snapshot.interfaces, arp));
    }
    parts.push(await readOwnOids(this.#agent, ownOids));
    const readings = parts.flat();
    if (readings.length > 0) snapshot.readings = readings;
    return { snapshot, problems };
  }

  #restarted(uptime: number | undefined): boolean {
    const now = this.#clock.steady();
    const passed = (now - this.#polled) / 1000;
    const restarted =
      uptime !== undefined &&
      this.#uptime !== undefined &&
      hasRestarted(this.#uptime, uptime, passed);
    this.#polled = now;
    this.#uptime = uptime;
    return restarted;
  }
}
