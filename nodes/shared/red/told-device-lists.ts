import type { EventEmitter } from 'node:events';
import type { NodeAPI } from 'node-red';
import { DeviceLists } from './device-lists.ts';
import { tellGone } from './devices-gone.ts';
import { isInFlows } from './in-flows.ts';

type SetList = DeviceLists['set'];

/** one for each bus, however often a node is registered */
const known = new WeakMap<EventEmitter, SetList>();

/**
 * Gives what takes the list of a node, see {@link DeviceLists}, and tells all nodes of this Node-RED of
 * devices that are gone: once all flows run, for a device may have moved to another list.
 */
export function toldDeviceLists(RED: NodeAPI): SetList {
  const setList = known.get(RED.events) ?? listsOf(RED);
  known.set(RED.events, setList);
  return setList;
}

function listsOf(RED: NodeAPI): SetList {
  const lists = new DeviceLists();
  let running = false;
  const tell = () => {
    const gone = lists.takeGone((node) => isInFlows(RED, node));
    if (gone.size > 0) tellGone(RED.events, gone);
  };
  RED.events.on('flows:starting', () => (running = false));
  RED.events.on('flows:started', () => {
    running = true;
    tell();
  });
  return (...list) => {
    lists.set(...list);
    if (running) tell();
  };
}
