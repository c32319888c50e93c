import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import { jsonataMapping } from '../../../nodes/protocols/json-http/jsonata-mapping.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };

describe('jsonataMapping', () => {
  it("maps a device's answer, of several at once too", async () => {
    const map = jsonataMapping('{ "interfaces": ports.{ "name": id, "inOctets": rx } }', util);
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

  it('names what is wrong with an expression', () => {
    assert.throws(() => jsonataMapping('{ "a": ', util), {
      message: /^mapping: expected a JSONata expression \(.+\), but got "\{ \\"a\\": "$/,
    });
  });

  it('tells of an expression that fails, and goes on', async () => {
    const map = jsonataMapping('bad ? $foo() : 1', util);
    const failed = map({ bad: true });
    const next = map({ bad: false });
    await assert.rejects(Promise.resolve(failed), {
      message: 'the JSONata expression failed: Attempted to invoke a non-function',
    });
    assert.equal(await next, 1);
  });

  it('stops an endless expression, and lets others run meanwhile', async () => {
    const map = jsonataMapping('($f := function($n) { $f($n + 1) }; $f(1))', util);
    let others = 0;
    const other = setInterval(() => others++, 1);
    await assert.rejects(Promise.resolve(map({})), {
      message: 'the JSONata expression took longer than 2 s and was stopped',
    });
    clearInterval(other);
    assert.ok(others > 10);
  });

  it('begins with an answer only when the one before has ended: each has its whole time', async () => {
    const map = jsonataMapping('endless ? ($f := function($n) { $f($n + 1) }; $f(1)) : 1', util);
    const ended: string[] = [];
    const first = Promise.resolve(map({ endless: true })).catch(() => ended.push('first'));
    const second = Promise.resolve(map({})).then(() => ended.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(ended, ['first', 'second']);
  });
});
