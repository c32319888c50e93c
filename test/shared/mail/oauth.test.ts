import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import type { SMTPServerAuthentication, SMTPServerOptions } from 'smtp-server';
import {
  askSignIn,
  beginSignIn,
  type DeviceSignIn,
} from '../../../nodes/shared/mail/oauth/device-code.ts';
import { seal, unseal } from '../../../nodes/shared/mail/oauth/sealed-text.ts';
import { assertion } from '../../../nodes/shared/mail/oauth/service-account.ts';
import {
  checkTokenServer,
  type SignInSecrets,
  type SignInSettings,
} from '../../../nodes/shared/mail/oauth/sign-in-settings.ts';
import { tokenRequest } from '../../../nodes/shared/mail/oauth/token-request.ts';
import { TokenSource } from '../../../nodes/shared/mail/oauth/token-source.ts';
import { type Mail, sendMail } from '../../../nodes/shared/mail/send-mail.ts';
import type { SmtpProblem } from '../../../nodes/shared/mail/smtp-problem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ca, type Peer, startPeer } from './peer.ts';
import { startTokenPeer, type TokenAnswer, type TokenPeer } from './token-peer.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceKey = JSON.stringify({
  type: 'service_account',
  client_email: 'netmon@project.example',
  private_key_id: 'k1',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});
const app: SignInSettings = {
  ...{ signIn: 'microsoftApp', tenant: 'example.org', clientId: 'c', tokenServer: '' },
};
const secrets: SignInSecrets = {
  ...{ user: 'netmon@example.org', clientSecret: 's', refreshToken: 'r1', serviceKey },
};
const never = new AbortController().signal;
const token = (text: string, more = {}): TokenAnswer => ({
  body: { access_token: text, expires_in: 3600, ...more },
});
const error = (name: string, status = 400): TokenAnswer => ({
  status,
  body: { error: name, error_description: `AADSTS1: ${name}\r\nTrace ID: 1` },
});
const mail: Mail = {
  from: { name: '', address: 'netmon@example.org' },
  to: [{ name: '', address: 'a@example.org' }],
  ...{ cc: [], bcc: [], subject: 's', text: 't', html: '<p>h</p>', messageId: '<1@example.org>' },
  ...{ references: [], urgent: false },
};

