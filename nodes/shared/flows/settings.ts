import type { Network } from './address.ts';
import type { CountedDirection, Privacy, Subject, TalkerKind } from './choices.ts';
import type { AddressName, ApplicationName } from './own-names.ts';

/** An exporter, or a network of them, whose flows are taken. */
export interface AllowedExporter {
  network: Network;
  /** what it is sampled by, whatever it tells itself */
  factor: number | undefined;
}

/** What a thread that collects is set to. It passes between threads as it is. */
export interface CollectorSettings {
  /** address to listen on; all where empty */
  host: string;
  ports: number[];
  exporters: AllowedExporter[];
  acceptAll: boolean;
  /** ms */
  interval: number;
  delay: number;
  top: number;
  direction: CountedDirection;
  talker: TalkerKind;
  subjects: Subject[];
  countPeers: boolean;
  inside: Network[];
  names: (AddressName | ApplicationName)[];
  /** the path of a DHCP server's leases; empty for none */
  leasesFile: string;
  askNames: boolean;
  privacy: Privacy;
  /** hex digits, see `NamesOptions` */
  key: string;
  /** the path of a file of networks, with their AS and country; empty for none */
  placesFile: string;
}
