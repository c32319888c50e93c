import assert from 'node:assert/strict';
import { RepeatedProblems } from '../../../nodes/shared/red/repeated-problem.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('RepeatedProblems', () => {
  function setUp() {
    const clock = new FakeClock({ steady: 5 });
    const problems = new RepeatedProblems(clock);
    return {
      problems,
      see: (key: string, kind: string | undefined, passed = 0) => {
        clock.skip(passed);
        return problems.see(key, kind);
      },
    };
  }

  it('tells what is new once, and its end once', () => {
    const { see } = setUp();
    assert.equal(see('a', undefined), undefined);
    assert.deepEqual(see('a', 'down'), { change: 'new', lasted: 0 });
    assert.equal(see('a', 'down', 60_000), undefined);
    assert.deepEqual(see('a', undefined, 60_000), { change: 'over', lasted: 120_000 });
    assert.equal(see('a', undefined), undefined);
    assert.deepEqual(see('a', 'down'), { change: 'new', lasted: 0 });
  });

  it('reminds once an hour of what goes on', () => {
    const { see } = setUp();
    see('a', 'down');
    assert.equal(see('a', 'down', 3_599_999), undefined);
    assert.deepEqual(see('a', 'down', 1), { change: 'reminder', lasted: 3_600_000 });
    assert.equal(see('a', 'down', 3_599_999), undefined);
    assert.deepEqual(see('a', 'down', 1), { change: 'reminder', lasted: 7_200_000 });
    assert.deepEqual(see('a', undefined, 1), { change: 'over', lasted: 7_200_001 });
  });

  it('tells another kind of problem, and keeps what is about others apart', () => {
    const { see } = setUp();
    see('a', 'down');
    assert.deepEqual(see('b', 'down'), { change: 'new', lasted: 0 });
    assert.deepEqual(see('a', 'incomplete', 10), { change: 'new', lasted: 0 });
    assert.equal(see('b', 'down'), undefined);
  });

  it('forgets what is no longer there', () => {
    const { see, problems } = setUp();
    see('a', 'down');
    see('b', 'down');
    problems.keep(['b', 'c']);
    assert.equal(see('b', 'down'), undefined);
    assert.deepEqual(see('a', 'down'), { change: 'new', lasted: 0 });
  });
});
