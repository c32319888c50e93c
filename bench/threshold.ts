// threshold-check against a function node that makes the same comparisons, both in Node-RED.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../nodes/contract/reading.ts';
import type { RuleInput } from '../nodes/threshold-check/rule.ts';
import thresholdCheck from '../nodes/threshold-check/runtime.ts';
import type { Figure } from './figure.ts';

const require = createRequire(import.meta.url);
const rounds = 15;
const readingsPerRound = 20_000;

const limits: [metric: string, comparison: '>' | '<', ...thresholds: number[]][] = [
  ['cpu_usage', '>', 80, 90, 95],
  ['memory_usage', '>', 90, 95],
  ['temperature', '>', 70, 80],
  ['device_up', '<', 1],
  ['latency', '>', 200],
  ['utilization', '>', 70, 80, 90],
  ['error_rate', '>', 0.01, 0.05],
  ['discard_rate', '>', 0.01, 0.05],
  ['in_rate', '>', 8e8, 9e8],
  ['out_rate', '>', 8e8, 9e8],
];
const rules: RuleInput[] = limits.flatMap(([metric, comparison, ...thresholds]) =>
  thresholds.map((threshold) => ({ metric, comparison, threshold })),
);
const deviceMetrics = ['cpu_usage', 'memory_usage', 'temperature', 'device_up', 'latency'];
const interfaceMetrics = ['utilization', 'error_rate', 'discard_rate', 'in_rate', 'out_rate'];

/** What someone would write who needs the comparisons and nothing else. */
const functionText = `
const alerts = [];
for (const reading of Array.isArray(msg.payload) ? msg.payload : [msg.payload]) {
${rules
  .map(
    ({ metric, comparison, threshold }) =>
      `  if (reading.metric === '${metric}' && reading.value ${comparison} ${threshold}) ` +
      `alerts.push({ payload: { name: '${metric}', reading } });`,
  )
  .join('\n')}
}
return [alerts];`;

/** Measures both in turns; the ratio is that of their median CPU times. */
export async function run(): Promise<Figure[]> {
  const userDir = await mkdtemp(join(tmpdir(), 'netmon-bench-'));
  helper.init(require.resolve('node-red'), { userDir, logging: { console: { level: 'off' } } });
  const functionNode = require('@node-red/nodes/core/function/10-function.js') as (
    RED: NodeAPI,
  ) => void;
  await helper.load(
    [functionNode, thresholdCheck],
    [
      { id: 'ours', type: 'netmon-threshold-check', rules, sendPending: false, wires: [[], []] },
      { id: 'peer', type: 'function', func: functionText, outputs: 1, libs: [], wires: [[]] },
    ],
  );
  try {
    return [
      await compare('a message for each poll', (readings) => batches(readings, 125), 500_000),
      await compare('a message for each reading', (readings) => readings),
    ];
  } finally {
    await helper.unload();
    await rm(userDir, { recursive: true });
  }
}

async function compare(
  name: string,
  pack: (readings: Reading[]) => unknown[],
  least = 0,
): Promise<Figure> {
  const ours = new Subject('ours');
  const peer = new Subject('peer');
  for (let round = 0; round < rounds + 3; round++) {
    for (const subject of round % 2 ? [ours, peer] : [peer, ours]) {
      await subject.measure(pack(readings(Date.now(), round)), round >= 3);
    }
  }
  const ratio = ours.median() / peer.median();
  const perSecond = (subject: Subject) => (readingsPerRound / subject.median()) * 1e6;
  const [own, others] = [ours, peer].map((s) => Math.round(perSecond(s)).toLocaleString('en-US'));
  return {
    name: `threshold-check with 20 rules, ${name}, against a function node`,
    ratio,
    goal: `at most 3${least > 0 ? `, at least ${least.toLocaleString('en-US')} readings/s` : ''}`,
    ok: ratio <= 3 && perSecond(ours) >= least,
    detail: `${own} against ${others} readings per second of CPU`,
  };
}

/** A node, and the CPU time it took in each round. */
class Subject {
  readonly #node: Node;
  readonly #times: number[] = [];
  #completed = () => {};

  constructor(id: string) {
    this.#node = helper.getNode(id)!;
    // The test helper keeps every call of these, which would cost more than what is measured.
    const nothing = () => {};
    const complete = () => this.#completed();
    Object.assign(this.#node, { send: nothing, status: nothing, metric: nothing });
    Object.assign(this.#node, { _complete: complete });
  }

  async measure(payloads: unknown[], counts: boolean): Promise<void> {
    const messages = payloads.map((payload, i) => ({ _msgid: String(i), payload }));
    const before = process.cpuUsage();
    for (let i = 0; i < messages.length; i += 100) await this.#take(messages.slice(i, i + 100));
    const { user, system } = process.cpuUsage(before);
    if (counts) this.#times.push(user + system);
  }

  #take(messages: object[]): Promise<void> {
    return new Promise((resolve) => {
      let left = messages.length;
      this.#completed = () => {
        if (--left === 0) resolve();
      };
      for (const message of messages) this.#node.emit('input', message);
    });
  }

  /** µs of CPU */
  median(): number {
    return this.#times.toSorted((a, b) => a - b)[this.#times.length >> 1]!;
  }
}

// Made anew for each round, as those of a poll or of a network are. One in a thousand is too high.
function readings(now: number, round: number): Reading[] {
  const result: object[] = [];
  for (let i = 0; result.length < readingsPerRound; i++) {
    const device = `switch-${i % 200}`;
    const add = (metric: string, labels: object, info?: object) => {
      const n = result.length + round;
      const value = metric === 'device_up' ? 1 : n % 1000 === 0 ? 1e9 : 0.005;
      result.push({ metric, value, unit: '1', time: now, labels, ...(info && { info }) });
    };
    for (const metric of deviceMetrics) add(metric, { device });
    for (let port = 1; port <= 24; port++) {
      for (const metric of interfaceMetrics) {
        add(metric, { device, interface: `Gi1/0/${port}` }, { alias: `uplink ${port}` });
      }
    }
  }
  return JSON.parse(JSON.stringify(result.slice(0, readingsPerRound))) as Reading[];
}

function batches(readings: Reading[], size: number): Reading[][] {
  const result: Reading[][] = [];
  for (let i = 0; i < readings.length; i += size) result.push(readings.slice(i, i + size));
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
