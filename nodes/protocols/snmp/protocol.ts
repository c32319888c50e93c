import type { Address } from '../../shared/address.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { interfaceFilter } from '../../shared/match/interface-filter.ts';
import type { Connection, Protocol, Secrets } from '../protocol.ts';
import { PolledAgent, profiles, type Wanted } from './device.ts';
import { checkSomethingToRead, type SnmpFields, snmpFields, snmpSecretChecks } from './fields.ts';
import type { SnmpNetwork, SnmpOptions, SnmpTransport } from './transport.ts';

/** ms after which a device that is no longer polled is forgotten */
const forget = 3600_000;

interface SnmpSettings {
  version: SnmpFields['snmpVersion'];
  port: number;
  context: string;
  anyAddress: boolean;
  level: SnmpFields['snmpLevel'];
  authProtocol: SnmpFields['snmpAuthentication'];
  privProtocol: SnmpFields['snmpPrivacy'];
  wanted: Wanted;
}

const { checks } = snmpFields;

/** SNMP in its three versions: what to read of a device is said by profiles and the user's own OIDs. */
export const snmp: Protocol<SnmpFields, SnmpSettings, SnmpNetwork> = {
  settings: (fields) => ({
    version: checks.snmpVersion(fields.snmpVersion),
    port: checks.snmpPort(fields.snmpPort),
    context: fields.snmpVersion === '3' ? checks.snmpContext(fields.snmpContext) : '',
    anyAddress: checks.snmpAnyAddress(fields.snmpAnyAddress),
    level: checks.snmpLevel(fields.snmpLevel),
    authProtocol: checks.snmpAuthentication(fields.snmpAuthentication),
    privProtocol: checks.snmpPrivacy(fields.snmpPrivacy),
    wanted: wanted(fields),
  }),
  open({ wanted, port, ...settings }, secrets, network) {
    const transport = network.snmp(options(settings, secrets));
    const read = { ...wanted, arp: network.arp && (() => network.arp!()) };
    const agents = new Agents(transport, read, () => network.now());
    const agent = (address: Address) => agents.of({ port, ...address });
    return {
      poll: (address, signal) => agent(address).poll(signal),
      interfaces: (address, signal) => agent(address).interfaces(signal),
      asks: () => ({ protocol: `SNMP v${settings.version}` }),
      close: () => agents.close(),
    } satisfies Connection;
  },
};

function wanted(fields: SnmpFields): Wanted {
  const ticks = {
    interfaces: checks.snmpInterfaces(fields.snmpInterfaces),
    system: checks.snmpSystem(fields.snmpSystem),
    host: checks.snmpHost(fields.snmpHost),
    protocols: checks.snmpProtocols(fields.snmpProtocols),
    neighbors: checks.snmpNeighbors(fields.snmpNeighbors),
  };
  const ownOids = checks.snmpOwnOids(fields.snmpOwnOids);
  const chosen = profiles.filter((name) => ticks[name]);
  checkSomethingToRead(fields);
  return {
    profiles: new Set(chosen),
    ownOids,
    filter: interfaceFilter(fields),
    repetitions: checks.snmpRepetitions(fields.snmpRepetitions),
  };
}

/** How an access with these fields asks its devices. Throws a Problem where a field or a secret is bad. */
export function snmpOptions(fields: SnmpFields, secrets: Secrets): SnmpOptions {
  return options(snmp.settings(fields), secrets);
}

function options(
  settings: Omit<SnmpSettings, 'wanted' | 'port'>,
  { user = '', secret = '', privacySecret = '' }: Secrets,
): SnmpOptions {
  const { version, level, anyAddress } = settings;
  const chosen = { snmpVersion: version, snmpLevel: level };
  snmpSecretChecks.user(user, chosen);
  snmpSecretChecks.secret(secret, chosen);
  snmpSecretChecks.privacySecret(privacySecret, chosen);
  if (version !== '3') return { version, community: secret, anyAddress };
  return { ...settings, version, user, authPassphrase: secret, privPassphrase: privacySecret };
}

/** The devices of an access, the longest unused first. */
class Agents {
  readonly #transport: SnmpTransport;
  readonly #wanted: Wanted;
  readonly #clock: Clock;
  readonly #agents = new Map<string, { agent: PolledAgent; used: number }>();

  constructor(transport: SnmpTransport, wanted: Wanted, date: () => number) {
    this.#transport = transport;
    this.#wanted = wanted;
    this.#clock = { ...systemClock, date };
  }

  of(address: Required<Address>): PolledAgent {
    const key = `${address.host} ${address.port}`;
    const now = this.#clock.steady();
    const agent = this.#agents.get(key)?.agent ?? this.#make(address);
    this.#agents.delete(key);
    this.#agents.set(key, { agent, used: now });
    const [oldest] = this.#agents;
    if (oldest && now - oldest[1].used > forget) {
      oldest[1].agent.close();
      this.#agents.delete(oldest[0]);
    }
    return agent;
  }

  close(): Promise<void> {
    for (const { agent } of this.#agents.values()) agent.close();
    this.#agents.clear();
    return this.#transport.close();
  }

  #make(address: Required<Address>): PolledAgent {
    return new PolledAgent(this.#transport.device(address), this.#wanted, this.#clock);
  }
}
