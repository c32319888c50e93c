import type { InterfaceState } from '../../contract/snapshot.ts';
import { number, text } from '../../protocols/if-mib/values.ts';
import type { Varbind } from '../../protocols/if-mib/varbind.ts';
import { Agent } from '../../protocols/snmp/agent.ts';
import { Interfaces } from '../../protocols/snmp/profiles/interfaces.ts';
import { readUptime, uptimeScalars } from '../../protocols/snmp/profiles/system.ts';
import type { SnmpTransport } from '../../protocols/snmp/transport.ts';
import type { Address } from '../../shared/address.ts';
import type { Clock } from '../../shared/clock.ts';
import type { SystemGroup } from './identify.ts';

const oids = {
  sysDescr: '1.3.6.1.2.1.1.1.0',
  sysObjectID: '1.3.6.1.2.1.1.2.0',
  sysName: '1.3.6.1.2.1.1.5.0',
  sysServices: '1.3.6.1.2.1.1.7.0',
} as const;
const entPhysicalModelName = '1.3.6.1.2.1.47.1.1.1.1.13';

/** rows of the table of parts that are read: the chassis is one of the first */
const parts = 10;
/** values of a row that one request asks for */
const repetitions = 25;
const port = 161;

/** What an SNMP device tells of itself. */
export interface SnmpIdentity extends SystemGroup {
  name: string;
  /** s */
  uptime?: number;
  /** ms */
  responseTime: number;
}

/** One device, asked over SNMP in two steps: whether it is there, and what it has. */
export class SnmpDeviceLook {
  readonly #device;
  readonly #agent: Agent;
  readonly #clock: Clock;

  constructor(transport: SnmpTransport, address: Address, clock: Clock) {
    this.#device = transport.device({ port, ...address });
    this.#agent = new Agent(this.#device, repetitions, clock);
    this.#clock = clock;
  }

  /** Rejects with a `Problem`, or with the signal's reason once it is aborted. */
  async identity(signal: AbortSignal): Promise<SnmpIdentity> {
    return this.#within(signal, async () => {
      const began = this.#clock.steady();
      const values = await this.#agent.get([...Object.values(oids), ...uptimeScalars]);
      const responseTime = this.#clock.steady() - began;
      const [description, objectId, name, services] = values;
      const { longest } = readUptime(values.slice(Object.keys(oids).length));
      return {
        description: text(description),
        ...(typeof objectId?.value === 'string' && { objectId: objectId.value }),
        name: text(name),
        services: number(services) ?? 0,
        ...(longest !== undefined && { uptime: longest }),
        responseTime,
      };
    });
  }

  /** The first model name of its parts; undefined where it tells none. Rejects as `identity` does. */
  async physicalModel(signal: AbortSignal): Promise<string | undefined> {
    return this.#within(signal, async () => {
      const [column = []] = await this.#device.next([entPhysicalModelName], parts);
      const isOfTable = ({ oid }: Varbind) => oid.startsWith(`${entPhysicalModelName}.`);
      return column
        .filter(isOfTable)
        .map(text)
        .find((model) => model !== '');
    });
  }

  /** Its interfaces. Rejects as `identity` does. */
  async interfaces(signal: AbortSignal): Promise<InterfaceState[]> {
    return this.#within(signal, async () => {
      const all = { takes: () => true, speed: () => undefined };
      const interfaces = new Interfaces(this.#agent, all, this.#clock);
      await interfaces.begin(false, []);
      return interfaces.read();
    });
  }

  close(): void {
    this.#agent.close();
  }

  async #within<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const end = this.#agent.begin(signal);
    return ask().finally(end);
  }
}
