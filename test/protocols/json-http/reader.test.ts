import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import { nodeExpressions } from '../../../nodes/device-poll/runtime-expressions.ts';
import type { Expressions } from '../../../nodes/protocols/expressions.ts';
import type { MappingFields } from '../../../nodes/protocols/json-http/fields.ts';
import { mappingOf, readerOf } from '../../../nodes/protocols/json-http/reader.ts';
import type { Source, Task } from '../../../nodes/protocols/json-http/transport.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };
const { signal } = new AbortController();

describe('readerOf', () => {
  /** A reader, and what it hands to the thread. */
  function reader(
    mappingType: MappingFields['mappingType'],
    mapping = '',
    expressions: Expressions | undefined = nodeExpressions(util),
  ) {
    const tasks: Task[] = [];
    const thread = {
      read(task: Task) {
        tasks.push(task);
        return Promise.resolve({ snapshot: { time: task.now }, problems: [] });
      },
    };
    const read = readerOf(mappingOf({ mappingType, mapping }), thread);
    return { tasks, read: (source: Source) => read({ source, now: 7, expressions, signal }) };
  }

  const body = new URL('./mappings/mikrotik.json', import.meta.url);
  const { answer, interfaces } = JSON.parse(readFileSync(body, 'utf8')) as {
    answer: unknown;
    interfaces: { name: string }[];
  };

  it("reads a small answer here, by a vendor's mapping that goes by its name", async () => {
    const { read, tasks } = reader('vendor', 'mikrotik');
    const { snapshot } = await read({ document: answer });
    assert.deepEqual(
      snapshot.interfaces!.map(({ name }) => name),
      interfaces.map(({ name }) => name),
    );
    assert.deepEqual(tasks, []);
  });

  it("reports an answer in which a vendor's mapping finds no interfaces", async () => {
    const { problems } = await reader('vendor', 'fortigate').read({ document: { results: {} } });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['the device shows no interfaces; perhaps these credentials may not see them'],
    );
  });

  it('reads a small document here as it is', async () => {
    const { read, tasks } = reader('netmon');
    const { snapshot } = await read({ document: { interfaces: [{ name: 'a' }] } });
    assert.deepEqual(snapshot, { time: 7, interfaces: [{ name: 'a' }] });
    assert.deepEqual(tasks, []);
  });

  it('has the thread read large ones, and what an own expression maps', async () => {
    for (const [type, mapping, source, expression] of [
      ['netmon', '', { json: ['[]'] }, undefined],
      ['vendor', 'mikrotik', { json: ['[]'] }, /rx-byte/],
      ['jsonata', 'a', { json: ['[]'] }, /^a$/],
      ['jsonata', 'a', { document: [] }, /^a$/],
    ] as const) {
      const { read, tasks } = reader(type, mapping);
      await read(source);
      assert.equal(tasks.length, 1);
      assert.deepEqual([tasks[0]!.source, tasks[0]!.now], [source, 7]);
      if (expression) assert.match(tasks[0]!.expression!, expression);
      else assert.equal(tasks[0]!.expression, undefined);
    }
  });

  it('keeps here what uses $moment', async () => {
    const { read, tasks } = reader('jsonata', '[{ "name": $moment(0).utc().format("YYYY") }]');
    for (const source of [{ document: {} }, { json: ['{', '}'] }]) {
      assert.equal((await read(source)).snapshot.interfaces![0]!.name, '1970');
    }
    assert.deepEqual(tasks, []);
  });

  it('has the functions of an expression ask the node that polls', async () => {
    const asked: unknown[] = [];
    const { read, tasks } = reader('jsonata', '$env("A")', {
      evaluate: () => assert.fail(),
      call: (...call) => asked.push(call),
    });
    await read({ document: {} });
    tasks[0]!.ask('env', ['A']);
    tasks[0]!.ask('flowContext', ['b', 'file']);
    assert.deepEqual(asked, [
      ['env', ['A']],
      ['flowContext', ['b', 'file']],
    ]);
  });
});

describe('mappingOf', () => {
  const none = undefined as unknown as MappingFields['mappingType'];

  it('is that of Netmon where a config is older than the setting', () => {
    assert.deepEqual(mappingOf({ mappingType: none, mapping: undefined as unknown as string }), {
      by: 'netmon',
    });
  });

  for (const [mappingType, mapping, message] of [
    ['xml', '', /^mapping: expected one of netmon, vendor, jsonata, but got "xml"$/],
    ['vendor', 'acme', /^mapping: expected one of ietf-interfaces, .+, but got "acme"$/],
    ['jsonata', ' ', /^mapping: expected a text/],
    ['jsonata', undefined, /^mapping: expected a text/],
  ] as const) {
    it(`names what is wrong with ${mappingType} ${mapping}`, () => {
      const fields = { mappingType, mapping } as unknown as MappingFields;
      assert.throws(() => mappingOf(fields), { message });
    });
  }
});
