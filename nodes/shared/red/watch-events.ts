import type { EventEmitter } from 'node:events';

/** The devices that a node watches from now on, in the place of those before. */
export interface WatchedList {
  /** the node's id */
  node: string;
  devices: readonly { device: string; address?: string }[];
}

/** What one look of a node at one of its devices came to. */
export interface WatchedPoll {
  node: string;
  device: string;
  state: 'up' | 'degraded' | 'down';
  /** why it is not up */
  reason?: string;
  /** ms since the Unix epoch */
  time: number;
}

const listName = 'netmon:watched-list';
const pollName = 'netmon:watched-poll';

/** Tells on Node-RED's own bus, as `tellPoll` does, what a node watches. */
export function tellWatchedList(bus: EventEmitter, list: WatchedList): void {
  bus.emit(listName, list);
}

/** Tells likewise how a device is. */
export function tellWatchedPoll(bus: EventEmitter, poll: WatchedPoll): void {
  bus.emit(pollName, poll);
}

/** Hears of all that nodes of this Node-RED watch. Returns what ends it. */
export function hearWatched(
  bus: EventEmitter,
  hear: { list: (list: WatchedList) => void; poll: (poll: WatchedPoll) => void },
): () => void {
  bus.on(listName, hear.list);
  bus.on(pollName, hear.poll);
  return () => {
    bus.off(listName, hear.list);
    bus.off(pollName, hear.poll);
  };
}
