// Traffic flows: what a flow costs beside nfcapd and sfcapd, which get the same datagrams; how much memory a million addresses
// take in an hour; and how right the largest are.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Networks, parseNetwork } from '../nodes/shared/flows/address.ts';
import { Applications } from '../nodes/shared/flows/applications.ts';
import { Exporter } from '../nodes/shared/flows/exporter.ts';
import { Flow } from '../nodes/shared/flows/flow.ts';
import { SubjectKeys } from '../nodes/shared/flows/subjects.ts';
import type { TopRow } from '../nodes/shared/flows/top-table.ts';
import { TrafficCounter } from '../nodes/shared/flows/traffic-counter.ts';
import { freePort } from '../test/support/free-port.ts';
import { isInstalled } from '../test/support/program.ts';
import { randomNumbers } from '../test/support/random-numbers.ts';
import type { Figure } from './figure.ts';
import { type FlowLoad, flowLoads } from './flow-load.ts';

const flows = 300_000;
const addresses = 1_000_000;
/** flows a second */
const fullRate = 25_000;
const receiver = fileURLToPath(new URL('flow-receiver.ts', import.meta.url));
/** s of a tick of /proc (USER_HZ) */
const tick = 0.01;

/** Measures it. */
export async function run(): Promise<Figure[]> {
  // First, for what the others leave would be in it.
  const figures = manyAddresses();
  const loads = flowLoads(flows);
  if (process.platform === 'linux') figures.push(await atFullRate(loads[0]!));
  for (const load of loads) {
    if (process.platform === 'linux' && isInstalled(load.peer)) figures.push(await cost(load));
  }
  return figures;
}

// Five seconds of as many flows as a large site has, whoever else uses the machine.
async function atFullRate({ datagrams, flows: all }: FlowLoad): Promise<Figure> {
  const port = await freePort();
  const own = fork(receiver, [String(port)]);
  let told = 0;
  own.on('message', (count) => (told = Number(count)));
  await waiting(port);
  await pause(1000);
  const sender = createSocket('udp4');
  const perDatagram = all / datagrams.length;
  const count = Math.floor((5 * fullRate) / perDatagram);
  const before = cpuTime(own);
  const began = performance.now();
  for (let i = 0; i < count;) {
    const due = ((performance.now() - began) / 5000) * count;
    for (; i < Math.min(due, count); i++) sender.send(datagrams[i]!, port, '127.0.0.1');
    await pause(5);
  }
  await pause(2500);
  const sent = count * perDatagram;
  const cpu = (cpuTime(own) - before) / 5;
  sender.close();
  own.disconnect();
  await once(own, 'exit');
  const lost = ((sent - told) / sent) * 100;
  return {
    name: 'NetFlow v5 at 25,000 flows/s for 5 s: lost, %',
    ...{ ratio: lost, goal: '0', ok: lost === 0 },
    detail: `${told} of ${sent}, ${(cpu * 100).toFixed(0)} % of a core`,
  };
}

