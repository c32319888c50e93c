import * as check from '../../check.ts';
import { FieldProblem } from '../../problem.ts';
import { assertion } from './service-account.ts';
import type { SignIn, SignInSecrets, SignInSettings } from './sign-in-settings.ts';

/** A request by POST, and its form. */
export interface TokenRequest {
  url: string;
  form: Record<string, string>;
}

const microsoft = 'https://login.microsoftonline.com';
const google = 'https://oauth2.googleapis.com';
const scopes: Readonly<Record<SignIn, string>> = {
  microsoftApp: 'https://outlook.office365.com/.default',
  microsoftUser: 'https://outlook.office.com/SMTP.Send offline_access',
  googleUser: 'https://mail.google.com/',
  googleService: 'https://mail.google.com/',
};

/**
 * The request for an access token.
 * @param now ms since the Unix epoch
 * @throws FieldProblem that names what is missing
 */
export function tokenRequest(
  settings: SignInSettings,
  secrets: SignInSecrets,
  now: number,
): TokenRequest {
  const { signIn } = settings;
  check.text('user', secrets.user);
  const url = tokenUrl(settings);
  if (signIn === 'googleService') {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion(secrets.serviceKey ?? '', {
        scope: scopes[signIn],
        subject: secrets.user!,
        audience: url,
        now,
      }),
    };
    return { url, form };
  }
  const client = { client_id: check.text('clientId', settings.clientId) };
  const secret = secrets.clientSecret ? { client_secret: secrets.clientSecret } : {};
  if (signIn === 'microsoftApp') {
    check.text('clientSecret', secrets.clientSecret, { max: 10_000 });
    const form = { grant_type: 'client_credentials', ...client, ...secret, scope: scopes[signIn] };
    return { url, form };
  }
  const refreshToken = check.text('refreshToken', secrets.refreshToken, { max: 20_000 });
  const form = {
    grant_type: 'refresh_token',
    ...client,
    ...secret,
    refresh_token: refreshToken,
    // Google gives what was granted, and no more can be asked for.
    ...(signIn === 'microsoftUser' && { scope: scopes[signIn] }),
  };
  return { url, form };
}

/** The request for a code that a person types in elsewhere (RFC 8628 section 3.1). Throws a FieldProblem. */
export function deviceCodeRequest(settings: SignInSettings): TokenRequest {
  return {
    url: `${tenantUrl(settings)}/devicecode`,
    form: {
      client_id: check.text('clientId', settings.clientId),
      scope: scopes.microsoftUser,
    },
  };
}

/** The request that asks whether the code was typed in (RFC 8628 section 3.4). Throws a FieldProblem. */
export function deviceTokenRequest(settings: SignInSettings, deviceCode: string): TokenRequest {
  return {
    url: `${tenantUrl(settings)}/token`,
    form: {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: check.text('clientId', settings.clientId),
      device_code: deviceCode,
    },
  };
}

function tokenUrl(settings: SignInSettings): string {
  if (settings.signIn.startsWith('microsoft')) return `${tenantUrl(settings)}/token`;
  return `${settings.tokenServer || google}/token`;
}

function tenantUrl({ signIn, tenant, tokenServer }: SignInSettings): string {
  // An application is of one directory, a person may be of any.
  const name = tenant.trim() || (signIn === 'microsoftUser' ? 'common' : '');
  if (!/^[\w.-]{1,253}$/.test(name)) throw new FieldProblem('tenant', 'tenant', tenant);
  return `${tokenServer || microsoft}/${name}/oauth2/v2.0`;
}