describe('tokenRequest', () => {
  it('asks Microsoft as an application', () => {
    assert.deepEqual(tokenRequest(app, secrets, 0), {
      url: 'https://login.microsoftonline.com/example.org/oauth2/v2.0/token',
      form: {
        grant_type: 'client_credentials',
        client_id: 'c',
        client_secret: 's',
        scope: 'https://outlook.office365.com/.default',
      },
    });
  });

  it('asks Microsoft for a person, of any directory', () => {
    const settings = { ...app, signIn: 'microsoftUser', tenant: '' } as const;
    const { user, refreshToken } = secrets as Required<SignInSecrets>;
    assert.deepEqual(tokenRequest(settings, { user, refreshToken }, 0), {
      url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      form: {
        grant_type: 'refresh_token',
        client_id: 'c',
        refresh_token: 'r1',
        scope: 'https://outlook.office.com/SMTP.Send offline_access',
      },
    });
  });

  it('asks Google for a person and for a service account', () => {
    assert.deepEqual(tokenRequest({ ...app, signIn: 'googleUser' }, secrets, 0), {
      url: 'https://oauth2.googleapis.com/token',
      form: {
        grant_type: 'refresh_token',
        client_id: 'c',
        client_secret: 's',
        refresh_token: 'r1',
      },
    });
    const { form } = tokenRequest({ ...app, signIn: 'googleService' }, secrets, 5_000);
    assert.equal(form.grant_type, 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [header, claims, signature] = form.assertion!.split('.') as [string, string, string];
    const decoded = (part: string) =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
    assert.deepEqual(decoded(header), { alg: 'RS256', typ: 'JWT', kid: 'k1' });
    assert.deepEqual(decoded(claims), {
      iss: 'netmon@project.example',
      sub: 'netmon@example.org',
      scope: 'https://mail.google.com/',
      aud: 'https://oauth2.googleapis.com/token',
      ...{ iat: 5, exp: 3605 },
    });
    const signed = Buffer.from(`${header}.${claims}`);
    assert.ok(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url')));
  });

  it('names what is missing', () => {
    const fails = (settings: Partial<SignInSettings>, changes: SignInSecrets, field: string) =>
      assert.throws(() => tokenRequest({ ...app, ...settings }, { ...secrets, ...changes }, 0), {
        field,
      });
    fails({}, { user: '' }, 'user');
    fails({}, { clientSecret: '' }, 'clientSecret');
    fails({ clientId: '' }, {}, 'clientId');
    fails({ tenant: '' }, {}, 'tenant');
    fails({ tenant: 'a/b' }, {}, 'tenant');
    fails({ signIn: 'microsoftUser' }, { refreshToken: '' }, 'refreshToken');
    fails({ signIn: 'googleService' }, { serviceKey: '{}' }, 'serviceKey');
  });

  it('tells nothing of a key that is none', () => {
    const broken = serviceKey.replace('BEGIN', 'BEGONE');
    const claim = { scope: 's', subject: 'u', audience: 'a', now: 0 };
    assert.throws(
      () => assertion(broken, claim),
      (thrown: Error) => !thrown.message.includes('MII') && thrown.name === 'Problem',
    );
  });
});

describe('checkTokenServer', () => {
  it('takes HTTPS, and HTTP on this machine only', () => {
    const check = (value: unknown) => checkTokenServer('tokenServer', value);
    assert.equal(check(''), '');
    assert.equal(check(' https://login.example/x '), 'https://login.example');
    assert.equal(check('http://127.0.0.1:1880'), 'http://127.0.0.1:1880');
    for (const bad of ['http://login.example', 'login.example', 'file:///x', 7]) {
      assert.throws(() => check(bad), { field: 'tokenServer' });
    }
  });
});

describe('sealed texts', () => {
  it('are read with their secret only, and only as they were sealed', () => {
    const sealed = seal('refresh', 'secret');
    assert.equal(unseal(sealed, 'secret'), 'refresh');
    assert.equal(unseal(sealed, 'other'), undefined);
    assert.equal(unseal(`A${sealed.slice(1)}`, 'secret'), undefined);
    assert.equal(unseal('', 'secret'), undefined);
    assert.notEqual(seal('refresh', 'secret'), sealed);
    assert.ok(!Buffer.from(sealed, 'base64').toString('latin1').includes('refresh'));
  });
});

describe('TokenSource', () => {
  let peer: TokenPeer;
  let clock: FakeClock;
  let kept: string[];
  const source = (changes: Partial<SignInSettings> = {}) =>
    new TokenSource({
      settings: { ...app, tokenServer: peer.origin, ...changes },
      secrets,
      keep: async (next) => void kept.push(next),
      clock,
    });
  const problem = async (asking: Promise<unknown>): Promise<SmtpProblem> =>
    asking.then(
      () => assert.fail('gave a token'),
      (thrown: unknown) => thrown as SmtpProblem,
    );

  beforeEach(() => {
    clock = new FakeClock();
    kept = [];
  });
  afterEach(() => peer.close());

  it('gives the same token until a minute before its end, and another where it was refused', async () => {
    peer = await startTokenPeer((_, count) => token(`t${count}`));
    const one = source();
    const asked = [await one.token(false, never)];
    clock.advance(3_539_000);
    asked.push(await one.token(false, never));
    clock.advance(1_000);
    asked.push(await one.token(false, never), await one.token(true, never));
    assert.deepEqual(asked, ['t0', 't0', 't1', 't2']);
    assert.equal(peer.asked[0]!.path, '/example.org/oauth2/v2.0/token');
  });

  it('asks once for all that wait', async () => {
    peer = await startTokenPeer((_, count) => token(`t${count}`));
    const one = source();
    const both = await Promise.all([one.token(false, never), one.token(false, never)]);
    assert.deepEqual(both, ['t0', 't0']);
  });

  it('keeps each refresh token that takes the place of another, and goes on with it', async () => {
    peer = await startTokenPeer((_, count) => token('t', { refresh_token: `r${count + 2}` }));
    const one = source({ signIn: 'microsoftUser' });
    await one.token(false, never);
    await one.token(true, never);
    assert.deepEqual(kept, ['r2', 'r3']);
    assert.deepEqual(
      peer.asked.map(({ form }) => form.refresh_token),
      ['r1', 'r2'],
    );
    const after = source({ signIn: 'microsoftUser' });
    after.restore('r3');
    await after.token(false, never);
    assert.equal(peer.asked[2]!.form.refresh_token, 'r3');
  });

  it('tells apart what a person, an administrator and time can mend', async () => {
    const answers: TokenAnswer[] = [
      error('invalid_grant'),
      error('invalid_client', 401),
      error('temporarily_unavailable', 503),
      { status: 429, body: { error: 'slow' } },
      { status: 200, body: '<html>' },
      { body: { token_type: 'bearer' } },
      { status: 404, body: 'nothing here' },
    ];
    peer = await startTokenPeer((_, count) => answers[count]!);
    const one = source();
    const found: [string, boolean, boolean][] = [];
    while (found.length < answers.length) {
      const { key, needsMending, temporary } = await problem(one.token(false, never));
      found.push([key, needsMending, temporary]);
    }
    assert.deepEqual(found, [
      ['tokenSignIn', true, true],
      ['tokenClient', true, true],
      ['tokenServer', false, true],
      ['tokenServer', false, true],
      ['tokenServer', false, true],
      ['tokenServer', false, true],
      ['tokenClient', true, true],
    ]);
  });

  it('says what to do, in one line', async () => {
    peer = await startTokenPeer(() => error('invalid_grant'));
    const { message } = await problem(source().token(false, never));
    assert.equal(
      message.replace(/127\.0\.0\.1:\d+/, 'server'),
      'server: the sign-in holds no longer: sign in again in the dialog of the mail server (AADSTS1: invalid_grant)',
    );
  });

  it('says that the token server is away', async () => {
    peer = await startTokenPeer(() => token('t'));
    const one = source();
    await peer.close();
    const { key, temporary, needsMending } = await problem(one.token(false, never));
    assert.deepEqual([key, temporary, needsMending], ['tokenServer', true, false]);
  });

  it('takes its secrets to nobody else', async () => {
    const other = await startTokenPeer(() => token('stolen'));
    peer = await startTokenPeer(() => ({
      status: 307,
      body: '',
      location: `${other.origin}/token`,
    }));
    assert.equal((await problem(source().token(false, never))).temporary, true);
    assert.equal(other.asked.length, 0);
    await other.close();
  });
});

describe('sign-in by device code', () => {
  let peer: TokenPeer;
  let clock: FakeClock;
  const settings = () => ({ ...app, signIn: 'microsoftUser' as const, tokenServer: peer.origin });
  const code = {
    body: {
      ...{ device_code: 'd', user_code: 'ABCD-EFGH', expires_in: 900, interval: 5 },
      verification_uri: 'https://microsoft.com/devicelogin',
    },
  };

  /** Asks until there is a token. */
  const finish = async (begun: DeviceSignIn): Promise<string> => {
    const asking = askSignIn(settings(), begun, clock, never);
    await clock.jump();
    const answer = await asking;
    return 'refreshToken' in answer ? answer.refreshToken : finish(answer.pending);
  };

  beforeEach(() => (clock = new FakeClock()));
  afterEach(() => peer.close());

  it('gives a code and an address, and waits until the person has signed in', async () => {
    const answers = [
      code,
      error('authorization_pending'),
      error('slow_down'),
      token('t', { refresh_token: 'r' }),
    ];
    peer = await startTokenPeer((_, count) => answers[count]!);
    const begun = await beginSignIn(settings(), clock, never);
    assert.deepEqual(
      [begun.userCode, begun.url],
      ['ABCD-EFGH', 'https://microsoft.com/devicelogin'],
    );
    assert.equal(await finish(begun), 'r');
    assert.deepEqual(clock.lengths, [5_000, 5_000, 10_000]);
    assert.deepEqual(
      peer.asked.map(({ path }) => path.split('/').at(-1)),
      ['devicecode', 'token', 'token', 'token'],
    );
  });

  it('ends where the person declines, and where it is too late', async () => {
    const answers = [code, error('authorization_declined')];
    peer = await startTokenPeer((_, count) => answers[count] ?? error('authorization_pending'));
    const begun = await beginSignIn(settings(), clock, never);
    await assert.rejects(finish(begun), { key: 'tokenSignIn' });
    clock.skip(begun.until - 4_000);
    await assert.rejects(finish(begun), { key: 'signInTooLate' });
  });

  it('ends where nobody waits any more', async () => {
    peer = await startTokenPeer((_, count) =>
      count === 0 ? code : error('authorization_pending'),
    );
    const begun = await beginSignIn(settings(), clock, never);
    const gone = new AbortController();
    const waiting = assert.rejects(askSignIn(settings(), begun, clock, gone.signal));
    gone.abort();
    await waiting;
    assert.equal(clock.timers, 0);
  });
});

describe('sendMail with a token', () => {
  let peer: Peer;
  let tokens: TokenPeer;
  let seen: string[];
  const holds = (good: string): SMTPServerOptions => ({
    authMethods: ['XOAUTH2'],
    onAuth: (auth: SMTPServerAuthentication, _session, done) => {
      seen.push(`${auth.username} ${auth.accessToken}`);
      if (auth.accessToken === good) done(null, { user: 'u' });
      else done(null, { data: { status: '401', schemes: 'bearer', scope: '' } });
    },
  });
  const send = () => {
    const source = new TokenSource({
      settings: { ...app, tokenServer: tokens.origin },
      secrets,
      keep: async () => {},
      clock: new FakeClock(),
    });
    const server = { ...peer.settings, security: 'starttls' as const, ca, user: secrets.user! };
    const token = source.token.bind(source);
    return sendMail({ ...server, token }, mail, never);
  };

  beforeEach(() => (seen = []));
  afterEach(async () => {
    await peer.close();
    await tokens.close();
  });

  it('speaks XOAUTH2', async () => {
    peer = await startPeer(holds('t0'));
    tokens = await startTokenPeer((_, count) => token(`t${count}`));
    assert.deepEqual((await send()).accepted, ['a@example.org']);
    assert.deepEqual(seen, ['netmon@example.org t0']);
  });

  it('asks for another token where the one before has expired', async () => {
    peer = await startPeer(holds('t1'));
    tokens = await startTokenPeer((_, count) => token(`t${count}`));
    assert.deepEqual((await send()).accepted, ['a@example.org']);
    assert.deepEqual(seen, ['netmon@example.org t0', 'netmon@example.org t1']);
  });

  it('says that the mail server refuses the sign-in, and lets the mail wait', async () => {
    peer = await startPeer(holds('none'));
    tokens = await startTokenPeer((_, count) => token(`t${count}`));
    await assert.rejects(send(), { key: 'smtpToken', temporary: true, needsMending: true });
    assert.equal(tokens.asked.length, 2);
  });

  it('says what the token server said, and lets the mail wait', async () => {
    peer = await startPeer(holds('t0'));
    tokens = await startTokenPeer(() => error('invalid_client', 401));
    await assert.rejects(send(), { key: 'tokenClient', temporary: true, needsMending: true });
    assert.deepEqual(peer.mails, []);
  });
});
