import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { NetmonWatch } from '../../nodes/host-metrics/netmon-watch.ts';
import { tellPoll } from '../../nodes/shared/red/poll-events.ts';

describe('NetmonWatch', () => {
  const bus = new EventEmitter();
  let watch: NetmonWatch;

  beforeEach(() => {
    watch = new NetmonWatch(bus);
  });

  afterEach(() => watch.close());

  const value = (metric: string) => watch.samples().find((s) => s.metric === metric)?.value;

  it('counts polls, failed ones among them, and missed turns beside them', () => {
    for (const event of ['ok', 'ok', 'failed', 'late'] as const) tellPoll(bus, event);
    const counters = watch.samples().filter(({ counter }) => counter);
    assert.deepEqual(
      counters.map(({ metric, value, unit }) => [metric, value, unit]),
      [
        ['netmon_polls', 3, '1/s'],
        ['netmon_failed_polls', 1, '1/s'],
        ['netmon_late_polls', 1, '1/s'],
      ],
    );
  });

  it('tells how long the event loop stood still, once', async () => {
    await wait(30);
    const end = performance.now() + 200;
    while (performance.now() < end);
    await wait(30);
    const delay = Number(value('event_loop_delay'));
    assert.ok(delay > 100, `${delay}`);
    // Nothing has been seen since.
    assert.equal(value('event_loop_delay'), undefined);
  });

  it('tells the memory of the process', () => {
    assert.ok(Number(value('netmon_memory')) > 10e6);
  });

  it('hears nothing once it is closed', () => {
    watch.close();
    assert.equal(bus.listenerCount('netmon:poll'), 0);
  });
});
