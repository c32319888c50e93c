import type { EventEmitter } from 'node:events';

const name = 'netmon:devices-gone';

/** Tells on Node-RED's own bus, as `tellPoll` does, of devices that nobody asks any more. */
export function tellGone(bus: EventEmitter, devices: ReadonlySet<string>): void {
  bus.emit(name, devices);
}

/** Hears of devices that are gone, by the label `device` of their readings. Returns what ends it. */
export function hearGone(
  bus: EventEmitter,
  hear: (devices: ReadonlySet<string>) => void,
): () => void {
  bus.on(name, hear);
  return () => bus.off(name, hear);
}
