import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  ConfigWatch,
  type ConfigWatchOptions,
  type Outcome,
  type WatchedDevice,
} from '../../nodes/config-watch/config-watch.ts';
import type { Added } from '../../nodes/shared/configurations/versions/contract.ts';
import { FakeClock } from '../support/fake-clock.ts';

const hour = 3_600_000;
const begin = Date.UTC(2026, 10, 1);

const device = (name: string, address = name): WatchedDevice => ({ name, address, labels: {} });

function same(name: string): Added {
  const version = { id: 1, device: name, time: 0, hash: '', size: 0, added: 0, removed: 0 };
  return { outcome: 'same', version: { ...version, isFull: false }, findings: [] };
}

describe('ConfigWatch', () => {
  let clock: FakeClock;
  let ending: AbortController;
  let looked: string[];
  let keys: (string | undefined)[];
  let told: Outcome[];
  let delivered: Outcome[];
  /** what a look at a device comes to; it goes well without */
  let answers: Map<string, () => Promise<{ added: Added; hostKey?: string }>>;
  let watch: ConfigWatch;

  beforeEach(() => {
    clock = new FakeClock({ date: begin });
    ending = new AbortController();
    [looked, keys, told, delivered] = [[], [], [], []];
    answers = new Map();
    watch = make();
  });

  afterEach(() => ending.abort());

  function make(options: Partial<ConfigWatchOptions> = {}): ConfigWatch {
    return new ConfigWatch({
      ...{ schedule: { every: hour }, settle: 60_000, limit: 2, retries: 0, clock },
      signal: ending.signal,
      look: ({ name }, hostKey) => {
        looked.push(name);
        keys.push(hostKey);
        return answers.get(name)?.() ?? Promise.resolve({ added: same(name) });
      },
      mayPass: (problem) => (problem as Error).message === 'passes',
      tell: (outcome) => told.push(outcome),
      deliver: (outcome) => delivered.push(outcome),
      fail: (error) => {
        throw error;
      },
      ...options,
    });
  }

  const settled = () => setImmediate();
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  const taken = () => looked.splice(0);

  it('looks at all at once at first, and at each again after the interval', async () => {
    watch.replace([device('a'), device('b'), device('c')]);
    await settled();
    assert.deepEqual(taken(), ['a', 'b', 'c']);
    await pass(hour - 1);
    assert.deepEqual(taken(), []);
    await pass(1);
    assert.deepEqual(taken(), ['a', 'b', 'c']);
    assert.equal(delivered.length, 6);
    assert.deepEqual(watch.counts, { size: 3, fetched: 3, failing: [], running: 0 });
  });

  it('looks at a limited number at a time', async () => {
    const waiting = new Map<string, () => void>();
    for (const name of ['a', 'b', 'c']) {
      answers.set(name, async () => {
        await new Promise<void>((resolve) => waiting.set(name, resolve));
        return { added: same(name) };
      });
    }
    watch.replace([device('a'), device('b'), device('c')]);
    await settled();
    assert.deepEqual(taken(), ['a', 'b']);
    assert.equal(watch.counts.running, 2);
    waiting.get('a')!();
    await settled();
    assert.deepEqual(taken(), ['c']);
  });

  it('goes on after a restart where it was', async () => {
    watch.replace([device('a')]);
    await settled();
    const state = JSON.parse(JSON.stringify(watch.state())) as ReturnType<ConfigWatch['state']>;
    ending.abort();
    ending = new AbortController();
    await pass(hour / 2);
    taken();
    watch = make();
    watch.restore(state);
    watch.replace([device('a'), device('b')]);
    await settled();
    assert.deepEqual(taken(), ['b']);
    await pass(hour / 2);
    assert.deepEqual(taken(), ['a']);
  });

  it('only looks when asked to, without a schedule', async () => {
    watch = make({ schedule: undefined });
    watch.replace([device('a'), device('b')]);
    await pass(100 * hour);
    assert.deepEqual(taken(), []);
    const outcomes: [string, number, number][] = [];
    await watch.look(['b', 'x', 'a'], ({ device: { name }, reason }, index, count) => {
      assert.equal(reason, 'message');
      outcomes.push([name, index, count]);
    });
    assert.deepEqual(outcomes, [
      ['b', 0, 2],
      ['a', 1, 2],
    ]);
    assert.deepEqual([told.length, delivered.length], [2, 0]);
  });

  describe('after a sign of a change', () => {
    beforeEach(async () => {
      watch.replace([device('a'), device('b')]);
      await settled();
      taken();
      delivered = [];
    });

    it('looks soon, once for several signs, and then on schedule', async () => {
      assert.equal(watch.notice('a', 'change'), true);
      await pass(30_000);
      watch.notice('a', 'restart');
      await pass(29_999);
      assert.deepEqual(taken(), []);
      await pass(1);
      assert.deepEqual(taken(), ['a']);
      assert.deepEqual(
        delivered.map(({ reason }) => reason),
        ['change'],
      );
      await pass(hour - 60_000);
      assert.deepEqual(taken(), ['b']);
      await pass(60_000);
      assert.deepEqual(taken(), ['a']);
    });

    it('knows only devices that are watched', () => {
      assert.equal(watch.notice('x', 'change'), false);
    });

    it('looks again where the sign came while it looked', async () => {
      const answer = Promise.withResolvers<{ added: Added }>();
      answers.set('a', () => answer.promise);
      watch.notice('a', 'change');
      await pass(60_000);
      assert.deepEqual(taken(), ['a']);
      watch.notice('a', 'change');
      answers.delete('a');
      answer.resolve({ added: same('a') });
      await settled();
      await pass(60_000);
      assert.deepEqual(taken(), ['a']);
    });
  });

  it('gives who asks while it looks what that comes to, and tells it once', async () => {
    const answer = Promise.withResolvers<{ added: Added }>();
    answers.set('a', () => answer.promise);
    watch.replace([device('a')]);
    await settled();
    const asked: Outcome[] = [];
    const done = watch.look(['a'], (outcome) => asked.push(outcome));
    answer.resolve({ added: same('a') });
    await done;
    await settled();
    assert.deepEqual([looked.length, asked.length, told.length, delivered.length], [1, 1, 1, 1]);
  });

  describe('of a device that cannot be asked', () => {
    const failing = (message: string) => () => Promise.reject(new Error(message));

    it('tries again where that may help, a little later each time', async () => {
      watch = make({ retries: 2 });
      answers.set('a', failing('passes'));
      watch.replace([device('a')]);
      await settled();
      await pass(5000);
      assert.deepEqual(taken(), ['a', 'a']);
      assert.equal(told.length, 0);
      await pass(10_000);
      assert.deepEqual(taken(), ['a']);
      assert.equal(told[0]!.problem!.message, 'passes');
      assert.deepEqual(watch.counts, { size: 1, fetched: 0, failing: ['a'], running: 0 });
    });

    it('does not try again where it does not help', async () => {
      watch = make({ retries: 2 });
      answers.set('a', failing('wrong password'));
      watch.replace([device('a')]);
      await settled();
      await pass(30_000);
      assert.deepEqual(taken(), ['a']);
      assert.equal(told.length, 1);
    });

    it('tries again an hour later where that is sooner than its schedule', async () => {
      watch = make({ schedule: { every: 24 * hour } });
      answers.set('a', failing('passes'));
      answers.set('b', failing('wrong password'));
      watch.replace([device('a'), device('b')]);
      await settled();
      taken();
      await pass(hour);
      assert.deepEqual(taken(), ['a']);
      answers.clear();
      await pass(hour);
      assert.deepEqual(taken(), ['a']);
      await pass(22 * hour);
      assert.deepEqual(taken(), ['b']);
      assert.deepEqual(watch.counts.failing, []);
    });
  });

  describe('with host keys', () => {
    it('asks with the key that it saw first, until another one is trusted', async () => {
      answers.set('a', () => Promise.resolve({ added: same('a'), hostKey: 'SHA256:one' }));
      watch.replace([device('a')]);
      await settled();
      await pass(hour);
      assert.deepEqual(keys, [undefined, 'SHA256:one']);
      assert.equal(watch.trust('a'), true);
      assert.equal(watch.trust('x'), false);
      await pass(hour);
      assert.deepEqual(keys.at(-1), undefined);
    });

    it('keeps it of a device that leaves and comes back, but not for another address', async () => {
      answers.set('a', () => Promise.resolve({ added: same('a'), hostKey: 'SHA256:one' }));
      watch.replace([device('a')]);
      await settled();
      assert.deepEqual(watch.replace([]), ['a']);
      watch.replace([device('a')]);
      await pass(hour);
      assert.deepEqual(keys, [undefined, 'SHA256:one']);
      watch.replace([device('a', '192.0.2.9')]);
      await settled();
      assert.equal(keys.at(-1), undefined);
    });
  });

  it('drops what waits of a device that left', async () => {
    const answer = Promise.withResolvers<{ added: Added }>();
    answers.set('a', () => answer.promise);
    watch = make({ limit: 1 });
    watch.replace([device('a'), device('b')]);
    await settled();
    watch.replace([device('a')]);
    answer.resolve({ added: same('a') });
    await settled();
    assert.deepEqual(taken(), ['a']);
    assert.deepEqual(
      told.map(({ device: { name } }) => name),
      ['a'],
    );
  });

  it('tells nothing once it has ended', async () => {
    const answer = Promise.withResolvers<{ added: Added }>();
    answers.set('a', () => answer.promise);
    watch.replace([device('a'), device('b'), device('c')]);
    await settled();
    ending.abort();
    answer.resolve({ added: same('a') });
    await settled();
    assert.deepEqual([told.length, clock.timers], [2, 0]);
    watch.replace([device('d')]);
    await settled();
    assert.equal(looked.includes('d'), false);
  });

  it('looks at two thousand devices, each once', async () => {
    watch = make({ limit: 20 });
    watch.replace(Array.from({ length: 2000 }, (_, i) => device(`switch-${i}`)));
    for (let i = 0; i < 300 && told.length < 2000; i++) await settled();
    assert.equal(new Set(taken()).size, 2000);
    assert.equal(told.length, 2000);
  });
});
