import os from 'node:os';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { format } from '../contract/units.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { toldDeviceLists } from '../shared/red/told-device-lists.ts';
import { tellWatchedList, tellWatchedPoll } from '../shared/red/watch-events.ts';
import { checkSettings, type HostMetricsSettings, hostSettings } from './config.ts';
import { HostMetrics, type Poll } from './host-metrics.ts';
import { NetmonWatch } from './netmon-watch.ts';
import type { HostSource } from './source.ts';

// ms from the start to the first message: usage and rates need two observations.
const firstAfter = 1000;

export default function (RED: NodeAPI): void {
  const setList = toldDeviceLists(RED);

  function HostMetricsNode(this: Node, config: NodeDef & HostMetricsSettings) {
    RED.nodes.createNode(this, config);
    let timer: NodeJS.Timeout | undefined;
    let polling: Promise<unknown> | undefined;
    let netmon: NetmonWatch | undefined;
    const adapter = new Adapter(RED, this, async () => {
      clearTimeout(timer);
      netmon?.close();
      await polling;
    });

    adapter.run(() => {
      const settings = checkSettings(config);
      const device = settings.device || os.hostname();
      setList(this.id, [device]);
      tellWatchedList(RED.events, { node: this.id, devices: [{ device }] });
      if (settings.netmon && settings.output !== 'interfaces') netmon = new NetmonWatch(RED.events);
      const host = hostSource().then((source) => new HostMetrics(device, source, settings, netmon));
      const report = reporter(adapter);

      const poll = async (): Promise<Poll> => {
        const outcome = await (await host).poll();
        if (!adapter.closing.aborted) {
          const reason = report(outcome);
          const state = reason === '' ? 'up' : 'degraded';
          const told = { node: this.id, device, state, time: Date.now() } as const;
          tellWatchedPoll(RED.events, reason === '' ? told : { ...told, reason });
        }
        return outcome;
      };
      const tick = async () => {
        timer = setTimeout(next, settings.interval * 1000);
        const { payload } = await poll();
        if (!adapter.closing.aborted) this.send({ topic: device, payload });
      };
      const next = () => {
        polling = tick().catch((error: unknown) => {
          if (!adapter.closing.aborted) adapter.fail(error);
        });
      };

      adapter.onInput(async (message, send) => {
        const { payload } = await poll();
        // Messages that come at once share an outcome.
        send(Object.assign(message, { topic: device, payload: structuredClone(payload) }));
      });
      polling = poll().catch((error: unknown) => adapter.fail(error));
      if (settings.interval > 0) timer = setTimeout(next, firstAfter);
    });
  }

  registerNode(RED, 'netmon-host-metrics', hostSettings, HostMetricsNode);
}

async function hostSource(): Promise<HostSource> {
  if (process.platform === 'linux') return (await import('./linux/source.ts')).linuxSource();
  return (await import('./systeminformation-source.ts')).systeminformationSource();
}

// Shows a poll's outcome in the status; warns of what failed once, not at every poll. Returns what failed, or
// an empty text.
function reporter(adapter: Adapter): (poll: Poll) => string {
  const t = adapter.translate;
  let warned = '';
  return ({ snapshot, failures }) => {
    const missing = failures.map(({ group, error }) => {
      return `${t(`host-metrics.label.${group}`)}: ${adapter.text(error)}`;
    });
    const warning = missing.join('; ');
    if (warning !== '' && warning !== warned) adapter.node.warn(warning);
    warned = warning;
    const words = warning === '' ? seen(snapshot, t) : `${seen(snapshot, t)}; ${warning}`;
    adapter.status(warning === '' ? 'ok' : 'warning', words, snapshot.time);
    return warning;
  };
}

function seen({ readings, interfaces }: Poll['snapshot'], t: Adapter['translate']): string {
  const usages = (['cpu', 'memory'] as const).flatMap((group) => {
    const value = readings?.find(({ metric }) => metric === `${group}_usage`)?.value;
    if (value === undefined) return [];
    return t(`host-metrics.status.${group}`, { value: format(Math.round(Number(value)), '%') });
  });
  if (usages.length > 0) return usages.join(', ');
  return readings
    ? t('host-metrics.status.readings', { count: String(readings.length) })
    : t('host-metrics.status.interfaces', { count: String(interfaces?.length ?? 0) });
}
