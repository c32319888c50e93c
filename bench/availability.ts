// The availability of many devices, of which a history has 30 days, as history read works it out.
//
// BENCH_DEVICES says of how many.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reading } from '../nodes/contract/reading.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { History } from '../nodes/shared/history/history.ts';
import { readAvailability } from '../nodes/shared/history/read-availability.ts';
import type { Figure } from './figure.ts';
import { longestTurn } from './longest-turn.ts';

const devices = Number(process.env.BENCH_DEVICES ?? 1000);
const minute = 60_000;
const day = 1440 * minute;
/** ms between two polls of a device */
const interval = 30 * minute;
const retention = { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e12 };

/** Measures it. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const now = Date.now();
  const history = new History({
    ...{ folder, retention, commitMs: 50, forwards: [], clock: systemClock },
  });
  try {
    for (let time = now - 30 * day; time < now; time += interval) {
      await history.write(pollAt(time), true);
    }
    const begin = performance.now();
    let isDone = false;
    const longest = longestTurn(() => isDone);
    const { rows } = await readAvailability(history, { labels: '', limit: '10000' }, now);
    isDone = true;
    const took = performance.now() - begin;
    const block = await longest;
    return [
      {
        name: 'the longest that the availability of many devices holds Node-RED up, ms',
        ratio: block,
        ...{ goal: 'at most 5', ok: block <= 5 },
        detail: `${rows.length} devices, 30 days: ${took.toFixed(0)} ms in all`,
      },
    ];
  } finally {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function pollAt(time: number): Reading[] {
  return Array.from({ length: devices }, (_, i) => ({
    ...{ metric: 'device_up', value: (time / interval + i * 7) % 997 < 1 ? 0 : 1, unit: '1' },
    ...{ time, labels: { device: `device-${i}` } },
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
