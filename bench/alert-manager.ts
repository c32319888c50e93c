// alert-manager against Debian's Alertmanager, each with 10,000 active alerts: what it takes to take in a change, and
// memory. Alertmanager is asked as it can be, by HTTP; alert-manager as nodes are, by a message.
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helper from 'node-red-node-test-helper';
import alertManager from '../nodes/alert-manager/runtime.ts';
import type { Alert } from '../nodes/contract/alert.ts';
import { readMessage } from '../nodes/dashboard-data/messages.ts';
import { NetworkState } from '../nodes/dashboard-data/network-state.ts';
import { atOnce } from '../nodes/shared/steps.ts';
import { freePort } from '../test/support/free-port.ts';
import { endPrograms, isInstalled, start } from '../test/support/program.ts';
import type { Figure } from './figure.ts';
import { longestTurn } from './longest-turn.ts';

const require = createRequire(import.meta.url);
const active = 10_000;
/** changes that are timed, one after the other */
const changes = 300;
/** lists that are timed, and ms before each */
const lists = 5;
const quiet = 12_000;
const startsAt = Date.now() - 60_000;

function alert(i: number, more: Partial<Alert> = {}): Alert {
  return {
    ...{ name: `Rule ${i % 20}`, state: 'firing', severity: 'warning', metric: 'cpu_usage' },
    ...{ labels: { device: `device-${i}`, site: `site-${i % 50}` }, unit: '%' },
    ...{ value: 93, threshold: 80, summary: `CPU on device-${i} is 93 %`, startsAt },
    fingerprint: `fingerprint-${i}`,
    ...more,
  };
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** Measures both; the ratios are ours to Alertmanager's. */
export async function run(): Promise<Figure[]> {
  const { listMs, ...ours } = await measureOurs();
  const peer = isInstalled('prometheus-alertmanager') ? await measurePeer() : undefined;
  const detail = (figure: keyof typeof ours, unit: string) =>
    peer
      ? `${ours[figure].toFixed(2)} ${unit} against ${peer[figure].toFixed(2)} ${unit}`
      : `${ours[figure].toFixed(2)} ${unit}; Alertmanager is not installed`;
  const ratio = (figure: keyof typeof ours) => (peer ? ours[figure] / peer[figure] : Number.NaN);
  return [
    {
      name: 'alert-manager: a change among 10,000 active alerts / Alertmanager by HTTP',
      ratio: ratio('changeMs'),
      goal: 'at most 1',
      ok: !(ratio('changeMs') > 1),
      detail: detail('changeMs', 'ms'),
    },
    {
      name: 'alert-manager: memory of 10,000 active alerts / the same',
      ratio: ratio('megabytes'),
      goal: 'at most 1',
      ok: !(ratio('megabytes') > 1),
      detail: detail('megabytes', 'MB'),
    },
    {
      name: 'alert-manager: the longest that the list of 10,000 active alerts holds Node-RED up, ms',
      ratio: listMs,
      ...{ goal: 'under 5', ok: listMs < 5 },
      detail: 'with a dashboard that takes it in',
    },
  ];
}

async function measureOurs() {
  const userDir = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  helper.init(require.resolve('node-red'), { userDir, logging: { console: { level: 'off' } } });
  const manager = { id: 'ours', type: 'netmon-alert-manager', wires: [[], ['lists'], ['out'], []] };
  const helpers = ['out', 'lists'].map((id) => ({ id, type: 'helper' }));
  await helper.load(alertManager, [manager, ...helpers]);
  const state = new NetworkState();
  let isWhole = () => {};
  helper.getNode('lists')!.on('input', (message: unknown) => {
    const { parts } = message as { parts?: { index: number; count: number } };
    const date = Date.now();
    atOnce(readMessage(state, message as object, { steady: performance.now(), date }));
    if (!parts || parts.index === parts.count - 1) isWhole();
  });
  try {
    const [node, out] = [helper.getNode('ours')!, helper.getNode('out')!];
    const send = async (payload: unknown) => {
      const taken = once(out, 'input');
      node.receive({ payload });
      await taken;
    };
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    await send(Array.from({ length: active }, (_, i) => alert(i)));
    global.gc?.();
    const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    const times: number[] = [];
    for (let i = 0; i < changes; i++) {
      const began = performance.now();
      await send(alert(i, { state: 'resolved', endsAt: Date.now() }));
      times.push(performance.now() - began);
    }
    const held: number[] = [];
    for (let i = 0; i < lists; i++) {
      // Until the list of the change before is out, and what is kept of it is written.
      await new Promise((resolve) => setTimeout(resolve, quiet));
      let isDone = false;
      const longest = longestTurn(() => isDone);
      const whole = new Promise<void>((resolve) => (isWhole = resolve));
      node.receive({ payload: alert(i, { value: 94 }) });
      await whole;
      isDone = true;
      held.push(await longest);
    }
    return { changeMs: median(times), megabytes, listMs: median(held) };
  } finally {
    await helper.unload();
    await rm(userDir, { recursive: true });
  }
}

async function measurePeer() {
  const folder = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  const config = join(folder, 'alertmanager.yml');
  await writeFile(
    config,
    'route: {receiver: none, group_by: [alertname, site]}\nreceivers: [{name: none}]\n',
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = start('prometheus-alertmanager', [
    ...[`--config.file=${config}`, `--storage.path=${folder}`, '--cluster.listen-address='],
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  const memory = async () => {
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1e3;
  };
  const post = async (alerts: Alert[]) => {
    const body = alerts.map(({ name, severity, metric, labels, summary, startsAt, endsAt }) => ({
      labels: { ...labels, alertname: name, severity, metric },
      annotations: { summary },
      startsAt: new Date(startsAt).toISOString(),
      ...(endsAt !== undefined && { endsAt: new Date(endsAt).toISOString() }),
    }));
    const response = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`Alertmanager answered ${response.status}`);
  };
  try {
    while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const before = await memory();
    await post(Array.from({ length: active }, (_, i) => alert(i)));
    const megabytes = (await memory()) - before;
    const times: number[] = [];
    for (let i = 0; i < changes; i++) {
      const began = performance.now();
      await post([alert(i, { endsAt: Date.now() })]);
      times.push(performance.now() - began);
    }
    return { changeMs: median(times), megabytes };
  } finally {
    await endPrograms();
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
