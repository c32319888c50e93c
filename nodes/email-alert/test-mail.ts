import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { NodeAPI } from 'node-red';
import type { Alert } from '../shared/alert.ts';
import * as check from '../shared/check.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import * as smtp from '../smtp-server/config.ts';
import type { SmtpServerNode } from '../smtp-server/runtime.ts';
import { sendMail } from '../smtp-server/send-mail.ts';
import { compose } from './compose.ts';
import { checkSettings } from './config.ts';

/** What the dialog asks for: a mail with its settings through a server that may not be deployed yet. */
export interface TestMailRequest {
  settings: object;
  /** the id of the server's config node */
  serverId: string;
  server: object;
  /** as far as the editor knows them: what it does not is taken from the deployed server */
  credentials: smtp.SmtpCredentials;
}

/** Answers the dialog's "Send a test mail". */
export function serveTestMails(RED: NodeAPI): void {
  const t: Translate = (key, params) => RED._(key, params ?? {});
  RED.httpAdmin.post(
    '/netmon/email-alert/test',
    RED.auth.needsPermission('netmon-email-alert.write'),
    (request, response) => {
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      sendTestMail(RED, request.body as unknown, t, gone.signal).then(
        (receipt) => response.json(receipt),
        (error: unknown) => response.status(400).json({ error: errorText(error, t) }),
      );
    },
  );
}

async function sendTestMail(RED: NodeAPI, body: unknown, t: Translate, signal: AbortSignal) {
  const raw = check.object('body', body);
  const settings = checkSettings(raw.settings);
  const server = smtp.checkSettings(raw.server);
  const deployed = RED.nodes.getNode(String(raw.serverId)) as SmtpServerNode | null;
  const login = credentials(server, check.object('credentials', raw.credentials), deployed);
  const thread = { messageId: `<${randomUUID()}@${settings.from.address.split('@')[1]!}>` };
  const mail = compose(settings, [example(t)], { ...thread, references: [] }, t);
  return sendMail({ ...server, ...login }, mail, signal);
}

// A kept password goes to no other server than the one it was kept for.
function credentials(
  server: smtp.SmtpSettings,
  typed: Record<string, unknown>,
  deployed: SmtpServerNode | null,
): smtp.SmtpCredentials {
  const user = typed.user ?? deployed?.credentials.user;
  if (user === undefined || user === '') return {};
  const login = { user: check.text('user', user), password: '' };
  const kept = deployed?.credentials.password;
  if (typeof typed.password === 'string') return { ...login, password: typed.password };
  if (!kept) return login;
  const { host } = deployed.server();
  if (host !== server.host) throw new Problem('mailPassword', { server: host });
  return { ...login, password: kept };
}

function example(t: Translate): Alert {
  const device = hostname();
  return {
    name: t('email-alert.test.rule'),
    state: 'firing',
    severity: 'info',
    metric: 'cpu_usage',
    labels: { device },
    unit: '%',
    value: 93,
    threshold: 80,
    summary: t('email-alert.test.summary', { device }),
    startsAt: Date.now(),
    fingerprint: 'test',
  };
}
