import type { Translate } from '../shared/problem.ts';
import type { Level } from '../shared/red/adapter.ts';
import { type EventKind, eventKinds, type FlowWatch } from './flow-watch.ts';

/** how many exporters are named */
const named = 3;

/** How the collector is doing, in words: "3 exporters, 1,240 flows/s; not in the list: 10.0.0.9". */
export function statusWords(
  watch: FlowWatch,
  ports: readonly number[],
  nameOf: (address: string) => string,
  t: Translate,
): [Level, string] {
  const going = eventKinds.filter((kind) => (watch.going.get(kind)?.size ?? 0) > 0);
  const rate = Math.round(watch.rate).toLocaleString('en-US');
  const first =
    watch.count === 0
      ? t('flow-collector.status.listening', { ports: ports.join(', ') })
      : t(`flow-collector.status.${watch.count === 1 ? 'one' : 'exporters'}`, {
          count: String(watch.count),
          rate,
        });
  const parts = going.map((kind) => eventText(kind, [...watch.going.get(kind)!].map(nameOf), t));
  const level = going.length > 0 ? 'warning' : watch.count === 0 ? 'idle' : 'ok';
  return [level, [first, ...parts].join('; ')];
}

/** What happens, in words. */
export function eventText(kind: EventKind, names: readonly string[], t: Translate): string {
  const shown = [...names.slice(0, named), ...(names.length > named ? ['…'] : [])];
  return t(`flow-collector.event.${kind}`, { names: shown.join(', ') });
}
