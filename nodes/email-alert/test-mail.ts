import { hostname } from 'node:os';
import type { NodeAPI } from 'node-red';
import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import * as smtp from '../smtp-server/config.ts';
import type { SmtpServerNode } from '../smtp-server/runtime.ts';
import { sendMail } from '../smtp-server/send-mail.ts';
import { compose } from './compose.ts';
import { checkSettings } from './config.ts';
import { newMessageId } from './message-id.ts';

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
  const deployed = deployedServer(RED, String(raw.serverId));
  const login = credentials(server, check.object('credentials', raw.credentials), deployed);
  const thread = { messageId: newMessageId(settings.from), references: [] };
  const mail = compose(settings, [example(t)], thread, t);
  return sendMail({ ...server, ...login }, mail, signal);
}

// The id comes with the request: nodes of other types have secrets too.
function deployedServer(RED: NodeAPI, id: string): SmtpServerNode | null {
  const node = RED.nodes.getNode(id) as SmtpServerNode | null;
  return node?.type === 'netmon-smtp-server' ? node : null;
}

/** What decides where a password goes, and how well it is kept from others on the way. */
const decisive = ['host', 'port', 'security', 'verify', 'ca'] as const;

// A kept password goes only to where, and for whom, it was kept.
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
  const stored = deployed.server();
  if (user !== stored.user || decisive.some((name) => server[name] !== stored[name]))
    throw new Problem('mailPassword', { server: stored.host });
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
