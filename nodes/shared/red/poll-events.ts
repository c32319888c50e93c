import type { EventEmitter } from 'node:events';

/** What a turn of a device came to: `late` where the poll before had not ended, so that none began. */
export type PollEvent = 'ok' | 'failed' | 'late';

const name = 'netmon:poll';

/**
 * Tells of a poll on Node-RED's own bus, for each node is built into a file of its own and shares no
 * state with the others. Without a listener it costs next to nothing.
 */
export function tellPoll(bus: EventEmitter, event: PollEvent): void {
  bus.emit(name, event);
}

/** Hears of every poll of this Node-RED. Returns what ends it. */
export function hearPolls(bus: EventEmitter, hear: (event: PollEvent) => void): () => void {
  bus.on(name, hear);
  return () => bus.off(name, hear);
}
