import type { Node, NodeAPI, NodeDef } from 'node-red';
import { errorText } from '../shared/problem.ts';
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
    try {
      this.server();
    } catch (error) {
      this.error(errorText(error, (key, params) => RED._(key, params ?? {})));
    }
  }

  RED.nodes.registerType<SmtpServerNode, NodeDef & SmtpSettings, object, SmtpCredentials>(
    'netmon-smtp-server',
    SmtpServerNode,
    { credentials: { user: { type: 'text' }, password: { type: 'password' } } },
  );
}
