import assert from 'node:assert/strict';
import { AnswerWorker } from '../../../nodes/protocols/json-http/answer-worker.ts';
import type { Task } from '../../../nodes/protocols/json-http/transport.ts';
import { Problem } from '../../../nodes/shared/problem.ts';

describe('AnswerWorker', () => {
  const worker = new AnswerWorker();
  const never = new AbortController().signal;
  const read = (json: string, expression?: string, more: Partial<Task> = {}) =>
    worker.read({
      source: { json: [json] },
      now: 7,
      ask: () => assert.fail(),
      signal: never,
      ...(expression !== undefined && { expression }),
      ...more,
    });

  after(() => worker.close());

  it('reads a large document whole, as it is read anywhere', async () => {
    const interfaces = Array.from({ length: 3000 }, (_, i) => ({
      name: `port-${i}`,
      inOctets: '9007199254740993',
    }));
    const readings = Array.from({ length: 700 }, (_, value) => ({ metric: 'm', value }));
    const json = JSON.stringify({ interfaces, readings, time: 5, uptime: 1, hostname: 'a' });
    const pieces = json.match(/.{1,1000}/gs)!;
    const { snapshot, problems } = await read('', undefined, { source: { json: pieces } });
    assert.deepEqual(snapshot, {
      time: 7,
      deviceTime: 5,
      uptime: 1,
      hostname: 'a',
      interfaces: interfaces.map(({ name }) => ({ name, inOctets: 9007199254740993n })),
      readings: readings.map((r) => ({ ...r, unit: '1', counter: false })),
    });
    assert.deepEqual(problems, []);
  });

  it('keeps an empty list one, and tells the first problems of many', async () => {
    assert.deepEqual(await read('[]'), { snapshot: { time: 7, interfaces: [] }, problems: [] });
    const { problems, more } = await read(
      JSON.stringify(new Array(1000).fill({ name: 'a', up: 1 })),
    );
    assert.equal(problems.length, 100);
    assert.equal(more, 900);
    assert.equal(problems[0]!.message, 'interfaces[0].up: expected true or false, but got 1');
    const { key, expected, field } = problems[0] as Problem & Record<string, string>;
    assert.deepEqual([key, expected, field], ['field', 'boolean', 'interfaces[0].up']);
  });

  for (const [what, json, message] of [
    [
      'millions of values',
      `[${'0,'.repeat(2_450_000)}0]`,
      /^the list interfaces has 2450001 entries/,
    ],
    ['deep nesting', '['.repeat(2_000_000) + ']'.repeat(2_000_000), /^interfaces\[0\]|^$/],
    [
      'deep objects',
      `${'{"a":'.repeat(900_000)}1${'}'.repeat(900_000)}`,
      /^document: expected an object/,
    ],
    [
      'more values than memory is for',
      '[0'.repeat(6_000_000),
      /^the answer has more than 5000000 values$/,
    ],
    ['an end that is missing', '[{', /^the answer is not JSON/],
    ['nothing that is a document', '"x"', /^document: expected/],
  ] as const) {
    it(`outlives ${what}`, async () => {
      const outcome = await read(json).then(
        ({ problems }) => problems.map((problem) => problem.message).join(),
        (problem: unknown) => {
          assert.ok(problem instanceof Problem);
          return problem.message;
        },
      );
      assert.match(outcome, message);
    }).timeout(20_000);
  }

  describe('with an expression', () => {
    it('maps the answer', async () => {
      const { snapshot } = await read(
        '{"ports":[{"id":"a","rx":1}]}',
        '{ "interfaces": ports.{ "name": id, "inOctets": rx } }',
      );
      assert.deepEqual(snapshot.interfaces, [{ name: 'a', inOctets: 1 }]);
    });

    it('maps one of the first days of Node-RED too', async () => {
      const { snapshot } = await read('{"id":"a"}', '[{ "name": msg.id, "up": true }]');
      assert.deepEqual(snapshot.interfaces, [{ name: 'a', up: true }]);
    });

    it('ends one that takes too long in whatever way, and reads the next', async () => {
      for (const endless of [
        '$match(text, /^(a+)+$/)',
        '($f := function($n) { $f($n + 1) }; $f(1))',
        '($f := function($n) { $f($n + 1) + 1 }; $f(1))',
      ]) {
        const slow = read(JSON.stringify({ text: `${'a'.repeat(40)}!` }), endless);
        const next = read('[{"name":"b"}]');
        await assert.rejects(slow, (problem: Problem) => {
          return problem.key === 'jsonataTime' || problem.key === 'jsonata';
        });
        assert.equal((await next).snapshot.interfaces![0]!.name, 'b');
      }
    }).timeout(20_000);

    it('tells of one that fails', async () => {
      await assert.rejects(read('{}', '$error("no such thing")'), {
        message: 'the JSONata expression failed: no such thing',
      });
    });

    it('has it ask for what only Node-RED knows', async () => {
      const asked: unknown[] = [];
      const { snapshot } = await read(
        '{}',
        '[{ "name": $env("NAME"), "alias": $flowContext("a", "file"), "up": $globalContext("b") }]',
        {
          ask(name, args) {
            asked.push([name, ...args]);
            return { env: 'n', flowContext: Promise.resolve('f'), globalContext: true }[name];
          },
        },
      );
      assert.deepEqual(snapshot.interfaces, [{ name: 'n', alias: 'f', up: true }]);
      assert.deepEqual(asked.toSorted(), [
        ['env', 'NAME'],
        ['flowContext', 'a', 'file'],
        ['globalContext', 'b'],
      ]);
      for (const ask of [
        () => {
          throw new Error('no store');
        },
        () => () => {},
      ]) {
        await assert.rejects(
          read('{}', '$flowContext("a")', { ask }),
          /the JSONata expression failed/,
        );
      }
    });
  });

  it('ends at once what is aborted, whether it has begun or waits', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const text = JSON.stringify({ text: `${'a'.repeat(40)}!` });
    const begun = read(text, '$match(text, /^(a+)+$/)', { signal: first.signal });
    const waiting = read('[]', undefined, { signal: second.signal });
    const last = read('[{"name":"c"}]');
    second.abort(new Error('second'));
    await assert.rejects(waiting, /^Error: second$/);
    first.abort(new Error('first'));
    await assert.rejects(begun, /^Error: first$/);
    assert.equal((await last).snapshot.interfaces![0]!.name, 'c');
    await assert.rejects(read('[]', undefined, { signal: first.signal }), /^Error: first$/);
  });

  it('rejects what is left where it is closed', async () => {
    const other = new AnswerWorker();
    const task = { source: { json: ['[]'] }, now: 7, ask: () => '', signal: never };
    const ends = [other.read(task), other.read(task)].map((end) =>
      assert.rejects(end, { message: 'the thread that reads answers ended (closed)' }),
    );
    other.close();
    await Promise.all(ends);
  });
});
