import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';

helper.init(createRequire(import.meta.url).resolve('node-red'));

type Register = (RED: NodeAPI) => void;

/** A flow that runs in this process: for the tests of one adapter. Unload it in an `afterEach`. */
export interface Flow {
  /** The running node of an id. */
  node<T extends Node = Node>(id: string): T;
  /** Has the node of an id receive a message. */
  send(id: string, message: object): void;
  /** The next message that reaches the node of an id. Ask before what leads to it. */
  received(id: string): Promise<Record<string, unknown>>;
}

/** Loads the nodes that `register` registers and runs a flow of them and of `helper` nodes. */
export async function load(
  register: Register | Register[],
  nodes: object[],
  credentials: Record<string, object> = {},
): Promise<Flow> {
  await helper.load([translateToKeys, ...[register].flat()], nodes, credentials);
  const node = (id: string) => {
    const found = helper.getNode(id);
    if (!found) throw new Error(`no node "${id}"`);
    return found;
  };
  return {
    node: <T extends Node>(id: string) => node(id) as T,
    send: (id, message) => node(id).receive(message as NodeMessage),
    received: async (id) => {
      const [message] = (await once(node(id), 'input')) as [Record<string, unknown>];
      return message;
    },
  };
}

/** The helper has no catalogues: the text of a key is the key, without whose it is. */
function translateToKeys(RED: NodeAPI): void {
  RED._ = (key: string) => key.replace(/^@[^:]*:/, '');
}

/** Deploys other flows in the place of those that run. */
export async function deploy(nodes: object[]): Promise<void> {
  await helper.setFlows(nodes, 'full');
}

/** Ends the flow: resolves once all its nodes are closed. */
export async function unload(): Promise<void> {
  await helper.unload();
}
