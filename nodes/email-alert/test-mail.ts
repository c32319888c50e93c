import { hostname } from 'node:os';
import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { systemClock } from '../shared/clock.ts';
import {
  type SignIn,
  signInOf,
  type SignInSecrets,
} from '../shared/mail/oauth/sign-in-settings.ts';
import { TokenSource } from '../shared/mail/oauth/token-source.ts';
import {
  type MailServerNode,
  type Receipt,
  sendMail,
  type SmtpServer,
} from '../shared/mail/send-mail.ts';
import * as smtp from '../shared/mail/smtp-settings.ts';
import { Problem, type Translate } from '../shared/problem.ts';
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
  const login = loginOf(server, typed, deployed(String(raw.serverId)));
  const messageId = newMessageId(settings.from);
  const mail = compose(settings, { topics: [{ alert: example(t) }], omitted: [], messageId }, t);
  return sendMail({ ...server, ...login }, mail, signal);
}

/** What decides where a secret goes, and how well it is kept from others on the way. */
const decisive = [
  ...(['host', 'port', 'security', 'verify', 'ca'] as const),
  ...(['login', 'tenant', 'clientId', 'tokenServer'] as const),
] as const;

type Deployed = Pick<MailServerNode, 'credentials' | 'server'> | undefined;
type Login = smtp.SmtpCredentials & Pick<SmtpServer, 'token'>;

// A kept secret goes only to where, and for whom, it was kept.
function loginOf(
  server: smtp.SmtpSettings,
  typed: Record<string, unknown>,
  deployed: Deployed,
): Login {
  const user = typed.user ?? deployed?.credentials.user;
  if (user === undefined || user === '') return {};
  const login = { user: check.text('user', user) };
  const isTyped = (name: string) => typeof typed[name] === 'string';
  const stored = () => {
    const known = deployed!.server();
    if (user !== known.user || decisive.some((name) => server[name] !== known[name])) {
      throw new Problem('mailPassword', { server: known.host });
    }
    return known;
  };
  const secret = (name: (typeof smtp.secretNames)[number]) => {
    if (isTyped(name)) return { [name]: typed[name] as string };
    return deployed?.credentials[name] ? { [name]: stored()[name]! } : {};
  };
  const signIn = signInOf(server);
  if (!signIn) return { ...login, password: '', ...secret('password') };
  const names = secretsOf[signIn.signIn];
  // The deployed server has the newest refresh token.
  const { token } = deployed && !names.some(isTyped) ? stored() : {};
  if (token) return { ...login, token };
  const secrets = Object.assign(login, ...names.map(secret)) as SignInSecrets;
  const source = new TokenSource({
    ...{ settings: signIn, secrets, clock: systemClock },
    keep: () => Promise.resolve(),
  });
  return { ...login, token: (renew, signal) => source.token(renew, signal) };
}

const secretsOf: Readonly<Record<SignIn, readonly (typeof smtp.secretNames)[number][]>> = {
  microsoftApp: ['clientSecret'],
  microsoftUser: ['clientSecret', 'refreshToken'],
  googleUser: ['clientSecret', 'refreshToken'],
  googleService: ['serviceKey'],
};

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
