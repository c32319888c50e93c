import type { InterfaceState, Sample } from '../../../contract/snapshot.ts';
import { number, text } from '../../if-mib/values.ts';
import type { Cell } from '../../if-mib/varbind.ts';
import { sample } from '../../sample.ts';
import type { Agent } from '../agent.ts';

// LLDP-MIB (IEEE Std 802.1AB-2005, 12.2).
const remote = '1.0.8802.1.1.2.1.4.1.1';
/** lldpRemChassisIdSubtype, lldpRemChassisId, lldpRemPortIdSubtype, lldpRemPortId, lldpRemPortDesc, lldpRemSysName */
const remoteColumns = [4, 5, 6, 7, 8, 9].map((n) => `${remote}.${n}`);
/** lldpLocPortIdSubtype, lldpLocPortId, lldpLocPortDesc */
const localColumns = [2, 3, 4].map((n) => `1.0.8802.1.1.2.1.3.7.1.${n}`);

/** where a chassis or a port is named by its hardware address: subtypes of LldpChassisIdSubtype and LldpPortIdSubtype */
const hardwareChassis = 4;
const hardwarePort = 3;

/** neighbours that are told of: each port has one or few, and a phone behind each is enough */
const mostNeighbors = 1000;

type Cells = (Cell | undefined)[];

/**
 * Reads which devices a device hears on its ports by LLDP: one sample each, with the port here and the name that the other
 * gives itself, or its hardware address. Empty where it does not speak LLDP.
 */
export async function readNeighbors(
  agent: Agent,
  interfaces: readonly InterfaceState[] = [],
): Promise<Sample[]> {
  const neighbors = await agent.table(remoteColumns);
  if (neighbors.size === 0) return [];
  const ports = await agent.table(localColumns);
  const names = new Set(interfaces.map(({ name }) => name));
  const byIndex = new Map(interfaces.map(({ index, name }) => [String(index), name]));
  const samples = new Map<string, Sample>();
  for (const [index, cells] of neighbors) {
    if (samples.size >= mostNeighbors) break;
    const [chassisKind, chassis, portKind, port, description, name] = cells;
    const address = named(chassisKind, chassis, hardwareChassis);
    const neighbor = text(name) || address;
    // lldpRemTimeMark, lldpRemLocalPortNum, lldpRemIndex
    const number = index.split('.')[1] ?? '';
    const own = localName(ports.get(number), names) ?? byIndex.get(number) ?? number;
    const key = `${own}\0${neighbor}`;
    // One that is heard anew may still be there as it was before.
    if (neighbor === '' || samples.has(key)) continue;
    const otherPort = named(portKind, port, hardwarePort) || text(description);
    const info = {
      ...(address !== '' && { chassis: address }),
      ...(otherPort !== '' && { port: otherPort }),
    };
    const labels = { interface: own, neighbor };
    samples.set(key, sample('lldp_neighbor', 1, { labels, info }));
  }
  return [...samples.values()];
}

// As the interface is called elsewhere, where that is known.
function localName(cells: Cells | undefined, names: ReadonlySet<string>): string | undefined {
  if (!cells) return undefined;
  const [kind, id, description] = cells;
  const candidates = [named(kind, id, hardwarePort), text(description)].filter((one) => one !== '');
  return candidates.find((one) => names.has(one));
}

// A hardware address is bytes, everything else a text.
function named(kind: Cell | undefined, id: Cell | undefined, hardware: number): string {
  if (number(kind) !== hardware || !(id?.value instanceof Uint8Array)) return text(id);
  return Array.from(id.value, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}
