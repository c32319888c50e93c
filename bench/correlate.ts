// What changed among 2,000 series that a history has, and what moved with one of them, as correlate works it out.
//
// BENCH_SERIES says among how many.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reading } from '../nodes/contract/reading.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { History } from '../nodes/shared/history/history.ts';
import type { Figure } from './figure.ts';
import { longestTurn } from './longest-turn.ts';

const count = Number(process.env.BENCH_SERIES ?? 2000);
/** of which so many move */
const planted = 20;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const retention = { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e12 };
const runs = 3;

/** of which so many are busy in that hour each day */
const busy = 100;
/** days before that are known of those and of the ones that move */
const days = 7;

/** Measures it. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const to = Math.floor(Date.now() / minute) * minute;
  const from = to - hour;
  const history = new History({
    ...{ folder, retention, commitMs: 50, forwards: [], clock: systemClock },
  });
  try {
    for (let time = from - (days + 0.5) * day; time < from - 4 * hour; time += 5 * minute) {
      const known = (i: number) => isPlanted(i) || isBusy(i);
      await history.write(
        pollAt(time, false, (time - from + days * day) % day < hour, known),
        true,
      );
    }
    // The noise of the span is the same, whatever came before.
    seed = 1;
    for (let time = from - 4 * hour; time < to; time += minute) {
      await history.write(pollAt(time, time >= from + 20 * minute, time >= from), true);
    }
    const request = {
      ...{
        metrics: '*',
        labels: '',
        maxSeries: 10_000,
        most: 30,
        from,
        to,
        before: from - 4 * hour,
      },
      subject: { metric: 'in_rate', labels: { device: 'device-0', interface: 'eth0' } },
    };
    const took: number[] = [];
    let block = 0;
    let found = 0;
    let others = 0;
    for (let i = 0; i < runs; i++) {
      let isDone = false;
      const longest = longestTurn(() => isDone);
      const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
      const { changes } = await history.analyse('whatChanged', request);
      took.push((cpu(process.cpuUsage(all)) - cpu(process.threadCpuUsage(own))) / 1000);
      isDone = true;
      block = Math.max(block, await longest);
      found = changes.filter(({ labels }) => isPlanted(Number(labels.device!.slice(7)))).length;
      others = changes.length - found;
    }
    const least = Math.min(...took);
    return [
      {
        name: `CPU time of other threads for what changed among ${count} series, ms`,
        ratio: least,
        ...{ goal: 'at most 500', ok: least <= 500 },
        detail: `300 points each, ${busy} of them busy in that hour on ${days} days before, ${runs} runs: ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`,
      },
      {
        name: 'the longest that it holds Node-RED up, ms',
        ratio: block,
        ...{ goal: 'at most 5', ok: block <= 5 },
        detail: `${runs} runs`,
      },
      {
        name: `how many of ${planted - 1} series that moved with another one it finds`,
        ratio: found,
        ...{ goal: `all, and 1 in 20 others at most`, ok: found === planted - 1 && others <= 1 },
        detail: `${others} others told`,
      },
    ];
  } finally {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function cpu({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}

function isPlanted(i: number): boolean {
  return i % (count / planted) === 0;
}

function isBusy(i: number): boolean {
  return i % (count / busy) === 3;
}

let seed = 1;

function normal(): number {
  const uniform = () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return (seed + 0.5) / 2 ** 32;
  };
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function pollAt(
  time: number,
  hasMoved: boolean,
  isBusyHour: boolean,
  isKnown: (i: number) => boolean = () => true,
): Reading[] {
  return Array.from({ length: count }, (_, i) => i)
    .filter(isKnown)
    .map((i) => ({
      ...{ metric: 'in_rate', unit: 'bit/s', time },
      value: Math.round(levelOf(i, hasMoved, isBusyHour) + 2e6 * normal()),
      labels: { device: `device-${i}`, interface: 'eth0' },
    }));
}

function levelOf(i: number, hasMoved: boolean, isBusyHour: boolean): number {
  return (hasMoved && isPlanted(i)) || (isBusyHour && isBusy(i)) ? 48e6 : 12e6;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
