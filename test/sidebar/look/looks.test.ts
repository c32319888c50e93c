import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Address } from '../../../nodes/shared/address.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import type { FoundDevice } from '../../../nodes/sidebar/look.ts';
import { Looks } from '../../../nodes/sidebar/look/looks.ts';
import { Pace } from '../../../nodes/sidebar/look/pace.ts';
import { RunningLook, type RunningLookOptions } from '../../../nodes/sidebar/look/running-look.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const targets = (count: number) => Array.from({ length: count }, (_, i) => ({ host: `d${i}` }));
const device = (address: string): FoundDevice => ({
  address,
  name: address,
  ways: [],
  interfaces: [],
  kind: 'other',
});

/** Addresses that answer when a test lets them. */
class Addresses {
  readonly asked: string[] = [];
  readonly aborted: string[] = [];
  readonly #waiting = new Map<string, (found?: FoundDevice | Error) => void>();

  readonly ask: RunningLookOptions['ask'] = ({ host }: Address, signal) => {
    this.asked.push(host);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted.push(host);
        reject(signal.reason as Error);
      });
      this.#waiting.set(host, (found) => {
        if (found instanceof Error) reject(found);
        else resolve(found);
      });
    });
  };

  async answer(host: string, found?: FoundDevice | Error): Promise<void> {
    this.#waiting.get(host)!(found);
    await turn();
  }
}

describe('RunningLook', () => {
  it('asks so many at a time, and tells of what it finds as it comes', async () => {
    const addresses = new Addresses();
    const look = new RunningLook('a', { targets: targets(4), limit: 2, ask: addresses.ask });
    assert.deepEqual(addresses.asked, ['d0', 'd1']);
    assert.deepEqual(look.view(), {
      ...{ id: 'a', state: 'running', asked: 0, total: 4, found: [], problems: [] },
    });
    await addresses.answer('d1', device('d1'));
    assert.deepEqual(addresses.asked, ['d0', 'd1', 'd2']);
    await addresses.answer('d0');
    await addresses.answer('d3', device('d3'));
    const { state, asked, found } = look.view();
    assert.deepEqual([state, asked, found.map(({ name }) => name)], ['running', 3, ['d1', 'd3']]);
    assert.deepEqual(
      look.view(1).found.map(({ name }) => name),
      ['d3'],
    );
    assert.deepEqual(look.view(2).found, []);
    await addresses.answer('d2');
    await look.ended;
    assert.deepEqual([look.view().state, look.view().asked], ['done', 4]);
  });

  it('stops at once, with all that it has under way', async () => {
    const addresses = new Addresses();
    const look = new RunningLook('a', { targets: targets(9), limit: 2, ask: addresses.ask });
    await addresses.answer('d0', device('d0'));
    look.stop(new Problem('lookReplaced'));
    await look.ended;
    assert.deepEqual(addresses.asked, ['d0', 'd1', 'd2']);
    assert.deepEqual(addresses.aborted.sort(), ['d0', 'd1', 'd2']);
    const { state, asked, found, problems } = look.view();
    assert.deepEqual([state, asked, found.length], ['stopped', 1, 1]);
    assert.deepEqual(problems, [{ key: 'shared.problem.lookReplaced', params: {} }]);
  });

  it('does not call itself stopped once it is done', async () => {
    const look = new RunningLook('a', { targets: [], limit: 2, ask: () => assert.fail() });
    await look.ended;
    look.stop(new Problem('lookReplaced'));
    assert.deepEqual([look.view().state, look.view().problems], ['done', []]);
  });

  it('tells of each problem once, and of no more than twenty', async () => {
    const ask: RunningLookOptions['ask'] = ({ host }, _, tell) => {
      tell(new Problem('pingMissing'));
      return Promise.reject(new Problem('nameNotFound', { host }));
    };
    const look = new RunningLook('a', { targets: targets(30), limit: 1, ask });
    await look.ended;
    const { problems, asked } = look.view();
    assert.deepEqual(problems.slice(0, 3), [
      { key: 'shared.problem.pingMissing', params: {} },
      { key: 'shared.problem.nameNotFound', params: { host: 'd0' } },
      { key: 'shared.problem.nameNotFound', params: { host: 'd1' } },
    ]);
    assert.deepEqual([problems.length, asked], [20, 30]);
  });

  it('goes on after what should not happen, and tells of it', async () => {
    const failed: unknown[] = [];
    const bug = new TypeError('bug');
    const look = new RunningLook('a', {
      targets: targets(2),
      limit: 1,
      ask: ({ host }) => (host === 'd0' ? Promise.reject(bug) : Promise.resolve(device(host))),
      fail: (error) => failed.push(error),
    });
    await look.ended;
    assert.deepEqual(failed, [bug]);
    assert.deepEqual([look.view().asked, look.view().found.length], [2, 1]);
  });
});

