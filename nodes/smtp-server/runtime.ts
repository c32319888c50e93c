import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { signInOf } from '../shared/mail/oauth/sign-in-settings.ts';
import type { MailServerNode } from '../shared/mail/send-mail.ts';
import {
  checkSettings,
  type SmtpCredentials,
  type SmtpSettings,
  smtpSettings,
} from '../shared/mail/smtp-settings.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { KeptTokens } from './runtime-kept-tokens.ts';
import { addSignInRoutes } from './runtime-sign-in.ts';

type SmtpServerNode = Node<SmtpCredentials> & MailServerNode;

export default function (RED: NodeAPI): void {
  function SmtpServerNode(this: SmtpServerNode, config: NodeDef & SmtpSettings) {
    RED.nodes.createNode(this, config);
    const { credentials } = this;
    let tokens: KeptTokens | undefined;
    const adapter = new Adapter(RED, this, (removed) => tokens?.close(removed));
    this.server = () => {
      const settings = checkSettings(config);
      const signIn = signInOf(settings);
      const server = { ...settings, ...credentials };
      if (!signIn) return server;
      const kept = (tokens ??= new KeptTokens(adapter, signIn, credentials, systemClock));
      return { ...server, token: (renew, signal) => kept.token(renew, signal) };
    };
    adapter.run(() => this.server());
  }

  registerNode<SmtpServerNode, SmtpSettings, SmtpCredentials>(
    RED,
    'netmon-smtp-server',
    smtpSettings,
    SmtpServerNode,
    {
      user: { type: 'text' },
      password: { type: 'password' },
      clientSecret: { type: 'password' },
      refreshToken: { type: 'password' },
      serviceKey: { type: 'password' },
    },
  );
  addSignInRoutes(RED);
}
