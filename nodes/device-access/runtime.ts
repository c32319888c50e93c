import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Adapter } from '../shared/red/adapter.ts';
import { type IdleNode, registerNode } from '../shared/red/register-node.ts';
import { Access } from './access.ts';
import { type AccessConfig, accessVersions } from './config.ts';
import { checkExpressions } from './expressions.ts';
import { addDiscoverRoute } from './runtime-discover.ts';
import type { Secrets } from '../protocols/protocol.ts';

/** The config node, as the nodes that use it see it. */
export interface AccessNode extends Node<Secrets>, IdleNode {
  /** undefined where its config is bad */
  access?: Access;
}

// Built once, into this node's file, from which device poll has it.
export { openEdited } from './runtime-edited-access.ts';

export default function (RED: NodeAPI): void {
  function DeviceAccess(this: AccessNode, config: NodeDef & AccessConfig) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this, () => this.access?.close());
    adapter.run(() => {
      checkExpressions(config, (source) => RED.util.prepareJSONataExpression(source, this));
      this.access = new Access(config, this.credentials);
    });
    this.problem = adapter.problem;
  }

  registerNode<AccessNode, AccessConfig, Secrets>(
    RED,
    'netmon-device-access',
    accessVersions,
    DeviceAccess,
    {
      user: { type: 'text' },
      secret: { type: 'password' },
      privacySecret: { type: 'password' },
    },
  );
  addDiscoverRoute(RED);
}
