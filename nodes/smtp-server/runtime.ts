import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import {
  checkSettings,
  type SmtpCredentials,
  type SmtpSettings,
  smtpSettings,
} from '../shared/mail/smtp-settings.ts';
import type { MailServerNode } from '../shared/mail/send-mail.ts';

type SmtpServerNode = Node<SmtpCredentials> & MailServerNode;

export default function (RED: NodeAPI): void {
  function SmtpServerNode(this: SmtpServerNode, config: NodeDef & SmtpSettings) {
    RED.nodes.createNode(this, config);
    this.server = () => ({ ...checkSettings(config), ...this.credentials });
    new Adapter(RED, this).run(() => this.server());
  }

  registerNode<SmtpServerNode, SmtpSettings, SmtpCredentials>(
    RED,
    'netmon-smtp-server',
    smtpSettings,
    SmtpServerNode,
    { user: { type: 'text' }, password: { type: 'password' } },
  );
}
