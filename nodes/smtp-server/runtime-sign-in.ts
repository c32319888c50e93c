import { randomUUID } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { systemClock } from '../shared/clock.ts';
import { askSignIn, beginSignIn, type DeviceSignIn } from '../shared/mail/oauth/device-code.ts';
import type { SignInSettings } from '../shared/mail/oauth/sign-in-settings.ts';
import { checkSettings } from '../shared/mail/smtp-settings.ts';
import { Problem } from '../shared/problem.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import type { SignInBegun, SignInResult } from './sign-in.ts';

/** sign-ins that are remembered while they are under way; the oldest are forgotten */
const mostUnderWay = 20;

interface UnderWay {
  settings: SignInSettings;
  begun: DeviceSignIn;
}

/** Adds the routes behind the dialog's "Sign in". */
export function addSignInRoutes(RED: NodeAPI): void {
  const underWay = new Map<string, UnderWay>();
  addAdminRoute(RED, 'POST smtp-server/sign-in', (request) => begin(request, underWay));
  addAdminRoute(RED, 'POST smtp-server/sign-in-result', (request) => ask(request, underWay));
}

async function begin(
  { body, signal }: AdminRequest,
  underWay: Map<string, UnderWay>,
): Promise<SignInBegun> {
  const raw = check.object('body', body);
  // Only what signs in is of use here: the rest of the dialog may not be filled in yet.
  const { tenant, clientId, tokenServer } = checkSettings({
    ...{ host: 'localhost', tenant: raw.tenant, clientId: raw.clientId },
    tokenServer: raw.tokenServer,
  });
  const settings: SignInSettings = { signIn: 'microsoftUser', tenant, clientId, tokenServer };
  const begun = await beginSignIn(settings, systemClock, signal);
  const id = randomUUID();
  underWay.set(id, { settings, begun });
  if (underWay.size > mostUnderWay) underWay.delete(underWay.keys().next().value!);
  return { id, userCode: begun.userCode, url: begun.url };
}

async function ask(
  { body, signal }: AdminRequest,
  underWay: Map<string, UnderWay>,
): Promise<SignInResult> {
  const id = String(check.object('body', body).id);
  const known = underWay.get(id);
  if (!known) throw new Problem('signInTooLate');
  try {
    const answer = await askSignIn(known.settings, known.begun, systemClock, signal);
    if ('refreshToken' in answer) {
      underWay.delete(id);
      return answer;
    }
    underWay.set(id, { ...known, begun: answer.pending });
    return { refreshToken: undefined };
  } catch (error) {
    underWay.delete(id);
    throw error;
  }
}
