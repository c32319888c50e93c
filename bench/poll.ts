// The CPU that a poll costs Netmon (queue, HTTP, mapping, rates, readings) against a bare undici
// request and JSON.parse of the same body.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { Access } from '../nodes/device-access/access.ts';
import { defaults } from '../nodes/device-access/config.ts';
import { PolledDevice } from '../nodes/device-poll/poll.ts';
import { Queue } from '../nodes/shared/devices/queue.ts';
import type { Figure } from './figure.ts';

const devices = 200;
const limit = 20;
const rounds = 60;
const warmUp = 4;

/** Runs the benchmark. */
export async function run(): Promise<Figure[]> {
  const server = fork(fileURLToPath(new URL('devices.ts', import.meta.url)), [String(devices)]);
  try {
    const [ports] = (await once(server, 'message')) as [number[]];
    const addresses = ports.map((port) => `127.0.0.1:${port}`);
    const bare = barePolls(addresses);
    const netmon = netmonPolls(addresses);
    const cpu = { bare: 0, netmon: 0 };
    for (let round = -warmUp; round < rounds; round++) {
      const took = { bare: await measure(bare.poll), netmon: await measure(netmon.poll) };
      if (round < 0) continue;
      cpu.bare += took.bare;
      cpu.netmon += took.netmon;
    }
    await Promise.all([bare.close(), netmon.close()]);
    const ratio = cpu.netmon / cpu.bare;
    const each = (us: number) => `${(us / rounds / devices / 1000).toFixed(2)} ms`;
    return [
      {
        name: `HTTP poll of ${devices} devices with 48 interfaces: CPU against undici and JSON.parse`,
        ratio,
        goal: 'at most 2',
        ok: ratio <= 2,
        detail: `${each(cpu.netmon)} a poll against ${each(cpu.bare)}`,
      },
    ];
  } finally {
    server.disconnect();
  }
}

function barePolls(addresses: string[]) {
  const agent = new Agent({ keepAliveTimeout: 60_000 });
  return {
    poll: () =>
      inParallel(addresses, async (address) => {
        const { body } = await agent.request({
          origin: `http://${address}`,
          path: '/api/v1/interfaces/metrics',
          method: 'GET',
        });
        const { interfaces } = JSON.parse(await body.text()) as { interfaces: unknown[] };
        if (interfaces.length !== 48) throw new Error('not the expected answer');
      }),
    close: () => agent.close(),
  };
}

function netmonPolls(addresses: string[]) {
  const config = {
    ...defaults,
    protocol: 'http' as const,
    url: 'http://{address}/api/v1/interfaces/metrics',
  };
  const access = new Access(config, {});
  const polled = addresses.map(
    (address) => new PolledDevice({ name: address, address, labels: {} }, { access }),
  );
  const queue = new Queue(limit);
  const { signal } = new AbortController();
  return {
    poll: async () => {
      const ends = polled.map((device) =>
        queue.add(device, async () => {
          const { up, problem, readings } = await device.poll(signal);
          if (!up || problem || readings.length < 98) {
            throw problem ?? new Error('too few readings');
          }
          return up;
        }),
      );
      await Promise.all(ends);
    },
    close: () => access.close(),
  };
}

async function inParallel<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

// µs of CPU
async function measure(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
