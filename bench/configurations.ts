// The configurations of many devices, fetched, read, masked, compared and kept: what it takes, how long it holds
// Node-RED up, and how many bytes a version is on the disk.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigWatch, type Outcome } from '../nodes/config-watch/config-watch.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { ConfigurationReader } from '../nodes/shared/configurations/configuration-reader.ts';
import { dialects } from '../nodes/shared/configurations/dialects/index.ts';
import { VersionsThread } from '../nodes/shared/configurations/versions/thread.ts';
import type { Figure } from './figure.ts';
import { longestTurn } from './longest-turn.ts';

const devices = 50;
const bytes = 40_000;
/** versions of each device */
const changes = 20;
const key = new Uint8Array(32);
const rules = [
  { name: 'no telnet', kind: 'mustNotHave', pattern: 'transport input.*telnet' } as const,
  { name: 'ntp', kind: 'mustHave', pattern: '^ntp server' } as const,
];

/** Measures it. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const open = () => new VersionsThread({ folder, clock: systemClock, tell: () => {} });
  let versions = open();
  const ending = new AbortController();
  const reader = new ConfigurationReader(
    dialects.find(({ id }) => id === 'ios')!,
    key,
  );
  const names = Array.from({ length: devices }, (_, i) => `switch-${i}`);
  // Made before, for what makes them leaves much to collect.
  const rounds = Array.from({ length: changes }, (_, round) => {
    return new Map(names.map((name) => [name, shown(name, round)]));
  });
  let answers = rounds[0]!;
  let told: Outcome[] = [];
  const watch = new ConfigWatch({
    ...{ schedule: undefined, settle: 0, limit: 5, retries: 0, clock: systemClock },
    signal: ending.signal,
    look: async ({ name, labels }, _, signal) => {
      const raw = answers.get(name)!;
      const { text, compared } = await reader.read(raw, signal);
      const fetched = {
        ...{ device: name, labels, time: Date.now(), text, rules },
        ...(compared !== text && { compared }),
      };
      return { added: await versions.add({ ...fetched, retention: { count: 1000, age: 1e12 } }) };
    },
    mayPass: () => false,
    tell: (outcome) => told.push(outcome),
    deliver: () => {},
    fail: (error) => {
      throw error;
    },
  });
  watch.replace(names.map((name) => ({ name, address: name, labels: {} })));
  let block = 0;
  /** Looks at all, which answer what they have in a round. @returns ms */
  const lookAtAll = async (round: number) => {
    answers = rounds[round]!;
    told = [];
    let isDone = false;
    const longest = longestTurn(() => isDone);
    const begin = performance.now();
    await watch.look(names, () => {});
    const took = performance.now() - begin;
    isDone = true;
    block = Math.max(block, await longest);
    const problem = told.find((outcome) => outcome.problem)?.problem;
    if (problem) throw problem;
    return took;
  };
  try {
    await lookAtAll(0);
    block = 0;
    const rss = process.memoryUsage.rss();
    let took = 0;
    for (let round = 1; round < changes; round++) took += await lookAtAll(round);
    const grown = process.memoryUsage.rss() - rss;
    const before = await size();
    const same = await lookAtAll(changes - 1);
    const unchanged = await size();
    const text = Buffer.byteLength(shown(names[0]!, 0));
    const stored = before / (devices * changes) / text;
    const each = (ms: number) => `${(ms / devices).toFixed(1)} ms`;
    return [
      {
        name: `${devices} configurations of 40 kB: the longest that they hold Node-RED up, ms`,
        ratio: block,
        ...{ goal: 'under 5', ok: block < 5 },
        detail:
          `${each(took / (changes - 1))} a device that changed, ${each(same)} one that did not; ` +
          `memory grew by ${(grown / 2 ** 20).toFixed(0)} MB over ${changes} rounds`,
      },
      {
        name: 'a version of a configuration on the disk, against its text',
        ratio: stored,
        ...{ goal: 'at most 0.25', ok: stored <= 0.25 },
        detail: `${(before / 1e6).toFixed(2)} MB for ${devices * changes} versions of ${(text / 1000).toFixed(0)} kB`,
      },
      {
        name: 'a configuration that has not changed, bytes on the disk',
        ratio: (unchanged - before) / devices,
        ...{ goal: '0', ok: unchanged === before },
        detail: `${devices} that were fetched once more`,
      },
    ];
  } finally {
    ending.abort();
    await versions.close();
    rmSync(folder, { recursive: true, force: true });
  }

  // What is in the file once its thread has put all into it.
  async function size(): Promise<number> {
    await versions.close();
    versions = open();
    return statSync(join(folder, 'configurations.sqlite')).size;
  }
}

/** A configuration of a switch, of which each round changes a few lines. */
function shown(name: string, round: number): string {
  const lines = [
    ...['Building configuration...', '', 'Current configuration : 40000 bytes', '!'],
    ...['version 15.2', `hostname ${name}`, `enable secret 5 $1$${name}$${round % 3}`],
  ];
  for (let port = 1, size = 0; size < bytes; port++) {
    const vlan = hash(`${name} ${port} ${port % changes === round ? round : 0}`) % 4000;
    const stanza = [
      `interface GigabitEthernet1/0/${port}`,
      ` description room ${hash(`${name} ${port}`) % 900} socket ${port}`,
      ` switchport access vlan ${vlan}`,
      ' switchport mode access',
      ` ip address 192.0.2.${port % 250} 255.255.255.0`,
      ' spanning-tree portfast',
      '!',
    ];
    size += stanza.join('\n').length + 1;
    lines.push(...stanza);
  }
  return [...lines, 'ntp server 192.0.2.1', 'end', ''].join('\n');
}

// Numbers without an order, always the same ones.
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
  }
  return value;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
