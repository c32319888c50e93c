import assert from 'node:assert/strict';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { type IdleNode, registerNode } from '../../../nodes/shared/red/register-node.ts';
import { versions } from '../../../nodes/shared/settings-version.ts';
import { type Flow, load, unload } from '../../support/flow.ts';

interface Config {
  version: number;
  text: string;
}

describe('registerNode', () => {
  let made: (NodeDef & Config)[];

  function register(RED: NodeAPI): void {
    const settings = versions([({ words, ...config }) => ({ ...config, text: words })]);
    registerNode<Node, Config>(RED, 'test-versions', settings, function (config) {
      RED.nodes.createNode(this, config);
      made.push(config);
    });
  }

  function start(config: object): Promise<Flow> {
    made = [];
    return load(register, [
      { id: 'tab', type: 'tab', label: '' },
      { ...config, id: 'one', type: 'test-versions', z: 'tab', x: 0, y: 0, wires: [] },
    ]);
  }
  afterEach(unload);

  it('makes a node of settings of the present version, whatever the stored ones', async () => {
    for (const stored of [{ words: 'a' }, { version: 2, text: 'a' }]) {
      const flow = await start(stored);
      const { text, version } = made[0]!;
      assert.deepEqual({ text, version }, { text: 'a', version: 2 });
      // What Node-RED adds to a config is still there.
      assert.ok(flow.node<Node & { _flow?: object }>('one')._flow);
      await unload();
    }
  });

  it('makes none of settings of a later Netmon, and says so at each message', async () => {
    const flow = await start({ version: 3, text: 'a' });
    assert.deepEqual(made, []);
    const node = flow.node<Node & IdleNode>('one');
    assert.match(String(node.problem), /^Problem: the settings were saved by a later Netmon/);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    node.error = resolve;
    flow.send('one', { payload: 1 });
    assert.equal(await promise, 'shared.problem.laterVersion');
  });
});
