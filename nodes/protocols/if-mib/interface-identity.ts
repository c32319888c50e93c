import type { InterfaceState } from '../../contract/snapshot.ts';
import { type IfColumn, interfaceSpeed, interfaceType } from './if-mib.ts';
import type { Cells } from './interface-counts.ts';
import { number, text } from './values.ts';

/** The columns that an interface is known by. They change rarely. */
export const identityColumns: readonly IfColumn[] = [
  'ifName',
  'ifDescr',
  'ifAlias',
  'ifType',
  'ifSpeed',
  'ifHighSpeed',
  'dot3StatsDuplexStatus',
];

/** What an interface is, without its counts and its state. */
export type Identity = Pick<
  InterfaceState,
  'name' | 'index' | 'alias' | 'type' | 'speed' | 'duplex'
>;

// Loopbacks and tunnels: they have no line, and the speed that they tell means nothing.
const lineless = new Set([24, 131]);

/** ethernetCsmacd, fastEther and gigabitEthernet (RFC 3635, 3.2.4) */
const ethernet = new Set([6, 62, 69, 117]);
/** bit/s: no ethernet is that slow, so that less was told in another unit */
const leastEthernet = 64_000;

// RFC 3635: unknown(1), halfDuplex(2), fullDuplex(3)
const duplexes: Record<number, Pick<Identity, 'duplex'>> = {
  2: { duplex: 'half' },
  3: { duplex: 'full' },
};

/** Reads what an interface is. @param index its row: a number, by the IF-MIB */
export function readIdentity(index: string, cells: Cells): Identity {
  const alias = text(cells('ifAlias'));
  const type = number(cells('ifType'));
  const speed = speedOf(type ?? 0, cells);
  return {
    name: text(cells('ifName')) || text(cells('ifDescr')) || index,
    index: Number(index),
    ...(alias !== '' && { alias }),
    ...(type !== undefined && { type: interfaceType(type) }),
    ...(speed !== undefined && { speed }),
    ...duplexes[number(cells('dot3StatsDuplexStatus')) ?? 0],
  };
}

function speedOf(type: number, cells: Cells): number | undefined {
  if (lineless.has(type)) return undefined;
  const ifSpeed = number(cells('ifSpeed'));
  const unit = ethernet.has(type) && ifSpeed !== undefined && ifSpeed < leastEthernet;
  return interfaceSpeed(unit ? undefined : ifSpeed, number(cells('ifHighSpeed')));
}

/** The administrative and operational status of an interface (RFC 2863). */
export function readStatus(cells: Cells): Pick<InterfaceState, 'up' | 'adminUp'> {
  const admin = number(cells('ifAdminStatus'));
  const oper = number(cells('ifOperStatus'));
  return {
    // up(1), down(2), testing(3)
    ...(admin !== undefined && { adminUp: admin !== 2 }),
    // up(1), down(2), testing(3), unknown(4), dormant(5), notPresent(6), lowerLayerDown(7)
    ...(oper !== undefined && oper !== 4 && { up: oper === 1 }),
  };
}
