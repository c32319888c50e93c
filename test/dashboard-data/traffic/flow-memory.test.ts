import assert from 'node:assert/strict';
import { FlowMemory } from '../../../nodes/dashboard-data/traffic/flow-memory.ts';
import type { TrafficQuery } from '../../../nodes/shared/traffic/queries.ts';
import { flow } from '../../support/flows.ts';
import { at, start } from '../support.ts';

const minute = 60_000;

describe('The memory of flows', () => {
  const edges = Float64Array.from({ length: 61 }, (_, i) => start + (i - 60) * minute);
  const read = (memory: FlowMemory, query: Partial<TrafficQuery> = {}) => {
    const work = memory.read({ edges, most: 1000, ...query });
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
    }
  };

  it('has sums and counts of steps, the largest first', () => {
    const memory = new FlowMemory();
    for (const [seconds, value] of [
      [-125, 1],
      [-122, 2],
      [-60, 4],
      [0, 8],
    ] as const) {
      memory.take(flow(value, { talker: 'a' }), at(seconds));
    }
    memory.take(flow(100, { talker: 'b' }), at(-1));
    const [b, a] = read(memory, { subject: 'talker' });
    assert.equal(b!.labels.talker, 'b');
    assert.deepEqual([...a!.sums.slice(57)], [3, Number.NaN, 4]);
    assert.deepEqual([...a!.counts.slice(57)], [2, Number.NaN, 1]);
  });

  it('does not grow beyond its bound, whatever addresses come, and keeps those that last', () => {
    const memory = new FlowMemory(100);
    for (let i = 0; i < 1000; i++) {
      memory.take(flow(5), at(-1000 + i));
      memory.take(flow(1, { talker: `t${i}` }), at(-1000 + i));
    }
    assert.equal(read(memory, { subject: 'talker' }).length, 99);
    assert.equal(read(memory).length, 1);
  });

  it('forgets what is older than an hour, and exporters that told nothing for a day', () => {
    const memory = new FlowMemory();
    memory.take(flow(1, { talker: 'a' }), at(0));
    memory.take(flow(1, { talker: 'b' }), at(1800));
    memory.sweep(at(3600));
    const later = edges.map((edge) => edge + 60 * minute);
    assert.equal(read(memory, { subject: 'talker', edges: later }).length, 1);
    assert.equal(memory.has('gw', 'wan'), true);
    memory.sweep(at(1800 + 86_401));
    assert.equal(memory.isAny, false);
  });

  it('takes rates of named exporters only', () => {
    const memory = new FlowMemory();
    memory.take({ ...flow(1), metric: 'flow_packets' }, at(0));
    memory.take(flow(1, {}, { device: '' }), at(0));
    assert.equal(memory.isAny, false);
  });

  it('goes on after its clock was set back', () => {
    const memory = new FlowMemory();
    memory.take(flow(1), at(-30));
    memory.take(flow(2), at(-600));
    memory.take(flow(3), at(-540));
    assert.deepEqual([...read(memory)[0]!.sums.slice(50, 52)], [2, 3]);
  });
});
