import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { ConfigurationAccessNode } from '../shared/configurations/access.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { Access } from './access.ts';
import { type AccessSecrets, type AccessSettings, accessSettings } from './config.ts';
import { addTryRoute } from './runtime-try.ts';

type AccessNode = Node<AccessSecrets> & ConfigurationAccessNode;

export default function (RED: NodeAPI): void {
  function ConfigAccess(this: AccessNode, config: NodeDef & AccessSettings) {
    RED.nodes.createNode(this, config);
    let access: Access | undefined;
    const adapter = new Adapter(RED, this, () => access?.close());
    adapter.run(() => {
      access = new Access(config, this.credentials);
      this.configurationAccess = access;
    });
    this.problem = adapter.problem;
  }

  registerNode<AccessNode, AccessSettings, AccessSecrets>(
    RED,
    'netmon-config-access',
    accessSettings,
    ConfigAccess,
    {
      user: { type: 'text' },
      password: { type: 'password' },
      privateKey: { type: 'password' },
      passphrase: { type: 'password' },
      enablePassword: { type: 'password' },
    },
  );
  addTryRoute(RED);
}
