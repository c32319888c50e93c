// The packets that the first and a later poll of 48, 315 and 1,829 interfaces over SNMP take, and how long
// 3,271 interfaces hold Node-RED's thread at a time: the longest turn of the event loop in each of several
// polls, and the median of those, for first polls, which read the names too, and for later ones.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Access } from '../nodes/device-access/access.ts';
import { defaults } from '../nodes/device-access/config.ts';
import { PolledDevice } from '../nodes/device-poll/poll.ts';
import type { Figure } from './figure.ts';

const sizes = [48, 315, 1829, 3271];
const polls = 5;
/** ms */
const goal = 20;

/** Runs the benchmark. */
export async function run(): Promise<Figure[]> {
  const file = fileURLToPath(new URL('snmp-agents.ts', import.meta.url));
  const agents = fork(
    file,
    sizes.map((rows, i) => `${i === sizes.length - 1 ? 1 + polls : 1}x${rows}`),
  );
  const config = { ...defaults, protocol: 'snmp' as const, timeout: 60 };
  const access = new Access(config, { secret: 'public' });
  try {
    const [ports] = (await once(agents, 'message')) as [number[]];
    const figures: Figure[] = [];
    for (const [i, rows] of sizes.entries()) {
      const packets = async () => {
        const answer = once(agents, 'message') as Promise<[number]>;
        agents.send('packets');
        return (await answer)[0];
      };
      const poll = pollOf(access, `127.0.0.1:${ports[i]}`);
      await packets();
      await poll();
      const first = await packets();
      // Answers grow while they are quick.
      for (let n = 0; n < 3; n++) await poll();
      await packets();
      await poll();
      const later = await packets();
      figures.push({
        name: `SNMP poll of ${rows} interfaces: packets of a later poll against the first`,
        ratio: later / first,
        goal: 'under 1',
        ok: later < first,
        detail: `${later} against ${first} packets, both ways`,
      });
      if (i < sizes.length - 1) continue;
      const others = ports.slice(sizes.length).map((port) => pollOf(access, `127.0.0.1:${port}`));
      for (const [which, list] of [
        ['first', others],
        ['later', new Array<typeof poll>(polls).fill(poll)],
      ] as const) {
        const longest = await longestBlock(list);
        figures.push({
          name: `a ${which} SNMP poll of ${rows} interfaces: longest block of the event loop against ${goal} ms`,
          ratio: longest / goal,
          goal: 'at most 1',
          ok: longest <= goal,
          detail: `${longest.toFixed(1)} ms`,
        });
      }
    }
    return figures;
  } finally {
    await access.close();
    agents.disconnect();
  }
}

function pollOf(access: Access, address: string): () => Promise<void> {
  const device = new PolledDevice({ name: address, address, labels: {} }, { access });
  const { signal } = new AbortController();
  return async () => {
    const { up, problem } = await device.poll(signal);
    if (!up || problem) throw problem ?? new Error('down');
  };
}

// ms of this thread: what other processes take meanwhile is not Netmon's.
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function longestBlock(polls: readonly (() => Promise<void>)[]): Promise<number> {
  const all: number[] = [];
  for (const poll of polls) {
    let longest = 0;
    let last = ownTime();
    let next: NodeJS.Immediate;
    const watch = () => {
      const now = ownTime();
      longest = Math.max(longest, now - last);
      last = now;
      next = setImmediate(watch);
    };
    next = setImmediate(watch);
    await poll();
    clearImmediate(next);
    all.push(longest);
  }
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