async function cost(load: FlowLoad): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  try {
    const theirPort = await freePort();
    const peer = spawn(load.peer, ['-b', '127.0.0.1', '-p', String(theirPort), '-w', folder], {
      stdio: 'ignore',
    });
    const theirs = await cpuOf(peer, theirPort, load, () => true);
    peer.kill('SIGTERM');
    await once(peer, 'exit');
    const ourPort = await freePort();
    const own = fork(receiver, [String(ourPort)]);
    let told = 0;
    own.on('message', (count) => (told = Number(count)));
    const ours = await cpuOf(own, ourPort, load, () => told >= load.flows * 1.24);
    own.disconnect();
    await once(own, 'exit');
    const ratio = ours / theirs;
    const perSecond = load.flows / ours;
    return {
      name: `${load.name}: CPU of a flow, collector to ${load.peer}`,
      ...{ ratio, goal: 'at most 5, 25,000 flows/s a core', ok: ratio <= 5 && perSecond >= 25_000 },
      detail:
        `${((ours / load.flows) * 1e6).toFixed(2)} µs to ${((theirs / load.flows) * 1e6).toFixed(2)} µs; ` +
        `${Math.round(perSecond).toLocaleString('en-US')} flows/s a core; all of ${load.flows} counted`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// s of CPU that a program takes for all datagrams, once it is warm.
async function cpuOf(
  program: ChildProcess,
  port: number,
  { datagrams }: FlowLoad,
  isDone: () => boolean,
): Promise<number> {
  const sender = createSocket('udp4');
  await waiting(port);
  const send = async (some: readonly Buffer[]) => {
    for (const [i, data] of some.entries()) {
      await new Promise((sent) => sender.send(data, port, '127.0.0.1', sent));
      if (i % 20 === 19) while ((await waiting(port)) > 0) await pause(1);
    }
  };
  // The first ones warm it up.
  const warm = datagrams.slice(0, datagrams.length / 4);
  await send(warm);
  await pause(1500);
  const before = cpuTime(program);
  await send(datagrams);
  // What lost a datagram would never be done.
  for (let i = 0; i < 100 && !isDone(); i++) await pause(100);
  const took = cpuTime(program) - before;
  sender.close();
  if (!isDone()) throw new Error('datagrams were lost');
  return took;
}

function cpuTime({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

// How many octets wait at a port, once somebody listens there.
async function waiting(port: number): Promise<number> {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  for (;;) {
    const sockets = readFileSync('/proc/net/udp', 'latin1').split('\n');
    const socket = sockets.find((line) => line.slice(0, 25).includes(local));
    if (socket) return Number.parseInt(socket.split(':')[4]!, 16);
    await pause(20);
  }
}

// An hour in which a million addresses come, each for the first time at a time of its own, beside the traffic of all.
function manyAddresses(): Figure[] {
  const inside = new Networks([parseNetwork('10.0.0.0/8')!]);
  const keys = new SubjectKeys({
    subjects: new Set(['protocol', 'application', 'talker', 'conversation'] as const),
    ...{ inside, talker: 'source', isShort: false, applications: new Applications() },
  });
  const minute = 60_000;
  const counter = new TrafficCounter({
    ...{ interval: minute, delay: minute, direction: 'both', keys, countPeers: true, origin: 0 },
  });
  const exporter = new Exporter('192.0.2.1');
  const random = randomNumbers(2);
  const flow = new Flow();
  const before = held();
  let [most, worst] = [0, 0];
  const exact = new Map<number, Map<number, number>>();
  const perMinute = addresses / 60;
  const check = (now: number) => {
    most = Math.max(most, held() - before);
    for (const closed of counter.close(now)) {
      const number = closed.end / minute - 1;
      const table = closed.exporters.get(exporter)!.interfaces.get(1)!.tables[2]!;
      worst = Math.max(worst, errorOf(table.top(20), exact.get(number)!));
      exact.delete(number);
      counter.release(closed);
    }
  };
  for (let number = 0; number < 60; number++) {
    const counts = new Map<number, number>();
    exact.set(number, counts);
    const add = (source: number, octets: number) => {
      Object.assign(flow, { source, destination: 0xc6336401, octets, packets: 1, input: 1 });
      Object.assign(flow, { sourcePort: 50_000, destinationPort: 443, protocol: 6 });
      counts.set(source, (counts.get(source) ?? 0) + octets);
      counter.add(exporter, flow, number * minute + 1000, undefined);
    };
    for (let i = 0; i < perMinute; i++) {
      add(Math.floor(0x14000000 + number * perMinute + i), 40 + Math.floor(random() * 1400));
      // Of a thousand that are always there, few have most.
      for (let k = 0; k < 3; k++) add(0x0a000000 + Math.floor(1000 ** random()), 1400);
    }
    check(number * minute + 2000);
  }
  check(70 * minute);
  const megabytes = most / 2 ** 20;
  return [
    {
      name: 'flows: memory with a million addresses in an hour, MB',
      ...{ ratio: megabytes, goal: 'at most 100', ok: megabytes <= 100 },
      detail: 'heap and buffers beyond those before, the exact counts of two minutes included',
    },
    {
      name: 'flows: error of the largest 20 talkers against exact counts, %',
      ...{ ratio: worst * 100, goal: 'at most 1', ok: worst <= 0.01 },
      detail: `the worst of 60 intervals with ${Math.round(perMinute * 4).toLocaleString('en-US')} flows each`,
    },
  ];
}

function errorOf(top: readonly TopRow[], exact: ReadonlyMap<number, number>): number {
  const largest = [...exact.values()].sort((a, b) => b - a).slice(0, top.length);
  return Math.max(
    ...top.map(({ key, octets }, i) => {
      const is = exact.get(Number(key)) ?? 0;
      return Math.max(Math.abs(octets - is) / is, Math.abs(octets - largest[i]!) / largest[i]!);
    }),
  );
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

// Without what nobody holds any more.
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
