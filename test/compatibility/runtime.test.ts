import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import chartData from '../../nodes/chart-data/runtime.ts';
import deviceAccess from '../../nodes/device-access/runtime.ts';
import devicePoll from '../../nodes/device-poll/runtime.ts';
import emailAlert from '../../nodes/email-alert/runtime.ts';
import hostMetrics from '../../nodes/host-metrics/runtime.ts';
import smtpServer from '../../nodes/smtp-server/runtime.ts';
import thresholdCheck from '../../nodes/threshold-check/runtime.ts';
import { load, unload } from '../support/flow.ts';
import { type FlowNode, publishedAlerts, publishedExamples } from './published.ts';
import { presentSettings } from './settings.ts';

const runtimes: ((RED: NodeAPI) => void)[] = [
  ...[chartData, deviceAccess, devicePoll, hostMetrics, smtpServer, thresholdCheck],
  (RED) => emailAlert(RED),
];
const isOurs = ({ type }: FlowNode) => Object.hasOwn(presentSettings, type);

const examples = await publishedExamples('0.1.0');
const { readings, messages } = await publishedAlerts('0.1.0');

// Their polls wait for a message, so that nothing is asked of the network.
function toRun(nodes: FlowNode[]): FlowNode[] {
  return nodes
    .filter((node) => isOurs(node) || node.type === 'tab')
    .map((node) => (node.type === 'netmon-device-poll' ? { ...node, interval: 0 } : node));
}

interface LogEntry {
  level: number;
  type?: string;
  msg: unknown;
}

/** What the nodes told as an error since the start. */
function errors(): unknown[] {
  const { args } = (helper as unknown as { log: () => { args: [LogEntry][] } }).log();
  return args.flatMap(([{ level, type, msg }]) =>
    level <= 20 && type?.startsWith('netmon-') ? [`${type}: ${String(msg)}`] : [],
  );
}

describe('The examples of 0.1.0', () => {
  let userDir: string;

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-'));
    helper.settings({ userDir });
  });

  afterEach(async () => {
    await unload();
    await rm(userDir, { recursive: true });
  });

  for (const [name, nodes] of examples) {
    it(`start: ${name}`, async () => {
      const run = toRun(nodes);
      const flow = await load(runtimes, run, credentialsOf(run));
      for (const { id } of run.filter(isOurs)) assert.ok(flow.node(id), id);
      assert.deepEqual(errors(), []);
    });

    const expected = messages[name];
    if (expected) {
      it(`alert as they did: ${name}`, async () => {
        const node = nodes.find(({ type }) => type === 'netmon-threshold-check')!;
        const rules = (node.rules as object[]).map((rule) => ({ ...rule, for: 0 }));
        const flow = await load(runtimes, [
          { id: 'tab', type: 'tab', label: '' },
          { ...node, rules, id: 'check', z: 'tab', g: undefined, wires: [['out0'], ['out1']] },
          ...['out0', 'out1'].map((id) => ({ id, type: 'helper', z: 'tab' })),
        ]);
        const sent: { output: number; topic: unknown; payload: unknown }[] = [];
        const all = Promise.withResolvers<undefined>();
        for (const output of [0, 1]) {
          flow.node(`out${output}`).on('input', (message) => {
            const { topic, payload } = JSON.parse(
              JSON.stringify(message, withoutTimes),
            ) as FlowNode;
            sent.push({ output, topic, payload });
            if (sent.length === expected.length) all.resolve(undefined);
          });
        }
        for (const device of ['core-1', 'core-2']) {
          flow.send('check', {
            payload: readings.filter(({ labels }) => labels.device === device),
          });
        }
        await all.promise;
        await unload();
        assert.deepEqual(sent.map(sorted), expected.map(sorted));
      });
    }

    it(`mean what they meant: ${name}`, () => {
      for (const { ...node } of nodes.filter(isOurs)) {
        const { migrate, version } = presentSettings[node.type]!;
        assert.deepEqual(migrate(node), { ...node, version });
      }
    });
  }
});

// Of those active that began at once, either may come first: their times are rounded one by one.
function sorted<Sent extends { payload: unknown }>(sent: Sent): Sent {
  const { payload } = sent;
  const text = (one: unknown) => JSON.stringify(one);
  return Array.isArray(payload)
    ? { ...sent, payload: payload.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)) }
    : sent;
}

function withoutTimes(name: string, value: unknown): unknown {
  return ['startsAt', 'endsAt'].includes(name) ? undefined : value;
}

function credentialsOf(nodes: FlowNode[]): Record<string, object> {
  const secret = nodes.filter(({ credentials }) => credentials);
  return Object.fromEntries(secret.map(({ id, credentials }) => [id, credentials as object]));
}
