import type { EventEmitter } from 'node:events';
import type { NodeAPI } from 'node-red';
import { isInFlows } from '../shared/red/in-flows.ts';
import { hearInterfaces } from '../shared/red/interface-events.ts';
import { hearWatched } from '../shared/red/watch-events.ts';
import { KnownDevices } from './known-devices.ts';

/** one for each bus: a collector that starts anew has to know what was told before */
const known = new WeakMap<EventEmitter, KnownDevices>();

/** What the nodes of this Node-RED tell of their devices. */
export function knownDevicesOf(RED: NodeAPI): KnownDevices {
  const found = known.get(RED.events);
  if (found) return found;
  const devices = new KnownDevices((node) => isInFlows(RED, node));
  hearWatched(RED.events, { list: (list) => devices.setList(list), poll: () => {} });
  hearInterfaces(RED.events, (interfaces) => devices.setInterfaces(interfaces));
  known.set(RED.events, devices);
  return devices;
}
