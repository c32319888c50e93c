import assert from 'node:assert/strict';
import {
  afterReading,
  elapses,
  interrupted,
  ok,
  type Phase,
  type Seen,
  validFor,
} from '../../nodes/threshold-check/phase.ts';
import { checkRule, type RuleInput } from '../../nodes/threshold-check/rule.ts';

const rule = (more: Partial<RuleInput> = {}) =>
  checkRule('rule', { metric: 'cpu_usage', comparison: '>', threshold: 80, ...more });
const pending = (since: number): Phase => ({ state: 'pending', since });
const firing = (since: number, more = {}): Phase => ({ state: 'firing', since, ...more });
const second = 1000;

describe('afterReading', () => {
  const hold = { for: 60, clearAfter: 30, clearThreshold: 70 };
  const cases: [
    what: string,
    more: Partial<RuleInput>,
    Phase,
    value: number,
    time: number,
    Phase,
  ][] = [
    ['stays well below the threshold', {}, ok, 80, 5, ok],
    ['fires at once without a hold time', {}, ok, 81, 5, firing(5)],
    ['waits out the hold time', hold, ok, 81, 5, pending(5)],
    ['goes on waiting', hold, pending(5), 81, 59 * second, pending(5)],
    ['fires once it has held, as of its beginning', hold, pending(0), 81, 60 * second, firing(0)],
    ['ends waiting below the threshold', hold, pending(0), 80, 60 * second, ok],
    ['is resolved at once without a clear time', {}, firing(0), 80, 5, ok],
    ['fires on above the clearing threshold', hold, firing(0), 71, 5, firing(0)],
    ['waits out the clear time', hold, firing(0), 70, 5, firing(0, { clearSince: 5 })],
    [
      'is resolved once the clear time is over',
      hold,
      firing(0, { clearSince: 5 }),
      70,
      5 + 30 * second,
      ok,
    ],
    ['counts the clear time anew', hold, firing(0, { clearSince: 5 }), 71, 6, firing(0)],
    ['fires on where data come back bad', {}, firing(0, { missing: true }), 81, 5, firing(0)],
    [
      'is resolved where data come back good, above the clearing threshold too',
      { clearThreshold: 70 },
      firing(0, { missing: true }),
      75,
      5,
      ok,
    ],
  ];
  for (const [what, more, before, value, time, after] of cases) {
    it(what, () => {
      assert.deepEqual(afterReading(rule(more), before, value, time), after);
    });
  }

  for (const [what, gap, time, fires] of [
    ['a poll that comes a little early', 60, 59.5, true],
    ['a poll in time', 60, 60.2, true],
    ['no reading long before', 60, 53, false],
    ['no reading that is early by more than its pause allows', 10, 58.5, false],
    ['none without a pause', 0, 59.9, false],
  ] as const) {
    it(`fires on ${what}`, () => {
      const after = afterReading(rule({ for: 60 }), pending(0), 81, time * second, gap * second);
      assert.deepEqual(after, fires ? firing(0) : pending(0));
      const clearing = firing(0, { clearSince: 0 });
      const end = afterReading(rule({ clearAfter: 60 }), clearing, 1, time * second, gap * second);
      assert.deepEqual(end, fires ? ok : clearing);
    });
  }

  it('gives the same object where nothing changes', () => {
    const before = firing(0);
    assert.equal(afterReading(rule(), before, 99, 5), before);
  });
});

describe('elapses', () => {
  const at = (more: Partial<RuleInput>, phase: Phase, seen: Seen = { time: 0, watchedSince: 0 }) =>
    elapses(rule(more), phase, seen);

  it('ends what is pending once its last reading no longer counts, and never fires it', () => {
    const ends = (time: number) => ({ at: time + 1, until: Infinity, phase: ok, cause: 'gone' });
    for (const more of [{ for: 1 }, { for: 60 }, { for: 7 * 86_400 }]) {
      assert.deepEqual(at(more, pending(0)), [ends(300 * second)]);
      const seen = { time: 40 * second, watchedSince: 0, rhythm: 10 * second };
      assert.deepEqual(at(more, pending(0), seen), [ends(340 * second)]);
      const slow = { time: 0, watchedSince: 0, rhythm: 600 * second };
      assert.deepEqual(at(more, pending(0), slow), [ends(1200 * second)]);
    }
  });

  it('resolves after the clear time, by a fresh reading, where none may still be due', () => {
    const clearing = firing(0, { clearSince: 5 });
    const resolves = (after: number, until: number) => [
      { at: after, until, phase: ok, cause: 'reading' },
    ];
    const seen = { time: 0, watchedSince: 0 };
    const fast = { ...seen, rhythm: 10 * second };
    assert.deepEqual(
      at({ clearAfter: 60 }, clearing, fast),
      resolves(60 * second + 5, 300 * second),
    );
    assert.deepEqual(at({ clearAfter: 60 }, clearing, seen), resolves(90 * second, 300 * second));
    const even = { ...seen, rhythm: 60 * second };
    assert.deepEqual(at({ clearAfter: 60 }, clearing, even), resolves(150 * second, 300 * second));
    const slow = { ...seen, rhythm: 600 * second };
    assert.deepEqual(
      at({ clearAfter: 60 }, clearing, slow),
      resolves(1500 * second, 1200 * second),
    );
  });

  it('does as told when readings stop', () => {
    const silent = { at: 10 * second, until: Infinity, cause: 'silence' };
    const fire = { noData: 'fire', noDataAfter: 10 } as const;
    const missing = firing(10 * second, { missing: true });
    assert.deepEqual(at(fire, ok), [{ ...silent, phase: missing }]);
    assert.deepEqual(at(fire, firing(0)), []);
    const resolve = { noData: 'resolve', noDataAfter: 10 } as const;
    assert.deepEqual(at(resolve, firing(0)), [{ ...silent, phase: ok }]);
    assert.deepEqual(at(resolve, ok), []);
    assert.deepEqual(at({ noData: 'keep' }, firing(0)), []);
    const [first, later] = at(fire, pending(0));
    assert.deepEqual([first!.phase, later!.phase], [missing, ok]);
  });

  it('has what comes first in the first place', () => {
    const seen = { time: 0, watchedSince: 0, rhythm: 10 * second };
    const both = { for: 60, noData: 'fire', noDataAfter: 30 } as const;
    assert.deepEqual(
      at(both, pending(0), seen).map((elapse) => elapse.at / second),
      [30, 300.001],
    );
  });

  it('does not count time in which nothing could be received', () => {
    const seen = { time: 0, watchedSince: 100 * second };
    const [elapse] = at({ noData: 'fire', noDataAfter: 10 }, ok, seen);
    assert.equal(elapse!.at, 110 * second);
  });
});

describe('interrupted', () => {
  it('begins anew what had to last, and ends nothing that fires', () => {
    assert.equal(interrupted(ok), ok);
    assert.equal(interrupted(pending(10)), ok);
    assert.deepEqual(interrupted(firing(10, { clearSince: 20 })), firing(10));
    assert.deepEqual(interrupted(firing(10, { missing: true })), firing(10, { missing: true }));
    assert.deepEqual(
      interrupted(firing(10, { missing: true, clearSince: 20 })),
      firing(10, { missing: true }),
    );
  });
});

describe('validFor', () => {
  it('is five minutes, or twice the pause of a slow series', () => {
    assert.equal(validFor(), 300 * second);
    assert.equal(validFor(60 * second), 300 * second);
    assert.equal(validFor(1200 * second), 2400 * second);
    assert.equal(validFor(8 * 3600 * second), 3600 * second);
  });
});