describe('Looks', () => {
  function setUp() {
    const clock = new FakeClock();
    const looks = new Looks(clock);
    const begin = () => looks.begin({ targets: targets(3), limit: 2, ask: new Addresses().ask });
    return { clock, looks, begin };
  }

  it('run one at a time: the one before ends and says why', () => {
    const { looks, begin } = setUp();
    const [first, second] = [begin(), begin()];
    assert.deepEqual(first.view().problems, [{ key: 'shared.problem.lookReplaced', params: {} }]);
    assert.deepEqual([first.view().state, second.view().state], ['stopped', 'running']);
    assert.equal(looks.get(second.view().id), second);
    assert.throws(() => looks.get(first.view().id), { key: 'lookGone' });
    assert.throws(() => looks.get(':id'), { key: 'lookGone' });
  });

  it('end where nobody asks for a minute, and are forgotten ten minutes later', () => {
    const { clock, looks, begin } = setUp();
    const look = begin();
    const { id } = look.view();
    clock.advance(59_000);
    looks.get(id);
    clock.advance(59_000);
    assert.equal(look.view().state, 'running');
    clock.advance(1000);
    assert.equal(look.view().state, 'stopped');
    clock.advance(599_000);
    assert.equal(looks.get(id), look);
    clock.advance(659_000);
    assert.equal(looks.get(id), look);
    clock.advance(660_000);
    assert.throws(() => looks.get(id), { key: 'lookGone' });
    assert.equal(clock.timers, 0);
  });

  it('leave nothing behind when Node-RED stops', async () => {
    const { clock, looks, begin } = setUp();
    const look = begin();
    await looks.close();
    assert.equal(look.view().state, 'stopped');
    assert.equal(clock.timers, 0);
    assert.throws(() => looks.get(look.view().id), { key: 'lookGone' });
    await looks.close();
  });
});

describe('Pace', () => {
  it('lets so many through a second, in their order', async () => {
    const clock = new FakeClock();
    const pace = new Pace(10, clock);
    const { signal } = new AbortController();
    const passed: number[] = [];
    const turns = [0, 1, 2].map((i) => pace.turn(signal).then(() => passed.push(i)));
    await turn();
    assert.deepEqual(passed, [0]);
    clock.advance(99);
    await turn();
    assert.deepEqual(passed, [0]);
    clock.advance(1);
    await turn();
    assert.deepEqual(passed, [0, 1]);
    clock.advance(100);
    await Promise.all(turns);
    assert.deepEqual(passed, [0, 1, 2]);
    // Time that nobody used is not saved up.
    clock.advance(10_000);
    await pace.turn(signal);
    const next = pace.turn(signal).then(() => passed.push(4));
    await turn();
    assert.deepEqual(passed, [0, 1, 2]);
    clock.advance(100);
    await next;
  });

  it('ends a wait that is called off', async () => {
    const clock = new FakeClock();
    const pace = new Pace(1, clock);
    const stop = new AbortController();
    await pace.turn(stop.signal);
    const waiting = assert.rejects(pace.turn(stop.signal), /over/);
    stop.abort(new Error('over'));
    await waiting;
    assert.equal(clock.timers, 0);
    await assert.rejects(pace.turn(stop.signal), /over/);
  });
});
