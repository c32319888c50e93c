import type { Node, NodeAPI, NodeCredentials, NodeDef } from 'node-red';
import type { Versions } from '../settings-version.ts';
import { Adapter } from './adapter.ts';

/** A node that does not work, as the nodes that use it see it. */
export interface IdleNode {
  /** why it does not */
  problem?: unknown;
}

/**
 * Registers a type of node, whose constructor gets its config as the present version of its settings has it.
 * Where a later Netmon saved it, the node stays idle and says so.
 */
export function registerNode<
  NodeType extends Node<Secrets>,
  Config,
  Secrets extends object = object,
>(
  RED: NodeAPI,
  type: string,
  settings: Pick<Versions, 'migrate'>,
  construct: (this: NodeType, config: NodeDef & Config) => void,
  credentials?: NodeCredentials<Secrets>,
): void {
  function construction(this: NodeType, config: NodeDef & Config) {
    try {
      // In place: Node-RED keeps what it needs in properties that no copy would have. It is this node's own.
      Object.assign(config, settings.migrate(config));
    } catch (error) {
      RED.nodes.createNode(this, config);
      (this as IdleNode).problem = error;
      new Adapter(RED, this).run(() => {
        throw error;
      });
      return;
    }
    construct.call(this, config);
  }

  RED.nodes.registerType<NodeType, NodeDef & Config, object, Secrets>(
    type,
    construction,
    credentials && { credentials },
  );
}
