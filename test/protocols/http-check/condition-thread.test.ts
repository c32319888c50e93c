import assert from 'node:assert/strict';
import { ConditionThread } from '../../../nodes/protocols/http-check/condition-thread.ts';

describe('ConditionThread', () => {
  const thread = new ConditionThread();
  const never = new AbortController().signal;
  const evaluate = (expression: string, body: string, signal = never) =>
    thread.evaluate(expression, body.match(/[^]{1,1000}/g)!, signal);

  after(() => thread.close());

  it('tells whether the result counts as true, as for $boolean, and shows it', async () => {
    for (const [expression, holds, shown] of [
      ['a = 1', true, 'true'],
      ['a', true, '1'],
      ['b', false, 'nothing'],
      ['list', true, '[0,2]'],
      ['list[0]', false, '0'],
      ['text', false, '""'],
      ['$', true, '{"a":1,"list":[0,2],"text":""}'],
      ['function($x) { $x }', false, undefined],
    ] as const) {
      const result = await evaluate(expression, '{"a":1,"list":[0,2],"text":""}');
      assert.equal(result.holds, holds, expression);
      if (shown !== undefined) assert.equal(result.shown, shown, expression);
    }
  });

  it('reads a large body, and names what is wrong with one or with an expression', async () => {
    const body = JSON.stringify(Array.from({ length: 200_000 }, (_, i) => i));
    assert.equal((await evaluate('$count($) = 200000', body)).holds, true);
    await assert.rejects(evaluate('a', '{'), /^Problem: the answer is not JSON/);
    await assert.rejects(evaluate('$error("no sync")', '{}'), {
      message: 'the JSONata expression failed: no sync',
    });
    await assert.rejects(evaluate('a =', '{}'), /^Problem: jsonCondition: expected a JSONata expr/);
  });

  it('ends what takes too long in whatever way, and judges by the next', async () => {
    const body = JSON.stringify({ a: `${'a'.repeat(40)}!` });
    for (const endless of ['$match(a, /^(a+)+$/)', '($f := function($n) { $f($n + 1) }; $f(1))']) {
      const slow = evaluate(endless, body);
      const next = evaluate('$length(a) = 41', body);
      await assert.rejects(slow, {
        message: 'the JSONata expression took longer than 2 s and was stopped',
      });
      assert.equal((await next).holds, true);
    }
  }).timeout(20_000);

  it('ends what is aborted', async () => {
    const abort = new AbortController();
    const begun = evaluate(
      '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
      '{}',
      abort.signal,
    );
    abort.abort(new Error('closed'));
    await assert.rejects(begun, /^Error: closed$/);
    assert.equal((await evaluate('true', '{}')).holds, true);
  });
});
