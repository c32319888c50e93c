import { format } from '../contract/units.ts';
import type { Translate } from '../shared/problem.ts';
import type { Level } from '../shared/red/adapter.ts';
import type { Counts } from './summary.ts';

/** ms from which on the slowest device is worth naming */
const slow = 1000;

/** How all devices are doing, in words: "48 up, 2 down (a, b), 1 late". */
export function statusWords(size: number, counts: Counts, t: Translate): [Level, string] {
  const { up, down, failing, incomplete, late, slowest, problem } = counts;
  if (size === 0) return ['idle', t('device-poll.status.none')];
  if (up + down === 0) return ['idle', t('device-poll.status.waiting')];
  const level = up === 0 ? 'error' : problem || late > 0 ? 'warning' : 'ok';
  if (size === 1 && problem) return [level, problem];
  const which = [...failing, ...(down > failing.length ? ['…'] : [])].join(', ');
  const parts = Object.entries({ up, down, incomplete, late })
    .filter(([name, count]) => count > 0 || name === 'up')
    .map(([name, count]) => {
      const words = t(`device-poll.status.${name}`, { count: String(count) });
      return name === 'down' ? `${words} (${which})` : words;
    });
  if (slowest && slowest.duration >= slow) {
    const time = format(slowest.duration / 1000, 's');
    parts.push(t('device-poll.status.slowest', { name: slowest.name, time }));
  }
  return [level, parts.join(', ')];
}
