const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

/** Scalars and columns of the IF-MIB (RFC 2863), and the duplex column of the EtherLike-MIB (RFC 3635). */
export const ifMib = {
  ifNumber: '1.3.6.1.2.1.2.1.0',
  ifTableLastChange: '1.3.6.1.2.1.31.1.5.0',

  ifDescr: `${ifEntry}.2`,
  ifType: `${ifEntry}.3`,
  ifSpeed: `${ifEntry}.5`,
  ifAdminStatus: `${ifEntry}.7`,
  ifOperStatus: `${ifEntry}.8`,
  ifInOctets: `${ifEntry}.10`,
  ifInUcastPkts: `${ifEntry}.11`,
  ifInNUcastPkts: `${ifEntry}.12`,
  ifInDiscards: `${ifEntry}.13`,
  ifInErrors: `${ifEntry}.14`,
  ifOutOctets: `${ifEntry}.16`,
  ifOutUcastPkts: `${ifEntry}.17`,
  ifOutNUcastPkts: `${ifEntry}.18`,
  ifOutDiscards: `${ifEntry}.19`,
  ifOutErrors: `${ifEntry}.20`,

  ifName: `${ifXEntry}.1`,
  ifInMulticastPkts: `${ifXEntry}.2`,
  ifInBroadcastPkts: `${ifXEntry}.3`,
  ifOutMulticastPkts: `${ifXEntry}.4`,
  ifOutBroadcastPkts: `${ifXEntry}.5`,
  ifHCInOctets: `${ifXEntry}.6`,
  ifHCInUcastPkts: `${ifXEntry}.7`,
  ifHCInMulticastPkts: `${ifXEntry}.8`,
  ifHCInBroadcastPkts: `${ifXEntry}.9`,
  ifHCOutOctets: `${ifXEntry}.10`,
  ifHCOutUcastPkts: `${ifXEntry}.11`,
  ifHCOutMulticastPkts: `${ifXEntry}.12`,
  ifHCOutBroadcastPkts: `${ifXEntry}.13`,
  ifHighSpeed: `${ifXEntry}.15`,
  ifAlias: `${ifXEntry}.18`,
  ifCounterDiscontinuityTime: `${ifXEntry}.19`,

  dot3StatsDuplexStatus: '1.3.6.1.2.1.10.7.2.1.19',
} as const;

export type IfColumn = Exclude<keyof typeof ifMib, 'ifNumber' | 'ifTableLastChange'>;

// Those of the IANAifType-MIB that people meet.
const types: Record<number, string> = {
  1: 'other',
  6: 'ethernet',
  23: 'ppp',
  24: 'loopback',
  37: 'atm',
  53: 'virtual',
  62: 'ethernet',
  69: 'ethernet',
  71: 'wireless',
  94: 'adsl',
  97: 'vdsl',
  117: 'ethernet',
  131: 'tunnel',
  135: 'vlan',
  136: 'vlan',
  161: 'aggregate',
  166: 'mpls',
  209: 'bridge',
  251: 'vdsl',
};

/** An interface's type in a word; its number where there is none for it. */
export function interfaceType(ifType: number): string {
  return types[ifType] ?? String(ifType);
}

/** bit/s at which ifSpeed (32 bits) ends */
const saturated = 2 ** 32 - 1;
/** Mbit/s above which ifHighSpeed is taken for nonsense */
const nonsense = 10e6;
/** how often an ifSpeed can have wrapped: up to 800 Gbit/s */
const mostWraps = 190;

/**
 * An interface's speed in bit/s; undefined where it is not known. ifHighSpeed counts whole Mbit/s and
 * is 0 below one, ifSpeed stands still above 4.29 Gbit/s (RFC 2863, 3.1.2).
 */
export function interfaceSpeed(
  ifSpeed: number | undefined,
  ifHighSpeed: number | undefined,
): number | undefined {
  const told = ifSpeed !== undefined && ifSpeed > 0 && ifSpeed < saturated ? ifSpeed : undefined;
  const exact = told && unwrapped(told);
  if (ifHighSpeed === undefined || !(ifHighSpeed > 0)) return exact;
  // Told in bit/s or kbit/s.
  if (told !== undefined && told >= 1000 && (ifHighSpeed === told || ifHighSpeed === told / 1000)) {
    return told;
  }
  if (ifHighSpeed >= nonsense) return exact;
  // Made from an ifSpeed that stood still, or wrapped.
  if (ifHighSpeed === 4294 || ifHighSpeed === 4295) return undefined;
  if (told !== undefined && Math.abs(told / 1e6 - ifHighSpeed) < 1) return exact;
  return ifHighSpeed * 1e6;
}

// Some agents let ifSpeed wrap: 10 Gbit/s become 1410065408. Whole Gbit/s are what such a line has.
function unwrapped(speed: number): number {
  if (speed % 1000 === 0) return speed;
  for (let wraps = 1; wraps <= mostWraps; wraps++) {
    const whole = speed + wraps * 2 ** 32;
    if (whole % 1e9 === 0) return whole;
  }
  return speed;
}
