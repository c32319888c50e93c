import assert from 'node:assert/strict';
import { RateLimit } from '../../nodes/alert-manager/rate-limit.ts';

describe('RateLimit', () => {
  let now = 0;
  const limit = (perMinute: number) => new RateLimit(perMinute, () => now);
  const times = (limited: RateLimit, caller: string, count: number) =>
    Array.from({ length: count }, () => limited.take(caller)).filter(Boolean).length;

  it('lets a caller a number of times at once, and then as often a minute', () => {
    const limited = limit(6);
    assert.equal(times(limited, 'a', 10), 6);
    now += 9_999;
    assert.equal(times(limited, 'a', 2), 0);
    now += 1;
    assert.equal(times(limited, 'a', 2), 1);
    now += 3_600_000;
    assert.equal(times(limited, 'a', 10), 6);
  });

  it('keeps callers apart', () => {
    const limited = limit(1);
    assert.deepEqual(
      ['a', 'b', 'a', 'b'].map((caller) => limited.take(caller)),
      [true, true, false, false],
    );
  });

  it('remembers the last thousand', () => {
    const limited = limit(1);
    limited.take('first');
    for (let i = 0; i < 999; i++) limited.take(String(i));
    assert.equal(limited.take('first'), false);
    for (let i = 0; i < 1000; i++) limited.take(`x${i}`);
    assert.equal(limited.take('first'), true);
  });
});
