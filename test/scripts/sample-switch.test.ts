import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricUnit } from '../../nodes/contract/metrics.ts';
import { seriesKey } from '../../nodes/contract/reading.ts';
import { systemClock } from '../../nodes/shared/clock.ts';
import { History } from '../../nodes/shared/history/history.ts';
import { readReadings } from '../../nodes/shared/messages/read-readings.ts';
import { adaptFlows, type FlowNode, readExamples } from '../../scripts/example-flows.ts';
import {
  readStartTab,
  sampleSwitch,
  withStartTab,
  writeSamplePast,
} from '../../scripts/sample-switch.ts';
import { root } from '../support/red.ts';

const noon = Date.UTC(2026, 10, 22, 12);

describe('The sample switch of npm start', () => {
  let tab: FlowNode[];
  let examples: FlowNode[];

  before(async () => {
    tab = await readStartTab();
    examples = await readExamples(join(root, 'examples'));
  });

  it('has good readings, each series once, which say that it is a sample', () => {
    const readings = sampleSwitch(tab)(noon);
    assert.equal(new Set(readings.map((r) => seriesKey(r.metric, r.labels))).size, readings.length);
    for (const { metric, unit, value, labels, time } of readings) {
      assert.equal(unit, metricUnit(metric), metric);
      assert.ok(Number.isFinite(value), metric);
      assert.equal(labels.device, 'sample-switch');
      assert.equal(time, noon);
    }
    const { problems } = readReadings(
      JSON.parse(JSON.stringify(readings)) as unknown,
      undefined,
      noon,
    );
    assert.deepEqual(problems, []);
  });

  it('says once a minute who uses its uplink, and all of that together is what goes through', () => {
    const readingsAt = sampleSwitch(tab);
    const flowsAt = (time: number) =>
      readingsAt(time).filter(({ metric }) => metric === 'flow_rate');
    const minute = Array.from({ length: 12 }, (_, i) => flowsAt(noon + 5000 * i));
    assert.deepEqual(minute.map(({ length }) => length > 0).filter(Boolean), [true]);
    const flows = minute.find(({ length }) => length > 0)!;
    const sumOf = (label: string) =>
      flows.reduce((sum, { labels, value }) => (label in labels ? sum + value : sum), 0);
    const total = flows.find(({ labels }) => Object.keys(labels).length === 2)!.value;
    for (const label of ['protocol', 'application', 'talker', 'source', 'as', 'country']) {
      assert.ok(Math.abs(sumOf(label) / total - 1) < 1e-3, label);
    }
  });

  it('stays below what the examples alert at, at any time', () => {
    const rules = examples.flatMap((node) =>
      node.type === 'netmon-threshold-check' ? (node.rules as Record<string, unknown>[]) : [],
    );
    assert.ok(rules.length > 0);
    const readingsAt = sampleSwitch(tab);
    for (let time = noon; time < noon + 86_400_000; time += 61_000) {
      for (const { metric, value } of readingsAt(time)) {
        // Rules on flows are in a flow of their own, which the sample switch does not reach.
        if (metric === 'flow_rate') continue;
        for (const rule of rules.filter((r) => r.metric === metric && r.comparison === '>')) {
          assert.ok(value < (rule.threshold as number), `${metric} ${value}`);
        }
      }
    }
  });

  it('comes first, and reaches what each poll of devices is wired to', () => {
    const flows = withStartTab(examples, tab);
    assert.equal(flows[0]!.label, 'Start here');
    const byId = new Map(flows.map((node) => [node.id, node]));
    const out = flows.find(({ name }) => name === 'to the dashboards')!;
    const ins = (out.links as string[]).map((id) => byId.get(id)!);
    const polls = examples.filter(({ type }) => type === 'netmon-device-poll');
    assert.ok(polls.length >= 2);
    assert.deepEqual(ins.map(({ wires }) => wires), polls.map(({ wires }) => wires)); // prettier-ignore
    for (const { id, g, links } of ins) {
      assert.deepEqual(links, [out.id]);
      if (g !== undefined) assert.ok((byId.get(g as string)!.nodes as string[]).includes(id));
    }
  });

  it('has an hour of past at the first start, and at each later one what is missing of it', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'netmon-'));
    const now = Date.now();
    try {
      await writeSamplePast(folder, tab, now - 20 * 60_000);
      await writeSamplePast(folder, tab, now);
      await writeSamplePast(folder, tab, now);
      const ages = { raw: 1e12, '5m': 1e12, '1h': 1e12 };
      const history = new History({
        ...{ folder, retention: { ages, size: 1e9 }, commitMs: 1000, forwards: [] },
        clock: systemClock,
      });
      const query = { metrics: 'cpu_usage', labels: '', limit: 10_000, maxSeries: 10 };
      const { series } = await history.read({ ...query, from: now - 5_400_000, to: now });
      const times = [...series[0]!.times];
      await history.close();
      assert.equal(series.length, 1);
      // From 80 minutes ago on, as often as the tab has it, each once.
      const { repeat } = tab.find(({ type }) => type === 'inject')!;
      const interval = 1000 * Number(repeat);
      const count = (80 * 60_000) / interval;
      assert.equal(times.length, count);
      assert.ok(times.every((time, i) => time === now - (count - i) * interval));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says on the canvas where the dashboards are, at the port of now', () => {
    const text = JSON.stringify(adaptFlows(tab, { from: 1880, to: 4242, smtp: 25 }));
    assert.match(text, /http:\/\/127\.0\.0\.1:4242\/dashboard/);
    assert.match(text, /http:\/\/127\.0\.0\.1:4242\/ui/);
    assert.doesNotMatch(text, /1880/);
  });
});
