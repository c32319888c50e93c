import type { Node, NodeAPI, NodeDef } from 'node-red';
import { fieldSets } from '../protocols/fields.ts';
import type { MappingFields } from '../protocols/json-http/fields.ts';
import type { Secrets } from '../protocols/protocol.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { type IdleNode, registerNode } from '../shared/red/register-node.ts';
import { Access } from './access.ts';
import { type AccessConfig, accessVersions } from './config.ts';
import { checkExpressions } from './expressions.ts';
import { addDiscoverRoute } from './runtime-discover.ts';

/** The config node, as the nodes that use it see it. */
export interface AccessNode extends Node<Secrets>, IdleNode {
  /** undefined where its config is bad */
  access?: Access;
  /**
   * Opens the access once more, with another mapping of the answers; whoever opens it closes it. Missing where
   * the protocol has no mapping. Throws a FieldProblem.
   */
  withMapping?: (mapping: MappingFields) => Access;
}

// Built once, into this node's file, from which device poll has it.
export { openEdited } from './runtime-edited-access.ts';

export default function (RED: NodeAPI): void {
  function DeviceAccess(this: AccessNode, config: NodeDef & AccessConfig) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this, () => this.access?.close());
    const open = (settings: AccessConfig) => {
      checkExpressions(settings, (source) => RED.util.prepareJSONataExpression(source, this));
      return new Access(settings, this.credentials);
    };
    adapter.run(() => {
      this.access = open(config);
      if ('mapping' in fieldSets[config.protocol].defaults) {
        this.withMapping = (mapping) => open({ ...config, ...mapping });
      }
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
