import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import { nodeExpressions } from '../../nodes/device-poll/runtime-expressions.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };

const mapping = (source: string) => {
  const expressions = nodeExpressions(util);
  return (answer: unknown) => expressions.evaluate(source, answer);
};

describe('nodeExpressions', () => {
  it("maps a device's answer, of several at once too", async () => {
    const map = mapping('{ "interfaces": ports.{ "name": id, "inOctets": rx } }');
    const answer = (id: string) => ({
      ports: [
        { id, rx: 1 },
        { id: 'x', rx: 2 },
      ],
    });
    const documents = await Promise.all([map(answer('a')), map(answer('b'))]);
    assert.deepEqual(JSON.parse(JSON.stringify(documents)), [
      {
        interfaces: [
          { name: 'a', inOctets: 1 },
          { name: 'x', inOctets: 2 },
        ],
      },
      {
        interfaces: [
          { name: 'b', inOctets: 1 },
          { name: 'x', inOctets: 2 },
        ],
      },
    ]);
  });

  it('names what is wrong with an expression', async () => {
    await assert.rejects(mapping('{ "a": ')(1), {
      message: /^mapping: expected a JSONata expression \(.+\), but got "\{ \\"a\\": "$/,
    });
  });

  it('tells of an expression that fails, and goes on', async () => {
    const map = mapping('bad ? $foo() : 1');
    const failed = map({ bad: true });
    const next = map({ bad: false });
    await assert.rejects(failed, {
      message: 'the JSONata expression failed: Attempted to invoke a non-function',
    });
    assert.equal(await next, 1);
  });

  it('stops an endless expression, and lets others run meanwhile', async () => {
    const map = mapping('($f := function($n) { $f($n + 1) }; $f(1))');
    let others = 0;
    const other = setInterval(() => others++, 1);
    await assert.rejects(map({}), {
      message: 'the JSONata expression took longer than 2 s and was stopped',
    });
    clearInterval(other);
    assert.ok(others > 10);
  });

  it('begins with an answer only when the one before has ended: each has its whole time', async () => {
    const map = mapping('endless ? ($f := function($n) { $f($n + 1) }; $f(1)) : 1');
    const ended: string[] = [];
    const first = map({ endless: true }).catch(() => ended.push('first'));
    const second = map({}).then(() => ended.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(ended, ['first', 'second']);
  });
});
