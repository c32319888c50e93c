/** What looking for devices asks for and finds, as the editor and the runtime exchange it. JSON. */

/** POST netmon/look */
export interface LookRequest {
  /** addresses, names, ranges and networks, divided by commas, blanks or lines: "10.0.0.0/24, sw-1, 10.0.1.5-20" */
  targets: string;
  /** SNMP 2c; empty: not asked by SNMP 2c */
  community: string;
  /** ids of deployed device-access nodes whose credentials are tried too (never sent anywhere but to the devices looked at) */
  accesses: string[];
}

/** Its answer, and that of GET netmon/look/:id?after=N (only what was found from the N-th on). DELETE stops it. */
export interface Look {
  id: string;
  state: 'running' | 'done' | 'stopped';
  /** addresses asked and in all */
  asked: number;
  total: number;
  found: FoundDevice[];
  /** what could not be done: keys of the sidebar's catalogue, which the editor translates */
  problems: { key: string; params?: Record<string, string> }[];
}

export interface FoundDevice {
  /** as it is to be typed into a device poll */
  address: string;
  /** the best name known: sysName, reverse DNS, mDNS, else the address */
  name: string;
  vendor?: string;
  model?: string;
  description?: string;
  /** s */
  uptime?: number;
  /** how it answered, the best first: what a device access would be made of */
  ways: FoundWay[];
  interfaces: FoundInterface[];
  /** another Netmon, a server with node_exporter, a switch, ... */
  kind: 'switch' | 'router' | 'access-point' | 'server' | 'printer' | 'ups' | 'other';
}

export interface FoundWay {
  protocol: 'snmp' | 'ping' | 'http' | 'http-check' | 'prometheus' | 'tcp' | 'tls';
  /**
   * settings of a new device-access for it, without secrets: what is not here is its default. Where they have an
   * `authentication` other than none, it still needs a login
   */
  settings: Record<string, unknown>;
  /** an access that is there already and opened it */
  access?: string;
  /** ms */
  responseTime: number;
}

export interface FoundInterface {
  name: string;
  alias?: string;
  isUp: boolean;
  isSwitchedOff: boolean;
  /** bit/s */
  speed?: number;
  isVirtual: boolean;
  /** the fastest of a device that has slower ones, its only one with a link, one named as an uplink, or a router's own */
  isUplink: boolean;
}

/** GET netmon/look/suggestions */
export interface Suggestions {
  /** "192.168.1.0/24" of this machine's own interfaces, at most 1,024 addresses each, the gateway's first */
  networks: { network: string; interface: string; gateway?: string; hosts: number }[];
  /** addresses that this machine has lately spoken with (its ARP table), the gateway first */
  neighbours: { address: string; name?: string; isGateway: boolean }[];
}

/** GET netmon/watched: what Netmon watches now. */
export interface Watched {
  /** id of the node that watches it */
  node: string;
  device: string;
  address?: string;
  state: 'up' | 'degraded' | 'down' | 'unknown';
  /** ms since the Unix epoch */
  since?: number;
  lastPoll?: number;
  reason?: string;
}

/** GET netmon/configurations: whose configurations are kept, and how the last fetch went. */
export interface KeptConfiguration {
  /** id of the config-watch that fetches it */
  node: string;
  device: string;
  /** `unsaved`: what is in use is not saved */
  state: 'fetched' | 'unsaved' | 'failed';
  /** ms since the Unix epoch; missing where it was never fetched */
  changedAt?: number;
  /** why the last fetch failed */
  reason?: string;
}
