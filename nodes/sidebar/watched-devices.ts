import type { WatchedList, WatchedPoll } from '../shared/red/watch-events.ts';
import { foreignText } from '../shared/text.ts';
import type { Watched } from './look.ts';

/** characters of a reason */
const maxReason = 300;

/** What Netmon watches, by what its nodes tell. */
export class WatchedDevices {
  /** by the node, and there by the device */
  readonly #nodes = new Map<string, Map<string, Watched>>();

  /** Takes the list of a node: a device that stays keeps its state. */
  take({ node, devices }: WatchedList): void {
    const before = this.#nodes.get(node);
    const now = devices.map(({ device, address }): [string, Watched] => {
      const known = before?.get(device);
      const own = { node, device, ...(address !== undefined && { address }) };
      return [device, known && known.address === address ? known : { ...own, state: 'unknown' }];
    });
    this.#nodes.set(node, new Map(now));
  }

  /** Takes what a poll came to. One of a device that is in no list any more is late, and does not count. */
  see({ node, device, state, reason, time }: WatchedPoll): void {
    const devices = this.#nodes.get(node);
    const before = devices?.get(device);
    if (!devices || !before) return;
    const { address, since } = before;
    devices.set(device, {
      node,
      device,
      ...(address !== undefined && { address }),
      state,
      since: before.state === state && since !== undefined ? since : time,
      lastPoll: time,
      ...(reason !== undefined && { reason: foreignText(reason, maxReason) }),
    });
  }

  /** All that is watched, in the order of the lists. @param runs whether a node runs: others are forgotten */
  list(runs: (node: string) => boolean): Watched[] {
    for (const node of this.#nodes.keys()) if (!runs(node)) this.#nodes.delete(node);
    return [...this.#nodes.values()].flatMap((devices) => [...devices.values()]);
  }
}
