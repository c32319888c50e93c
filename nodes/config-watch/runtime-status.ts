import type { Translate } from '../shared/problem.ts';
import type { Level } from '../shared/red/adapter.ts';
import type { ConfigWatch } from './config-watch.ts';

/** how many of the failing devices are named */
const named = 3;

/** The last change that was seen since the start. */
export interface LastChange {
  device: string;
  /** in words */
  time: string;
}

/** How all devices are doing, in words: "48 kept, 2 failed (a, b), core-1 changed 12:00". */
export function statusWords(
  { size, fetched, failing, running }: ConfigWatch['counts'],
  last: LastChange | undefined,
  t: Translate,
): [Level, string] {
  if (size === 0) return ['idle', t('config-watch.status.none')];
  const parts = [t('config-watch.status.kept', { count: String(fetched) })];
  if (failing.length > 0) {
    const which = [...failing.slice(0, named), ...(failing.length > named ? ['…'] : [])];
    const params = { count: String(failing.length), names: which.join(', ') };
    parts.push(t('config-watch.status.failed', params));
  }
  if (running > 0) parts.push(t('config-watch.status.running', { count: String(running) }));
  if (last) parts.push(t('config-watch.status.changed', { ...last }));
  const isIdle = fetched + failing.length === 0;
  const level =
    failing.length > 0
      ? fetched === 0
        ? 'error'
        : 'warning'
      : running > 0
        ? 'busy'
        : isIdle
          ? 'idle'
          : 'ok';
  return [level, parts.join(', ')];
}
