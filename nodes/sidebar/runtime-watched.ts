import type { NodeAPI } from 'node-red';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { hearWatched } from '../shared/red/watch-events.ts';
import type { Watched } from './look.ts';
import { WatchedDevices } from './watched-devices.ts';

/** Adds the route that tells what Netmon watches: also those who may only read may know. */
export function addWatchedRoute(RED: NodeAPI): void {
  const watched = new WatchedDevices();
  hearWatched(RED.events, {
    list: (list) => watched.take(list),
    poll: (poll) => watched.see(poll),
  });
  const list = (): Watched[] => watched.list((node) => RED.nodes.getNode(node) !== null);
  // What was deleted is forgotten, though nobody asks.
  RED.events.on('flows:started', list);
  addAdminRoute(RED, 'GET watched', list, 'read');
}
