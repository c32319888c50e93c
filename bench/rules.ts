// threshold-check with 1,000 rules and 10,000 series against Debian's Prometheus with the same rules and series: the
// time of one pass over all, as each tells it. Prometheus scrapes the same values over loopback before.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../nodes/contract/reading.ts';
import type { RuleInput } from '../nodes/threshold-check/rule.ts';
import thresholdCheck from '../nodes/threshold-check/runtime.ts';
import { freePort } from '../test/support/free-port.ts';
import { endPrograms, isInstalled, start } from '../test/support/program.ts';
import type { Figure } from './figure.ts';

const require = createRequire(import.meta.url);
const ruleCount = 1000;
const seriesCount = 10_000;
const passes = 21;

const site = (i: number) => `site-${i % ruleCount}`;
/** One in a thousand is too high, as long as it lasts. */
const valueOf = (i: number) => (i % 1000 === 0 ? 95 : 40 + (i % 30));

/** Measures both; the ratio is that of their medians. */
export async function run(): Promise<Figure[]> {
  const ours = await measureOurs();
  const peer = isInstalled('prometheus') ? await measurePeer() : undefined;
  return [
    {
      name: 'threshold-check: a pass of 1,000 rules over 10,000 series / Prometheus',
      ratio: peer === undefined ? Number.NaN : ours / peer,
      goal: 'under 1',
      ok: peer === undefined || ours < peer,
      detail: `${ours.toFixed(1)} ms${peer === undefined ? '; Prometheus is not installed' : ` against ${peer.toFixed(1)} ms`}`,
    },
  ];
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

async function measureOurs(): Promise<number> {
  const userDir = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  helper.init(require.resolve('node-red'), { userDir, logging: { console: { level: 'off' } } });
  const rules = Array.from({ length: ruleCount }, (_, i): RuleInput => ({
    ...{ name: `Rule ${i}`, metric: 'cpu_usage', filter: `site="${site(i)}"` },
    ...{ comparison: '>', threshold: 80 },
  }));
  const check = { id: 'ours', type: 'netmon-threshold-check', rules, wires: [[], []] };
  await helper.load(thresholdCheck, [check]);
  try {
    const node = helper.getNode('ours')!;
    let completed = () => {};
    const nothing = () => {};
    Object.assign(node, { send: nothing, status: nothing, metric: nothing });
    Object.assign(node, { _complete: () => completed() });
    const times: number[] = [];
    for (let pass = 0; pass < passes; pass++) {
      const payload = readings(Date.now());
      const done = new Promise<void>((resolve) => (completed = resolve));
      const began = performance.now();
      node.emit('input', { _msgid: String(pass), payload });
      await done;
      // The first ones find the rules of each series.
      if (pass >= 3) times.push(performance.now() - began);
    }
    return median(times);
  } finally {
    await helper.unload();
    await rm(userDir, { recursive: true });
  }
}

function readings(time: number): Reading[] {
  return Array.from({ length: seriesCount }, (_, i) => ({
    ...{ metric: 'cpu_usage', value: valueOf(i), unit: '%', time },
    labels: { device: `device-${i}`, site: site(i) },
  }));
}

async function measurePeer(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  const lines = Array.from(
    { length: seriesCount },
    (_, i) => `cpu_usage{device="device-${i}",site="${site(i)}"} ${valueOf(i)}`,
  );
  const exporter = createServer((_, response) => response.end(`${lines.join('\n')}\n`));
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
  const rules = Array.from(
    { length: ruleCount },
    (_, i) => `  - alert: Rule${i}\n    expr: cpu_usage{site="${site(i)}"} > 80`,
  );
  await writeFile(
    join(folder, 'rules.yml'),
    `groups:\n- name: all\n  interval: 1s\n  rules:\n${rules.join('\n')}\n`,
  );
  await writeFile(
    join(folder, 'prometheus.yml'),
    `global: {scrape_interval: 1s}\nrule_files: [rules.yml]\nscrape_configs:\n- job_name: all\n  static_configs: [{targets: ['${target}']}]\n`,
  );
  const port = await freePort();
  start('prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  try {
    const times = new Map<number, number>();
    // The first ones have no series yet.
    while (times.size < passes) {
      await wait(250);
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/rules`).catch(() => undefined);
      if (!answer?.ok) continue;
      const { data } = (await answer.json()) as { data: { groups: RuleGroup[] } };
      const [group] = data.groups;
      const firing = group?.rules.filter(({ alerts }) => alerts && alerts.length > 0).length ?? 0;
      if (group && firing > 0) times.set(Date.parse(group.lastEvaluation), group.evaluationTime);
    }
    return median([...times.values()].slice(3)) * 1000;
  } finally {
    await endPrograms();
    exporter.closeAllConnections();
    exporter.close();
    await rm(folder, { recursive: true });
  }
}

interface RuleGroup {
  /** s */
  evaluationTime: number;
  lastEvaluation: string;
  rules: { alerts?: unknown[] }[];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
