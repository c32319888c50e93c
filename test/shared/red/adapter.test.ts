import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { FieldProblem } from '../../../nodes/shared/problem.ts';
import { Adapter, type Message } from '../../../nodes/shared/red/adapter.ts';
import { deploy, type Flow, load, unload } from '../../support/flow.ts';

type Handle = (message: Message, signal: AbortSignal) => void | Promise<void>;
type Register = (RED: NodeAPI) => void;

const require = createRequire(import.meta.url);
const common = (name: string) => require(`@node-red/nodes/core/common/${name}.js`) as Register;

describe('Adapter', () => {
  let handle: Handle;
  let closed: boolean[];
  let flow: Flow;

  const register: Register = (RED) => {
    RED.nodes.registerType('test-adapter', function (config) {
      RED.nodes.createNode(this, config);
      const adapter = new Adapter(RED, this, (removed) => closed.push(removed));
      adapter.onInput((message) => handle(message, adapter.closing));
    });
  };

  beforeEach(async () => {
    closed = [];
    const at = { z: 'tab', x: 0, y: 0 };
    const scope = ['adapted'];
    flow = await load(
      [register, common('24-complete'), common('25-catch'), common('25-status')],
      [
        { id: 'tab', type: 'tab', label: '' },
        { id: 'adapted', ...at, type: 'test-adapter', wires: [[]] },
        { id: 'complete', ...at, type: 'complete', scope, wires: [['completed']] },
        { id: 'catch', ...at, type: 'catch', scope, wires: [['caught']] },
        { id: 'status', ...at, type: 'status', scope, wires: [['shown']] },
        ...['completed', 'caught', 'shown'].map((id) => ({ id, ...at, type: 'helper' })),
      ],
    );
  });
  afterEach(unload);

  it('is done with a message once its handler has ended', async () => {
    let handled = false;
    handle = async () => {
      await Promise.resolve();
      handled = true;
    };
    const completed = flow.received('completed');
    flow.send('adapted', { payload: 7 });
    assert.equal((await completed).payload, 7);
    assert.equal(handled, true);
  });

  it("gives what a handler throws to Catch nodes and to the status, in the user's words", async () => {
    handle = () => {
      throw new FieldProblem('interval', 'number', 'x');
    };
    const caught = flow.received('caught');
    const shown = flow.received('shown');
    flow.send('adapted', { payload: 7 });
    // The test helper has no catalogues: the text of a key is the key.
    const { error, payload } = (await caught) as { error: { message: string }; payload: number };
    assert.equal(error.message, 'shared.problem.field');
    assert.equal(payload, 7);
    const { status } = (await shown) as { status: { text: string; fill: string } };
    assert.match(status.text, /^shared\.problem\.field · \d\d:\d\d:\d\d$/);
    assert.equal(status.fill, 'red');
  });

  it('aborts what is under way when it closes, and waits for its end', async () => {
    let ended = false;
    handle = async (_message, signal) => {
      await once(signal, 'abort');
      ended = true;
    };
    flow.send('adapted', { payload: 7 });
    await deploy([{ id: 'tab', type: 'tab', label: '' }]);
    assert.equal(ended, true);
    assert.deepEqual(closed, [true]);
  });

  it('is not closed before what it does has ended', async () => {
    const events: string[] = [];
    const end = Promise.withResolvers<undefined>();
    handle = async (_message, signal) => {
      await once(signal, 'abort');
      await end.promise;
      events.push('ended');
    };
    flow.send('adapted', { payload: 7 });
    const closing = flow.node('adapted').close(true);
    void closing.then(() => events.push('closed'));
    await nextTurn();
    assert.deepEqual(events, []);
    end.resolve(undefined);
    await closing;
    assert.deepEqual(events, ['ended', 'closed']);
  });

  it('is not deleted where it is switched off, alone or with its flow', async () => {
    const node = { id: 'adapted', type: 'test-adapter', z: 'tab', x: 0, y: 0, wires: [[]] };
    const tab = { id: 'tab', type: 'tab', label: '' };
    await deploy([tab, { ...node, d: true }]);
    await deploy([tab, node]);
    await deploy([{ ...tab, disabled: true }, node]);
    await deploy([tab, node]);
    await deploy([tab]);
    assert.deepEqual(closed, [false, false, true]);
  });

  it('is not deleted where the instance of its subflow is switched off', async () => {
    const tab = { id: 'tab', type: 'tab', label: '' };
    const template = { id: 'sub', type: 'subflow', name: 'Sub', in: [], out: [] };
    const inner = { id: 'inner', type: 'test-adapter', z: 'sub', x: 0, y: 0, wires: [[]] };
    const instance = { id: 'instance', type: 'subflow:sub', z: 'tab', x: 0, y: 0, wires: [] };
    await deploy([tab, template, inner, instance]);
    closed.length = 0;
    await deploy([tab, template, inner, { ...instance, d: true }]);
    assert.deepEqual(closed, [false]);
  });
});
