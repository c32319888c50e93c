import assert from 'node:assert/strict';
import { Rate } from '../../../nodes/shared/history/rate.ts';

describe('Rate', () => {
  let now: number;
  let rate: Rate;
  beforeEach(() => {
    now = 1_000_000;
    rate = new Rate(() => now);
  });

  it('is what came a second since the start', () => {
    assert.equal(rate.perSecond, 0);
    for (let i = 0; i < 10; i++) {
      now += 1000;
      rate.add(50);
    }
    assert.equal(rate.perSecond, 50);
  });

  it('is that of the last five minutes', () => {
    for (let i = 0; i < 100; i++) {
      now += 10_000;
      rate.add(i < 50 ? 1000 : 20);
    }
    assert.ok(Math.abs(rate.perSecond - 2) < 0.1);
    now += 600_000;
    assert.equal(rate.perSecond, 0);
  });
});
