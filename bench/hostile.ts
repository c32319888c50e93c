// How long an answer of 4.9 MB holds Node-RED's thread at a time, whatever is in it: the longest turn of
// the event loop in each of several polls, and the median of those.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Access } from '../nodes/device-access/access.ts';
import { defaults } from '../nodes/device-access/config.ts';
import { PolledDevice } from '../nodes/device-poll/poll.ts';
import type { Figure } from './figure.ts';

const polls = 9;
/** ms */
const goal = 20;

/** Runs the benchmark. */
export async function run(): Promise<Figure[]> {
  const file = fileURLToPath(new URL('hostile-device.ts', import.meta.url));
  const device = fork(file);
  try {
    const [[port, paths]] = (await once(device, 'message')) as [[number, string[]]];
    const figures: Figure[] = [];
    for (const path of paths) {
      const longest = await longestBlock(`127.0.0.1:${port}`, path);
      figures.push({
        name: `an answer of 4.9 MB (${path}): longest block of the event loop against ${goal} ms`,
        ratio: longest / goal,
        goal: 'at most 1',
        ok: longest <= goal,
        detail: `${longest.toFixed(1)} ms`,
      });
    }
    return figures;
  } finally {
    device.disconnect();
  }
}

// ms of this thread: what other processes take meanwhile is not Netmon's.
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function longestBlock(address: string, path: string): Promise<number> {
  const access = new Access(
    { ...defaults, protocol: 'http', url: `http://{address}${path}`, timeout: 60 },
    {},
  );
  const device = new PolledDevice({ name: 'a', address, labels: {} }, { access });
  const { signal } = new AbortController();
  // What is loaded for the first request is no answer's doing.
  await device.poll(signal);
  let longest = 0;
  let last = ownTime();
  let watching = true;
  const watch = () => {
    const now = ownTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(watch);
  };
  watch();
  const all: number[] = [];
  for (let i = 0; i < polls; i++) {
    longest = 0;
    await device.poll(signal);
    all.push(longest);
  }
  watching = false;
  await access.close();
  return all.sort((a, b) => a - b)[Math.floor(polls / 2)]!;
}
