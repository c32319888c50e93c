import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import type { DocumentAnswer } from '../../../nodes/protocols/protocol.ts';
import { AnswerWorker, type Task } from '../../../nodes/protocols/json-http/answer-worker.ts';
import { readerOf } from '../../../nodes/protocols/json-http/reader.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };
const { signal } = new AbortController();

describe('readerOf', () => {
  /** A reader, and what it hands to the worker. */
  function reader(mappingType: 'netmon' | 'vendor' | 'jsonata', mapping = '') {
    const tasks: Task[] = [];
    const worker = new AnswerWorker();
    worker.read = (task) => {
      tasks.push(task);
      return Promise.resolve({ snapshot: { time: task.now }, problems: [] });
    };
    const read = readerOf({ mappingType, mapping }, worker, util);
    return { tasks, read: (answer: DocumentAnswer) => read(answer, 7, signal) };
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

  it('has the worker read large ones, and what an own expression maps', async () => {
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
    for (const source of [{ document: {} }, { json: ['{', '}'] }])
      assert.equal((await read(source)).snapshot.interfaces![0]!.name, '1970');
    assert.deepEqual(tasks, []);
  });

  it('names a vendor that there is none of, and what is wrong with an expression', () => {
    assert.throws(() => reader('vendor', 'acme'), /^Problem: mapping: expected/);
    assert.throws(() => reader('jsonata', '{'), /^Problem: mapping: expected a JSONata expression/);
  });
});
