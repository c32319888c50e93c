import type { Node, NodeAPI, NodeDef } from 'node-red';
import { duration } from '../contract/units.ts';
import type { AccessNode } from '../device-access/runtime.ts';
import { systemClock } from '../shared/clock.ts';
import { readRows } from '../shared/devices/devices.ts';
import { inSlices } from '../shared/in-slices.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { areInterfacesHeard, tellInterfaces } from '../shared/red/interface-events.ts';
import { pacedStatus } from '../shared/red/paced-status.ts';
import { tellPoll } from '../shared/red/poll-events.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import { toldDeviceLists } from '../shared/red/told-device-lists.ts';
import { tellWatchedList, tellWatchedPoll, type WatchedPoll } from '../shared/red/watch-events.ts';
import { checks, ownMapping, type PollConfig, pollSettings } from './config.ts';
import { interfaceNames } from './interface-names.ts';
import type { Outcome, PollAccess } from './poll.ts';
import { Poller } from './poller.ts';
import { nodeExpressions } from './runtime-expressions.ts';
import { statusWords } from './runtime-status.ts';
import { addTryOutRoute } from './runtime-try-out.ts';

/** readings that Catch nodes get of a poll that was not all well */
const maxCaught = 100;
/** what a problem of the list of devices is about; no device has such a name */
const ofList = '';

export default function (RED: NodeAPI): void {
  const setList = toldDeviceLists(RED);

  function DevicePoll(this: Node, config: NodeDef & PollConfig) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this);
    adapter.run(() => start(this, adapter, config));
  }

  function start(node: Node, adapter: Adapter, config: PollConfig): void {
    const fromMessages = checks.fromMessages(config.fromMessages);
    const poller = new Poller({
      access: pollAccess(node, adapter, config),
      translate: adapter.translate,
      interval: checks.interval(config.interval),
      limit: checks.limit(config.limit),
      clock: systemClock,
      signal: adapter.closing,
      deliver: (outcome) => deliver(outcome, {}, (message) => node.send(message as Message)),
      fail: (error) => adapter.fail(error),
      tell: (event) => tellPoll(RED.events, event),
    });
    const showStatus = pacedStatus(adapter, () =>
      statusWords(poller.size, poller.summary.count(), adapter.translate),
    );

    const troubles = new RepeatedProblems();

    // One list after the other, and no poll between a list and its message.
    let taken = take(config.devices);
    adapter.onInput(async (message, reply) => {
      const { payload, ...base } = message;
      const isList = fromMessages && (Array.isArray(payload) || typeof payload === 'string');
      if (isList) taken = taken.then(() => take(payload, message));
      await taken;
      if (!isList && poller.size === 0) throw new Problem('noDevices');
      await poller.pollAll((outcome, index, count) => {
        const clone = RED.util.cloneMessage(base);
        const parts = { id: message._msgid, type: 'array', index, count };
        const outer = clone.parts === undefined ? {} : { parts: clone.parts };
        deliver(outcome, { ...clone, parts: { ...parts, ...outer } }, reply);
      });
    });

    async function take(rows: unknown, message?: Message): Promise<void> {
      const read = await inSlices(readRows(rows));
      if (adapter.closing.aborted) return;
      poller.replace(read);
      // Who has a slip in the row of a device does not mean to remove it; and lists may take turns.
      if (read.problems.length === 0) setList(node.id, poller.names(), !fromMessages);
      tellWatched();
      troubles.keep([ofList, ...poller.names()]);
      showStatus();
      const problem = together('rows', read.problems, (error) => adapter.text(error));
      const text = problem && adapter.text(problem);
      if (troubles.see(ofList, text)?.change !== 'new' || text === undefined) return;
      if (message) node.error(text, message);
      else node.error(text);
    }

    function tellWatched(): void {
      const devices = poller.devices().map(({ name, address }) => ({ device: name, address }));
      tellWatchedList(RED.events, { node: node.id, devices });
    }

    function watchedPoll({ device, up, problem, readings }: Outcome): WatchedPoll {
      const degraded = readings.find(({ metric }) => metric === 'device_degraded')?.info?.reason;
      const { cause } = problem ?? {};
      const reason = degraded ?? (cause === undefined ? undefined : adapter.text(cause));
      return {
        node: node.id,
        device: device.name,
        state: !up ? 'down' : reason === undefined ? 'up' : 'degraded',
        ...(reason !== undefined && { reason }),
        time: Date.now(),
      };
    }

    function deliver(outcome: Outcome, base: object, send: Send): void {
      const message = { ...base, topic: outcome.device.name, payload: outcome.readings };
      send(message);
      tellWatchedPoll(RED.events, watchedPoll(outcome));
      if (areInterfacesHeard(RED.events)) {
        const { name: device, address } = outcome.device;
        tellInterfaces(RED.events, { device, address, names: interfaceNames(outcome.readings) });
      }
      tell(outcome, message);
      showStatus();
    }

    function tell({ device, up, problem, readings }: Outcome, message: object): void {
      const kind = !up ? 'down' : problem ? 'incomplete' : undefined;
      const seen = troubles.see(device.name, kind);
      if (!seen) return;
      const time = duration(seen.lasted / 1000);
      if (!problem) {
        node.log(adapter.translate('device-poll.log.over', { device: device.name, time }));
        return;
      }
      const told =
        seen.change === 'new' ? problem : new Problem('still', { time }, { cause: problem });
      // Node-RED copies it: the first readings tell enough.
      const caught = { ...message, payload: readings.slice(0, maxCaught) };
      node.error(adapter.text(told), caught);
    }
  }

  function pollAccess(node: Node, { closing }: Adapter, config: PollConfig): PollAccess {
    const { access: shared, withMapping } = accessNode(config.access);
    const own = ownMapping(config);
    const access = own && withMapping ? withMapping(own) : shared;
    if (access !== shared) closing.addEventListener('abort', () => void access.close());
    const expressions = nodeExpressions(RED.util, node);
    return {
      poll: (address, signal) => access.poll(address, signal, expressions),
      asks: (address) => access.asks(address),
    };
  }

  function accessNode(id: string) {
    const node = RED.nodes.getNode(id) as AccessNode | null;
    const { access, withMapping, problem } = node ?? {};
    if (access) return { access, withMapping };
    throw problem ? new Problem('badAccess', {}, { cause: problem }) : new Problem('noAccess');
  }

  registerNode(RED, 'netmon-device-poll', pollSettings, DevicePoll);
  addTryOutRoute(RED);
}
