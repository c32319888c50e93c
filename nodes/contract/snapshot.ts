import type { Reading } from './reading.ts';

/** A cumulative count, exact: a bigint where a number would lose digits (above 2^53). */
export type Count = number | bigint;

/** The width of a counter: 32 bits wrap within minutes on a fast line, 64 bits never do. */
export type CounterBits = 32 | 64;

/** The counts of an interface, by their names in {@link InterfaceState}. */
export const countNames = [
  'inOctets',
  'outOctets',
  'inPackets',
  'outPackets',
  'inErrors',
  'outErrors',
  'inDiscards',
  'outDiscards',
] as const;
export type CountName = (typeof countNames)[number];

/** What one poll saw of one interface. What the device did not tell is left out. */
export interface InterfaceState extends Partial<Record<CountName, Count>> {
  /** the label `interface` of its readings */
  name: string;
  index?: number;
  alias?: string;
  type?: string;
  /** operational status */
  up?: boolean;
  /** administrative status */
  adminUp?: boolean;
  /** bit/s */
  speed?: number;
  duplex?: 'full' | 'half';
  /** where its counts wrap; 64 unless told */
  counterBits?: CounterBits;
  /** where single counts wrap, if not as the others do */
  bits?: Readonly<Partial<Record<CountName, CounterBits>>>;
  /** changes when its counts cannot be compared with those before: the time of the last such event */
  discontinuity?: number;
  /** when the answer with its counts arrived, where not with all others: as in {@link Snapshot} */
  countedAt?: number;
}

/** A reading as a device gives it: with `counter`, a count whose rate per second is the reading. */
export interface Sample extends Omit<Reading, 'time' | 'labels' | 'value'> {
  value: Count;
  labels?: Record<string, string>;
  counter?: boolean;
  /** where a counter wraps; 64 unless told */
  bits?: CounterBits;
  /** multiplies the value, or the rate of a counter: 8 makes bit/s of octets */
  scale?: number;
}

/**
 * What one poll saw of one device, before rates are computed. As JSON it is also what
 * `GET /api/v1/interfaces/metrics` and `/api/v1/system/metrics` answer, with counts above 2^53 as
 * texts.
 */
export interface Snapshot {
  /** ms since the Unix epoch, by this machine's clock */
  time: number;
  /**
   * when the answer with the counts arrived, in ms on this machine's monotonic clock (`performance.now`):
   * rates divide by the time between two of these. Never part of the JSON
   */
  countedAt?: number;
  /** `time` by the device's own clock: it is shown, and decides nothing */
  deviceTime?: number;
  /** the name that the device gives itself */
  hostname?: string;
  /** s since the device started; a smaller one than before tells of a reset */
  uptime?: number;
  interfaces?: InterfaceState[];
  readings?: Sample[];
}
