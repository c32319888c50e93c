import { hostname } from 'node:os';
import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { Problem, type Translate } from '../shared/problem.ts';
import * as smtp from '../shared/mail/smtp-settings.ts';
import { type MailServerNode, type Receipt, sendMail } from '../shared/mail/send-mail.ts';
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

/**
 * Sends the test mail that a dialog asks for. Rejects with a Problem.
 * @param body a {@link TestMailRequest}, unless somebody else sent it
 * @param deployed finds a deployed server by its id
 */
export async function sendTestMail(
  body: unknown,
  deployed: (id: string) => Pick<MailServerNode, 'credentials' | 'server'> | undefined,
  t: Translate,
  signal: AbortSignal,
): Promise<Receipt> {
  const raw = check.object('body', body);
  const settings = checkSettings(raw.settings);
  const server = smtp.checkSettings(raw.server);
  const typed = check.object('credentials', raw.credentials);
  const login = credentials(server, typed, deployed(String(raw.serverId)));
  const thread = { messageId: newMessageId(settings.from), references: [] };
  const mail = compose(settings, [example(t)], thread, t);
  return sendMail({ ...server, ...login }, mail, signal);
}

/** What decides where a password goes, and how well it is kept from others on the way. */
const decisive = ['host', 'port', 'security', 'verify', 'ca'] as const;

// A kept password goes only to where, and for whom, it was kept.
function credentials(
  server: smtp.SmtpSettings,
  typed: Record<string, unknown>,
  deployed: Pick<MailServerNode, 'credentials' | 'server'> | undefined,
): smtp.SmtpCredentials {
  const user = typed.user ?? deployed?.credentials.user;
  if (user === undefined || user === '') return {};
  const login = { user: check.text('user', user), password: '' };
  const kept = deployed?.credentials.password;
  if (typeof typed.password === 'string') return { ...login, password: typed.password };
  if (!kept) return login;
  const stored = deployed.server();
  if (user !== stored.user || decisive.some((name) => server[name] !== stored[name])) {
    throw new Problem('mailPassword', { server: stored.host });
  }
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
