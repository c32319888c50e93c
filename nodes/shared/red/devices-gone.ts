import type { EventEmitter } from 'node:events';

const name = 'netmon:devices-gone';

type Hear = (devices: ReadonlySet<string>) => void;

/** Those who hear, by bus: there may be many nodes, and Node-RED warns of many listeners. */
const hearers = new WeakMap<EventEmitter, { all: Set<Hear>; listener: Hear }>();

/** Tells on Node-RED's own bus, as `tellPoll` does, of devices that nobody asks any more. */
export function tellGone(bus: EventEmitter, devices: ReadonlySet<string>): void {
  bus.emit(name, devices);
}

/** Hears of devices that are gone, by the label `device` of their readings. Returns what ends it. */
export function hearGone(bus: EventEmitter, hear: Hear): () => void {
  const { all, listener } = hearers.get(bus) ?? listen(bus);
  all.add(hear);
  return () => {
    if (!all.delete(hear) || all.size > 0) return;
    bus.off(name, listener);
    hearers.delete(bus);
  };
}

function listen(bus: EventEmitter): { all: Set<Hear>; listener: Hear } {
  const all = new Set<Hear>();
  const listener: Hear = (devices) => {
    for (const hear of [...all]) hear(devices);
  };
  bus.on(name, listener);
  const made = { all, listener };
  hearers.set(bus, made);
  return made;
}
