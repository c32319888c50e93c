// The CPU and the packets that a poll of 48 interfaces over SNMP costs Netmon, rates included, against
// prometheus-snmp-exporter and against table walks as node-red-node-snmp makes them; and 1,000 such
// devices every 10 s.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import snmp from 'net-snmp';
import { Access } from '../nodes/device-access/access.ts';
import { defaults } from '../nodes/device-access/config.ts';
import { PolledDevice } from '../nodes/device-poll/poll.ts';
import { Poller } from '../nodes/device-poll/poller.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { readDevices } from '../nodes/shared/devices/devices.ts';
import { endPrograms } from '../test/support/program.ts';
import type { Figure } from './figure.ts';
import { startExporter } from './snmp-exporter.ts';

const pollsPerRound = 20;
const rounds = 15;
const warmUp = 5;
const devices = 1000;
const interval = 10_000;
const seconds = 60;

/** Runs the benchmark. */
export async function run(): Promise<Figure[]> {
  const agents = fork(fileURLToPath(new URL('snmp-agents.ts', import.meta.url)), [`${devices}x48`]);
  try {
    const [ports] = (await once(agents, 'message')) as [number[]];
    const addresses = ports.map((port) => `127.0.0.1:${port}`);
    const packets = async () => {
      const answer = once(agents, 'message') as Promise<[number]>;
      agents.send('packets');
      return (await answer)[0];
    };
    const costs = await compare(addresses[0]!, packets);
    return [...costs, ...(await atScale(addresses))];
  } finally {
    agents.disconnect();
    await endPrograms();
  }
}

interface Subject {
  /** ms of CPU used so far */
  cpu: () => number | Promise<number>;
  poll: () => Promise<void>;
}

interface Cost {
  /** ms a poll */
  cpu: number;
  /** a poll, both ways */
  packets: number;
}

async function compare(address: string, packets: () => Promise<number>): Promise<Figure[]> {
  const access = openAccess();
  const device = new PolledDevice({ name: 'a', address, labels: {} }, { access });
  const { signal } = new AbortController();
  const exporter = await startExporter();
  const subjects: Subject[] = [
    {
      cpu: ownCpu,
      poll: async () => {
        const { up, problem, readings } = await device.poll(signal);
        if (!up || problem || readings.length < 98) throw problem ?? new Error('too few readings');
      },
    },
    { cpu: ownCpu, poll: () => walkTables(address) },
    ...(exporter ? [{ cpu: () => exporter.cpu(), poll: () => exporter.scrape(address) }] : []),
  ];
  const costs = subjects.map((): Cost => ({ cpu: 0, packets: 0 }));
  // In turns, so that whatever else this machine does burdens all.
  for (let round = -warmUp; round < rounds; round++) {
    for (const [i, { cpu, poll }] of subjects.entries()) {
      await packets();
      const before = await cpu();
      for (let n = 0; n < pollsPerRound; n++) await poll();
      const used = (await cpu()) - before;
      const sent = await packets();
      if (round < 0) continue;
      costs[i]!.cpu += used / pollsPerRound / rounds;
      costs[i]!.packets += sent / pollsPerRound / rounds;
    }
  }
  await access.close();
  const [netmon, tables, scrape] = costs;
  return [
    ...(scrape
      ? [figure("prometheus-snmp-exporter's scrape", 'a fifth', 1 / 5, netmon!, scrape)]
      : []),
    figure("node-red-node-snmp's table walks", 'a third', 1 / 3, netmon!, tables!),
  ];
}

function figure(peer: string, goal: string, most: number, netmon: Cost, other: Cost): Figure {
  const ratio = netmon.cpu / other.cpu;
  return {
    name: `SNMP poll of 48 interfaces: CPU against ${peer}`,
    ratio,
    goal: `at most ${goal}`,
    ok: ratio <= most,
    detail: [netmon, other]
      .map(({ cpu, packets }) => `${cpu.toFixed(2)} ms and ${packets.toFixed(0)} packets a poll`)
      .join(' against '),
  };
}

// A session for each message, and its default of 20 repetitions.
async function walkTables(address: string): Promise<void> {
  const [host, port] = address.split(':');
  const session = snmp.createSession(host, 'public', {
    port: Number(port),
    version: snmp.Version['2c'],
  });
  for (const oid of ['1.3.6.1.2.1.2.2', '1.3.6.1.2.1.31.1.1']) {
    await new Promise<void>((resolve, reject) => {
      session.table(oid, 20, (error: Error | null, table?: object) => {
        if (error) reject(error);
        else if (Object.keys(table!).length !== 48) reject(new Error('not the expected table'));
        else resolve();
      });
    });
  }
  session.close();
}

async function atScale(addresses: string[]): Promise<Figure[]> {
  const end = new AbortController();
  const access = openAccess();
  const counts = { polls: 0, late: 0, failed: 0 };
  const poller = new Poller({
    access,
    fail: console.error,
    interval,
    limit: 100,
    clock: systemClock,
    signal: end.signal,
    deliver: () => {},
    tell: (event) => {
      if (event === 'late') counts.late++;
      else counts.polls++;
      if (event === 'failed') counts.failed++;
    },
  });
  poller.replace(readDevices(addresses.map((address, i) => ({ name: `switch-${i}`, address }))));
  // The first round reads the names too.
  await wait(interval);
  Object.assign(counts, { polls: 0, late: 0, failed: 0 });
  const heapBefore = heapInUse();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = ownCpu();
  await wait(seconds * 1000);
  delay.disable();
  const core = (ownCpu() - before) / seconds / 10;
  const heap = heapInUse();
  end.abort();
  await access.close();
  const p99 = delay.percentile(99) / 1e6 - 1;
  const late = (counts.late + counts.failed) / (counts.polls + counts.late);
  const memory = process.memoryUsage().rss / 2 ** 20;
  return [
    {
      name: `SNMP polls of ${devices} devices with 48 interfaces every ${interval / 1000} s: share late or failed`,
      ratio: late,
      goal: '0',
      ok: late === 0 && counts.polls >= (devices * seconds * 950) / interval,
      detail: `${counts.polls} polls in ${seconds} s, ${core.toFixed(0)} % of a core`,
    },
    {
      name: 'the same: event-loop delay (p99) against 20 ms',
      ratio: p99 / 20,
      goal: 'under 1',
      ok: p99 < 20,
      detail: `${p99.toFixed(1)} ms`,
    },
    {
      name: `the same: memory in use after ${seconds} s against before`,
      ratio: heap / heapBefore,
      goal: 'at most 1.05',
      ok: heap <= heapBefore * 1.05,
      detail: `${heap.toFixed(0)} MiB of heap, ${memory.toFixed(0)} MiB of the process`,
    },
  ];
}

function openAccess(): Access {
  const config = { ...defaults, protocol: 'snmp' as const };
  return new Access(config, { secret: 'public' });
}

// MiB, of what is still needed
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

// ms
function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
