import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { systemClock } from '../../nodes/shared/clock.ts';

const day = 86_400_000;

describe('the clock of this machine', () => {
  afterEach(() => mock.restoreAll());

  it('waits longer than one timer of Node.js can', () => {
    const waits: number[] = [];
    let end = () => {};
    mock.method(globalThis, 'setTimeout', ((callback: () => void, ms: number) => {
      waits.push(ms);
      end = callback;
    }) as never);
    let called = 0;
    systemClock.after(30 * day, () => called++);
    assert.deepEqual([waits, called], [[2 ** 31 - 1], 0]);
    end();
    assert.deepEqual([waits, called], [[2 ** 31 - 1, 30 * day - (2 ** 31 - 1)], 0]);
    end();
    assert.deepEqual([waits.length, called], [2, 1]);
  });

  it('is called off at any time', async () => {
    let called = 0;
    systemClock.after(0, () => called++)();
    await new Promise<void>((resolve) => systemClock.after(1, resolve));
    assert.equal(called, 0);
  });
});
