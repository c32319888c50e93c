import assert from 'node:assert/strict';
import { RetryQueue, retryPause } from '../../nodes/email-alert/retry-queue.ts';
import { ManualClock } from './clock.ts';

const temporary = new Error('temporary');
const permanent = new Error('permanent');

describe('retryPause', () => {
  it('grows threefold from 5 s to 10 min', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 1000].map((tries) => retryPause(tries) / 1000),
      [5, 15, 45, 135, 405, 600, 600, 600],
    );
  });
});

describe('RetryQueue', () => {
  let clock: ManualClock;
  let tried: string[];
  let outcomes: Record<string, (Error | 'hang')[]>;

  const queue = (limit = 100) =>
    new RetryQueue<string, string>({
      attempt: async (item, signal) => {
        tried.push(item);
        const failure = outcomes[item]?.shift();
        if (failure instanceof Error) throw failure;
        if (failure === 'hang') {
          await new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new Error('aborted'))),
          );
        }
        return `${item} done`;
      },
      isTemporary: (error) => error === temporary,
      onRetry: () => {},
      givenUp: (error) => new Error(`given up: ${(error as Error).message}`),
      dropped: () => new Error('dropped'),
      limit,
      patience: 60_000,
      clock,
    });

  beforeEach(() => {
    clock = new ManualClock();
    tried = [];
    outcomes = {};
  });

  it('does one after the other, in order, those behind waiting for a pause', async () => {
    outcomes.a = [temporary, temporary];
    const q = queue();
    const done = [q.push('a'), q.push('b')];
    await clock.jump();
    await clock.jump();
    assert.deepEqual(await Promise.all(done), ['a done', 'b done']);
    assert.deepEqual(tried, ['a', 'a', 'a', 'b']);
    assert.deepEqual(clock.pauses, [5_000, 15_000]);
  });

  it('reports a permanent failure at once and goes on', async () => {
    outcomes.a = [permanent];
    const q = queue();
    const first = q.push('a');
    const second = q.push('b');
    await assert.rejects(first, permanent);
    assert.equal(await second, 'b done');
    assert.deepEqual(q.waiting(), []);
  });

  it('gives up what has failed for too long', async () => {
    outcomes.a = Array<Error>(10).fill(temporary);
    const failed = assert.rejects(queue().push('a'), { message: 'given up: temporary' });
    for (let i = 0; i < 3; i++) await clock.jump();
    assert.equal(clock.time, 65_000);
    await failed;
    assert.equal(tried.length, 4);
  });

  it('lets the oldest that is not being tried make room', async () => {
    outcomes.a = [temporary];
    const q = queue(2);
    const first = assert.rejects(q.push('a'), { message: 'dropped' });
    const second = q.push('b');
    await clock.set();
    const third = q.push('c');
    await first;
    await clock.jump();
    assert.deepEqual(await Promise.all([second, third]), ['b done', 'c done']);
    outcomes.d = ['hang'];
    const trying = q.push('d');
    const dropped = assert.rejects(q.push('e'), { message: 'dropped' });
    void q.push('f');
    await dropped;
    assert.deepEqual(
      q.waiting().map((w) => w.item),
      ['d', 'f'],
    );
    const stopped = q.stop(10_000);
    await clock.jump();
    await stopped;
    assert.equal(await trying, undefined);
  });

  it('keeps what a pause holds when it stops, and takes it up again', async () => {
    outcomes.a = [temporary];
    const q = queue();
    const waiting = q.push('a');
    await clock.set();
    await q.stop(10_000);
    assert.equal(await waiting, undefined);
    assert.deepEqual(q.waiting(), [{ item: 'a', since: 0, tries: 1 }]);
    clock.time = 1000;
    assert.equal(await queue().push('a', { since: 0, tries: 1 }), 'a done');
  });

  it('lets what is being tried end when it stops', async () => {
    const q = queue();
    const done = q.push('a');
    const behind = q.push('b');
    await q.stop(10_000);
    assert.equal(await done, 'a done');
    assert.equal(await behind, undefined);
    assert.deepEqual(tried, ['a']);
  });

  it('keeps what comes after it has stopped', async () => {
    const q = queue();
    await q.stop(10_000);
    assert.equal(await q.push('a'), undefined);
    assert.deepEqual(q.waiting(), [{ item: 'a', since: 0, tries: 0 }]);
    assert.deepEqual(tried, []);
  });
});
