import type { EventEmitter } from 'node:events';

/** What the interfaces of a polled device are called. */
export interface NamedInterfaces {
  device: string;
  /** as it is polled */
  address: string;
  /** names by ifIndex */
  names: readonly (readonly [index: number, name: string])[];
}

const name = 'netmon:interfaces';

/** Whether anybody wants to hear of interfaces: to gather their names takes a moment. */
export function areInterfacesHeard(bus: EventEmitter): boolean {
  return bus.listenerCount(name) > 0;
}

/** Tells on Node-RED's own bus, as `tellPoll` does, what the interfaces of a device are called. */
export function tellInterfaces(bus: EventEmitter, interfaces: NamedInterfaces): void {
  bus.emit(name, interfaces);
}

/** Hears of them. Returns what ends it. */
export function hearInterfaces(
  bus: EventEmitter,
  hear: (interfaces: NamedInterfaces) => void,
): () => void {
  bus.on(name, hear);
  return () => bus.off(name, hear);
}
