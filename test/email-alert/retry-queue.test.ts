import assert from 'node:assert/strict';
import {
  retryDelayMs,
  RetryQueue,
  type RetryQueueOptions,
} from '../../nodes/email-alert/retry-queue.ts';
import { FakeClock } from '../support/fake-clock.ts';

const temporary = new Error('temporary');
const forAll = new Error('for all');
const permanent = new Error('permanent');

describe('retryDelayMs', () => {
  it('grows threefold from 5 s to 10 min', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 1000].map((tries) => retryDelayMs(tries) / 1000),
      [5, 15, 45, 135, 405, 600, 600, 600],
    );
  });
});

const items = (queue: RetryQueue<string, string>) => queue.entries().map(({ item }) => item);

describe('RetryQueue', () => {
  let clock: FakeClock;
  let tried: string[];
  let outcomes: Record<string, (Error | 'hang')[]>;

  const queue = (options: Partial<RetryQueueOptions<string, string>> = {}) =>
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
      judge: (error) => ({ final: error === permanent, forAll: error === forAll }),
      retryDelayMs: (_error, failures) => retryDelayMs(failures),
      onRetry: () => {},
      givenUp: (error) => new Error(`given up: ${(error as Error).message}`),
      patienceMs: 60_000,
      clock,
      ...options,
    });

  beforeEach(() => {
    clock = new FakeClock();
    tried = [];
    outcomes = {};
  });

  it('does one after the other, in order, those behind waiting for a retry', async () => {
    outcomes.a = [temporary, temporary];
    const q = queue();
    const done = [q.push('a').outcome, q.push('b').outcome];
    await clock.jump();
    await clock.jump();
    assert.deepEqual(await Promise.all(done), ['a done', 'b done']);
    assert.deepEqual(tried, ['a', 'a', 'a', 'b']);
    assert.deepEqual(clock.lengths, [5_000, 15_000]);
  });

  it('reports a permanent failure at once and goes on', async () => {
    outcomes.a = [permanent];
    const q = queue();
    const first = q.push('a').outcome;
    const second = q.push('b').outcome;
    await assert.rejects(first, permanent);
    assert.equal(await second, 'b done');
    assert.deepEqual(items(q), []);
  });

  it('gives up what has failed for too long, counted from its first try', async () => {
    outcomes.a = Array<Error>(10).fill(temporary);
    outcomes.b = [temporary];
    const q = queue();
    const failed = assert.rejects(q.push('a').outcome, { message: 'given up: temporary' });
    const behind = q.push('b').outcome;
    for (let i = 0; i < 3; i++) await clock.jump();
    assert.equal(clock.steady(), 65_000);
    await failed;
    await clock.jump();
    assert.equal(await behind, 'b done');
    assert.deepEqual(tried, ['a', 'a', 'a', 'a', 'b', 'b']);
  });

  it('gives nothing up for what all fail by, however long that takes', async () => {
    outcomes.a = [...Array<Error>(50).fill(forAll), temporary];
    const q = queue();
    const done = q.push('a').outcome;
    for (let i = 0; i < 51; i++) await clock.jump();
    assert.equal(await done, 'a done');
    assert.ok(clock.steady() > 60_000 * 100);
  });

  it('counts no time in which all fail towards what is too long for one', async () => {
    outcomes.a = [temporary, ...Array<Error>(10).fill(forAll), temporary];
    const q = queue();
    const done = q.push('a').outcome;
    for (let i = 0; i < 12; i++) await clock.jump();
    assert.equal(await done, 'a done');
    assert.ok(clock.steady() > 60_000 * 10);
  });

  it('holds a lane back, and makes one of those that were never tried', async () => {
    let heldUntil = 0;
    const q = queue({
      notBefore: (lane) => (lane === '' ? heldUntil : 0),
      together: (first, second) => `${first}+${second}`,
    });
    outcomes.a = [temporary];
    const a = q.push('a').outcome;
    await clock.timerSet();
    const [b, c] = [q.push('b').outcome, q.push('c').outcome];
    heldUntil = 60_000;
    await clock.jump();
    assert.equal(await q.push('x', { lane: 'other' }).outcome, 'x done');
    assert.deepEqual(items(q), ['a', 'b+c']);
    await clock.jump();
    assert.deepEqual(await Promise.all([a, b, c]), ['a done', 'b+c done', undefined]);
    assert.deepEqual(tried, ['a', 'x', 'a', 'b+c']);
    assert.equal(clock.steady(), 60_000);
  });

  it('finds the last one never tried that fits, and tells what is behind it', async () => {
    const q = queue();
    outcomes.a1 = ['hang'];
    for (const item of ['a1', 'a2', 'a3', 'b1']) void q.push(item);
    const fitting = (name: string) => q.untried('', (item) => item.startsWith(name))?.item;
    assert.deepEqual([fitting('a'), fitting('b'), fitting('c')], ['a3', 'b1', undefined]);
    const behind = q.untried('', (item, later) => item === 'a2' && later.join() === 'a3,b1');
    assert.equal(behind?.item, 'a2');
    const stopped = q.stop(0);
    await clock.jump();
    await stopped;
  });

  it('tells only of what was never tried that it can be added to', async () => {
    outcomes.a = [temporary];
    const q = queue();
    const first = q.push('a').outcome;
    assert.equal(q.untried(), undefined);
    const second = q.push('b').outcome;
    assert.equal(q.untried()?.item, 'b');
    assert.deepEqual(q.entries(), [
      { item: 'a', tried: true },
      { item: 'b', tried: false },
    ]);
    const third = q.untried()!.join();
    await clock.jump();
    assert.deepEqual(await Promise.all([first, second, third]), ['a done', 'b done', undefined]);
    assert.deepEqual(tried, ['a', 'a', 'b']);
  });

  it('has lanes that do not wait for each other', async () => {
    outcomes.a = [temporary, temporary];
    const q = queue();
    const a = q.push('a').outcome;
    const later = q.push('later', { lane: 'x', delayMs: 10_000 }).outcome;
    await clock.timerSet();
    assert.equal(await q.push('soon', { lane: 'y' }).outcome, 'soon done');
    for (let i = 0; i < 3; i++) await clock.jump();
    await Promise.all([a, later]);
    assert.deepEqual(tried, ['a', 'soon', 'a', 'later', 'a']);
  });

  it('has all lanes wait for what all would meet, with one delay that grows', async () => {
    outcomes.a = [forAll, forAll];
    outcomes.b = [forAll];
    const q = queue();
    const a = q.push('a').outcome;
    await clock.timerSet();
    const b = q.push('b', { lane: 'x' }).outcome;
    for (let i = 0; i < 3; i++) await clock.jump();
    await Promise.all([a, b]);
    assert.deepEqual(tried, ['a', 'a', 'a', 'b', 'b']);
    assert.deepEqual(clock.lengths, [5_000, 15_000, 5_000]);
  });

  it('keeps what a delay holds when it stops', async () => {
    outcomes.a = [temporary];
    const q = queue();
    const waiting = q.push('a').outcome;
    await clock.timerSet();
    await q.stop(10_000);
    assert.equal(await waiting, undefined);
    assert.deepEqual(items(q), ['a']);
  });

  it('breaks off what does not end when it stops', async () => {
    outcomes.a = ['hang'];
    const q = queue();
    const trying = q.push('a').outcome;
    const stopped = q.stop(10_000);
    await clock.jump();
    await stopped;
    assert.equal(await trying, undefined);
    assert.deepEqual(items(q), ['a']);
  });

  it('lets what is being tried end when it stops', async () => {
    const q = queue();
    const done = q.push('a').outcome;
    const behind = q.push('b').outcome;
    await q.stop(10_000);
    assert.equal(await done, 'a done');
    assert.equal(await behind, undefined);
    assert.deepEqual(tried, ['a']);
  });

  it('has another item in the place of one that was not tried, for all that look', async () => {
    const q = queue();
    outcomes.a = ['hang'];
    void q.push('a').outcome;
    const waiting = q.push('b');
    q.untried()!.extend((item) => `${item}c`);
    q.replace((item) => `${item}!`);
    assert.equal(waiting.item, 'bc!');
    assert.deepEqual(items(q), ['a!', 'bc!']);
    const stopped = q.stop(0);
    await clock.jump();
    await stopped;
  });

  it('keeps what comes after it has stopped', async () => {
    const q = queue();
    await q.stop(10_000);
    assert.equal(await q.push('a').outcome, undefined);
    assert.equal(await q.untried()?.join(), undefined);
    assert.deepEqual(items(q), ['a']);
    assert.deepEqual(tried, []);
  });
});
