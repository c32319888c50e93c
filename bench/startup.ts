// What Netmon costs a Node-RED that has it installed and does not use it: time until its flows run,
// and memory.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { NodeRed } from '../scripts/node-red.ts';
import type { Figure } from './figure.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pairs = 20;

interface Start {
  /** ms */
  time: number;
  /** MB */
  memory: number;
}

async function startOnce(userDir: string): Promise<Start> {
  const begin = performance.now();
  const nodeRed = await NodeRed.start({ userDir, settings: { uiPort: 0 } });
  const time = performance.now() - begin;
  const pid = String(nodeRed.child.pid);
  const memory = Number(execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' })) / 1024;
  await nodeRed.stop();
  return { time, memory };
}

/** Puts the built package into a user directory, as the palette manager does. */
async function install(userDir: string): Promise<void> {
  const modules = join(userDir, 'node_modules');
  const home = join(modules, '@netmon', 'node-red-netmon');
  await mkdir(home, { recursive: true });
  for (const part of ['package.json', 'dist', 'examples']) {
    await cp(join(root, part), join(home, part), { recursive: true });
  }
  for (const name of Object.keys(manifest.dependencies)) {
    await symlink(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Runs the two in turn, each first half of the time: what else the machine does burdens both alike. */
export async function run(): Promise<Figure[]> {
  const starts: { without: Start; having: Start }[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  const [bare, installed] = [join(directory, 'bare'), join(directory, 'installed')];
  await install(installed);
  // The first pair warms the disk's cache and does not count.
  for (let i = 0; i <= pairs; i++) {
    const having = i % 2 === 0 ? await startOnce(installed) : undefined;
    const without = await startOnce(bare);
    const pair = { without, having: having ?? (await startOnce(installed)) };
    if (i > 0) starts.push(pair);
  }
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  const of = (figure: (start: { without: Start; having: Start }) => number) =>
    median(starts.map(figure));
  const time = of((s) => s.having.time / s.without.time);
  const more = of((s) => s.having.memory - s.without.memory);
  return [
    {
      name: 'Start of Node-RED with Netmon unused, against without',
      ratio: time,
      goal: 'at most 1.05',
      ok: time <= 1.05,
      detail: `${of((s) => s.having.time).toFixed()} ms, ${of((s) => s.without.time).toFixed()} ms`,
    },
    {
      name: 'Memory of Node-RED with Netmon unused, against without',
      ratio: of((s) => s.having.memory / s.without.memory),
      goal: 'at most 10 MB more',
      ok: more <= 10,
      detail: `${more.toFixed(1)} MB more than ${of((s) => s.without.memory).toFixed()} MB`,
    },
  ];
}
