import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Adapter } from '../shared/red/adapter.ts';
import {
  checkSettings,
  type SmtpCredentials,
  type SmtpSettings,
} from '../shared/mail/smtp-settings.ts';
import type { MailServerNode } from '../shared/mail/send-mail.ts';

type SmtpServerNode = Node<SmtpCredentials> & MailServerNode;

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
