import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Adapter } from '../shared/red/adapter.ts';
import { checkSettings, type SmtpCredentials, type SmtpSettings } from './config.ts';
import type { SmtpServer } from './send-mail.ts';

/** The config node of a mail server, for the nodes that send through it. */
export interface SmtpServerNode extends Node<SmtpCredentials> {
  /** How to reach the server. Throws the FieldProblem of a bad setting. */
  server(): SmtpServer;
}

export default function (RED: NodeAPI): void {
  function SmtpServerNode(this: SmtpServerNode, config: NodeDef & SmtpSettings) {
    RED.nodes.createNode(this, config);
    this.server = () => ({ ...checkSettings(config), ...this.credentials });
    new Adapter(RED, this).run(() => this.server());
  }

  RED.nodes.registerType<SmtpServerNode, NodeDef & SmtpSettings, object, SmtpCredentials>(
    'netmon-smtp-server',
    SmtpServerNode,
    { credentials: { user: { type: 'text' }, password: { type: 'password' } } },
  );
}
