import type { FoundDevice, FoundWay } from '../look.ts';

/** A device to watch. */
export interface WantedDevice {
  found: FoundDevice;
  /** how it is asked */
  way: FoundWay;
  /** names of the ports that matter: told of when they lose their link */
  ports: readonly string[];
}

/** A device in the list of a device poll. */
export interface DeviceRow {
  name: string;
  address: string;
  labels: Record<string, string>;
}

/** A device with its row in a device poll. */
export interface Row {
  row: DeviceRow;
  wanted: WantedDevice;
}

/** The label `device` of its readings. */
export function nameOf({ name, address }: DeviceRow): string {
  return name || address;
}
