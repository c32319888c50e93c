import type { InterfaceState, Sample } from '../contract/snapshot.ts';

/** How long a processor core has been busy and has run at all, in any one unit, ever growing. */
export interface CoreTimes {
  core: string;
  busy: number;
  total: number;
}

/** Bytes. What a program can still get is available: the cache that gives way counts as that. */
export interface Memory {
  total: number;
  available: number;
  swapTotal: number;
  swapUsed: number;
}

/** Bytes of a mounted file system. */
export interface Disk {
  mount: string;
  device: string;
  type: string;
  used: number;
  available: number;
  isReadOnly?: boolean;
  /** how many files it can have, and how many more */
  inodes?: { all: number; free: number };
}

export interface Temperature {
  sensor: string;
  celsius: number;
}

/** What the processes of one name use, in % of the machine. */
export interface ProcessUse {
  name: string;
  /** since the call before; undefined in the first call */
  cpu?: number | undefined;
  memory: number;
}

/** Where the facts of a host come from. A group that is switched off is never asked for. */
export interface HostSource {
  cpu(): Promise<CoreTimes[]>;
  memory(): Promise<Memory>;
  disks(): Promise<Disk[]>;
  /**
   * The interfaces, each with the time at which its counts were read.
   * @param wanted tells by their names which ones are looked at
   */
  interfaces(wanted: (name: string) => boolean): Promise<InterfaceState[]>;
  /** the averages over 1, 5 and 15 minutes; empty where the system has none */
  load(): number[];
  temperatures(): Promise<Temperature[]>;
  /** s since the system started */
  uptime(): number;
  /** the name of this machine */
  hostname?(): string;
  processes(): Promise<ProcessUse[]>;
}

/** Where the facts of Netmon itself come from. */
export interface NetmonSource {
  samples(): Sample[];
}
