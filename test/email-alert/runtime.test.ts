import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import emailAlert from '../../nodes/email-alert/runtime.ts';
import { StateFile } from '../../nodes/shared/red/state-file.ts';
import smtpServer from '../../nodes/smtp-server/runtime.ts';
import { ca, type Peer, reply, startPeer } from '../shared/mail/peer.ts';
import { startTokenPeer, type TokenAnswer, type TokenPeer } from '../shared/mail/token-peer.ts';
import { catalogue } from '../support/catalogue.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Flow, load, unload } from '../support/flow.ts';
import { alert, recovery } from './alerts.ts';

const settings = { from: 'Netmon <n@example.org>', to: 'a@example.org, b@example.org' };

describe('netmon-email-alert', () => {
  let peer: Peer;
  let clock: FakeClock;
  let userDir: string;
  let flow: Flow;
  let admin: NodeAPI['httpAdmin'];
  let statuses: string[];
  let completed: (string | undefined)[];

  const start = async (config: object = {}, credentials: object = {}, server: object = {}) => {
    helper.settings({ userDir });
    const english = catalogue('en-US', 'email-alert');
    const register = (RED: NodeAPI) => {
      admin = RED.httpAdmin;
      emailAlert(Object.assign(Object.create(RED) as NodeAPI, { _: english }), clock);
    };
    flow = await load(
      [smtpServer, register],
      [
        { id: 'server', type: 'netmon-smtp-server', ...peer.settings, ...server },
        {
          id: 'mail',
          type: 'netmon-email-alert',
          server: 'server',
          ...settings,
          wires: [['out']],
          ...config,
        },
        { id: 'out', type: 'helper' },
      ],
      { server: credentials },
    );
    const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
      'mail',
    );
    node.on(
      'call:status' as never,
      ((call: { firstArg: { text: string } }) =>
        statuses.push(call.firstArg.text.replace(/ · .*| \(.*|127\.0\.0\.1:\d+/g, ''))) as never,
    );
    node._complete = (_message, error) => {
      completed.push(error as string | undefined);
      node.emit('completed');
    };
  };
  const send = (payload: unknown, more = {}) => flow.send('mail', { payload, ...more });
  const told = async (status: string) => {
    while (statuses.at(-1) !== status) await once(flow.node('mail'), 'call:status');
  };
  const ended = () => once(flow.node('mail'), 'completed');
  const state = async () =>
    JSON.parse(await readFile(join(userDir, 'netmon', 'mail.json'), 'utf8')) as {
      queue: unknown[];
      mailed: unknown[];
    };

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-'));
    clock = new FakeClock({ steady: Date.now() });
    statuses = [];
    completed = [];
  });
  afterEach(async () => {
    await unload();
    await peer.close();
    await rm(userDir, { recursive: true });
  });

  it('mails an alert and tells what the server said', async () => {
    peer = await startPeer();
    await start({ cc: 'Käthe <c@example.org>', bcc: 'd@example.org' });
    const out = flow.received('out');
    send(alert({ labels: { device: 'core\r\nBcc: x@example.org', port: '<b>' } }), { topic: 't' });
    const { payload, alerts, topic } = await out;
    assert.deepEqual(payload, {
      accepted: ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'],
      rejected: [],
      messageId: peer.mails[0]!.messageId,
      response: '250 kept',
      subject: 'Critical: CPU usage · core Bcc: x@example.org · 93 %',
    });
    assert.equal((alerts as unknown[]).length, 1);
    assert.equal(topic, 't');

    const mail = peer.mails[0]!;
    assert.equal(mail.subject, 'Critical: CPU usage · core Bcc: x@example.org · 93 %');
    assert.equal(mail.from?.text, '"Netmon" <n@example.org>');
    assert.equal(mail.bcc, undefined);
    assert.deepEqual(mail.envelope.to, (payload as { accepted: string[] }).accepted);
    assert.match(mail.messageId!, /^<[0-9a-f-]{36}@example\.org>$/);
    assert.match(mail.text!, /^Device: core Bcc: x@example\.org$/m);
    assert.match(mail.html as string, /&lt;b&gt;/);
    assert.deepEqual(completed, [undefined]);
    assert.deepEqual(statuses, ['no mail yet', 'sending', '1 sent']);
  });

  it('mails a list as one, and nothing is lost with a bad alert in it', async () => {
    peer = await startPeer();
    await start();
    const node = flow.node('mail');
    const error = once(node, 'call:error');
    const out = flow.received('out');
    const hostile = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    send([alert(), { ...alert(), labels: hostile }, alert({ fingerprint: 'f2' })]);
    const { payload } = await out;
    assert.match((payload as { subject: string }).subject, /\(\+1\)$/);
    const [call] = (await error) as [{ firstArg: string }];
    assert.match(call.firstArg, /^msg\.payload, entry 2, Labels, __proto__: expected a label name/);
  });

  it('refuses what is no alert', async () => {
    peer = await startPeer();
    await start();
    send(7);
    await ended();
    assert.deepEqual(completed, ['msg.payload: expected an object, but got 7']);
  });

  it('tries again while the server asks to come back', async () => {
    peer = await startPeer({}, (count) => {
      if (count < 2) throw reply(451, 'later');
    });
    await start();
    const out = flow.received('out');
    send(alert());
    await clock.jump();
    await clock.jump();
    await out;
    assert.deepEqual(clock.lengths, [5_000, 15_000]);
    assert.deepEqual(statuses, [
      'no mail yet',
      'sending',
      'retrying in 5 s, 1 waiting: : refused the mail',
      'sending',
      'retrying in 15 s, 1 waiting: : refused the mail',
      'sending',
      '1 sent',
    ]);
    assert.equal(peer.mails.length, 1);
  });

  it('names recipients that were refused beside others', async () => {
    peer = await startPeer({
      onRcptTo: (to, _session, done) =>
        done(to.address.startsWith('b') ? reply(550, 'gone') : null),
    });
    await start();
    const out = flow.received('out');
    const warned = once(flow.node('mail'), 'call:warn');
    send(alert());
    const { payload } = await out;
    assert.deepEqual((payload as { rejected: string[] }).rejected, ['b@example.org']);
    const [call] = (await warned) as [{ firstArg: string }];
    assert.equal(call.firstArg, 'refused: b@example.org (550 gone)');
  });

  it('mails 150 alerts of 150 messages in two mails', async () => {
    peer = await startPeer();
    await start();
    const names = Array.from({ length: 150 }, (_, i) => `f${i}`);
    for (const fingerprint of names) send(alert({ fingerprint, summary: `<${fingerprint}>` }));
    await peer.arrived(2);
    assert.match(peer.mails[1]!.subject!, /\(\+148\)$/);
    const told = peer.mails.flatMap((mail) => mail.text!.match(/(?<=<)f\d+(?=>)/g) ?? []);
    assert.deepEqual(told, names);
    await unload();
    assert.equal(completed.filter((error) => error === undefined).length, 150);
  });

  it('asks a recipient again later, alone, that the server put off', async () => {
    let greylisted = 0;
    peer = await startPeer({
      onRcptTo: (to, _session, done) =>
        done(to.address.startsWith('b') && greylisted++ === 0 ? reply(450, 'Greylisted') : null),
    });
    await start();
    const out = flow.received('out');
    send(alert());
    const { payload } = await out;
    const { accepted, rejected, deferred } = payload as Record<string, string[]>;
    assert.deepEqual([accepted, rejected, deferred], [['a@example.org'], [], ['b@example.org']]);
    const later = flow.received('out');
    await clock.jump();
    const second = (await later).payload as Record<string, unknown>;
    assert.deepEqual(second.accepted, ['b@example.org']);
    assert.equal(second.messageId, peer.mails[0]!.messageId);
    assert.deepEqual(
      peer.mails.map((mail) => mail.envelope.to),
      [['a@example.org'], ['b@example.org']],
    );
  });

  it('tells of a wrong password once and tries it rarely', async () => {
    let logins = 0;
    peer = await startPeer({
      onAuth: (_auth, _session, done) => {
        if (++logins < 3) done(reply(535, 'no'));
        else done(null, { user: 'u' });
      },
    });
    await start({}, { user: 'u', password: 'wrong' }, { security: 'starttls', ca });
    const errors: string[] = [];
    flow
      .node('mail')
      .on(
        'call:error' as never,
        ((call: { firstArg: string }) => errors.push(call.firstArg)) as never,
      );
    for (let i = 0; i < 20; i++) send(alert({ fingerprint: `f${i}` }));
    await clock.timerSet();
    assert.equal(logins, 1);
    await clock.jump();
    await clock.jump();
    await peer.arrived(2);
    assert.deepEqual(clock.lengths, [60_000, 300_000]);
    assert.equal(errors.length, 1);
    assert.match(errors[0]!, /^retrying in 1 min, 20 waiting: .*refused the user or password/);
  });

  it('keeps a waiting mail over a restart and sends it then', async () => {
    let refuse = true;
    peer = await startPeer({}, () => {
      if (refuse) throw reply(451, 'later');
    });
    await start();
    send(alert());
    await clock.timerSet();
    await unload();
    assert.deepEqual(completed, [undefined]);
    assert.equal((await state()).queue.length, 1);

    refuse = false;
    await start();
    await peer.arrived(1);
    send(recovery());
    await peer.arrived(2);
    assert.equal(peer.mails[1]!.inReplyTo, peer.mails[0]!.messageId);
  });

  it('loses nothing where it closes before it has read what waits', async () => {
    peer = await startPeer({}, () => {
      throw reply(451, 'later');
    });
    await start();
    send(alert());
    await clock.timerSet();
    await unload();
    await start();
    await unload();
    assert.equal((await state()).queue.length, 1);
  });

  // A pipe in the file's place is read only when the test writes to it.
  it('overwrites nothing where it closes while it still reads what waits', async function () {
    if (process.platform === 'win32') this.skip();
    peer = await startPeer({}, () => {
      throw reply(451, 'later');
    });
    await start();
    send(alert());
    await clock.timerSet();
    await unload();
    const path = join(userDir, 'netmon', 'mail.json');
    const kept = await readFile(path, 'utf8');
    await rm(path);
    await promisify(execFile)('mkfifo', [path]);
    await start();
    const pipe = await open(path, 'w');
    let closed = false;
    const closing = unload().then(() => (closed = true));
    // As long as many writes of a state take: closing would have ended with its own.
    const other = new StateFile(join(userDir, 'other.json'));
    for (let i = 0; i < 20 && !closed; i++) await other.write(() => i);
    assert.equal(closed, false);
    await pipe.writeFile(kept);
    await pipe.close();
    await closing;
    assert.equal((await state()).queue.length, 1);
  });

  it('neither loses nor doubles a mail when it is redeployed in its middle', async () => {
    let arrive = () => {};
    const inside = new Promise<void>((resolve) => (arrive = resolve));
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    peer = await startPeer({}, async () => {
      arrive();
      await held;
    });
    await start();
    send(alert());
    await inside;
    const closing = unload();
    answer();
    await closing;
    assert.deepEqual((await state()).queue, []);
    await start();
    send(recovery());
    await peer.arrived(2);
    assert.deepEqual(
      peer.mails.map((mail) => mail.subject),
      ['Critical: CPU usage · core-1 · 93 %', 'Resolved: CPU usage · core-1 · 41 %'],
    );
  });

  it('breaks a mail off that does not end, and sends it after the restart', async () => {
    let arrive = () => {};
    const inside = new Promise<void>((resolve) => (arrive = resolve));
    peer = await startPeer({}, async (count) => {
      if (count > 0) return;
      arrive();
      await new Promise(() => {});
    });
    await start();
    send(alert());
    await inside;
    const closing = unload();
    await clock.jump();
    await closing;
    assert.deepEqual(clock.lengths, [10_000]);
    assert.equal((await state()).queue.length, 1);
    await start();
    await peer.arrived(1);
  });

  it('puts a state aside that cannot be read, and loses no more than what is damaged', async () => {
    peer = await startPeer();
    await start();
    await unload();
    const mailed = [['f1', { startsAt: 1, messageId: '<1@example.org>' }]];
    await writeFile(join(userDir, 'netmon', 'mail.json'), JSON.stringify({ queue: 7, mailed }));
    await start();
    const out = flow.received('out');
    send(recovery());
    await out;
    assert.equal(peer.mails[0]!.inReplyTo, '<1@example.org>');
    await unload();
    assert.ok((await readdir(join(userDir, 'netmon'))).includes('mail.json.damaged'));
    assert.deepEqual((await state()).queue, []);
  });

  it('has a Message-ID in ASCII', async () => {
    peer = await startPeer();
    await start({ from: 'n@münchen.example' });
    send(alert());
    await peer.arrived(1);
    assert.match(peer.mails[0]!.messageId!, /@xn--mnchen-3ya\.example>$/);
  });

  it('waits while its server has a bad setting, and tells of it once', async () => {
    peer = await startPeer();
    await start({}, {}, { host: 'not a host' });
    const errors: string[] = [];
    flow
      .node('mail')
      .on(
        'call:error' as never,
        ((call: { firstArg: string }) => errors.push(call.firstArg)) as never,
      );
    const reason =
      'settings of the mail server: Host: expected a host name or an IP address, but got "not a host"';
    send(alert());
    await told(`retrying in 5 s, 1 waiting: ${reason}`);
    await clock.jump();
    await told(`retrying in 15 s, 1 waiting: ${reason}`);
    assert.deepEqual(errors, [`retrying in 5 s, 1 waiting: ${reason}`]);
    assert.deepEqual(completed, []);
    await unload();
    await start();
    await peer.arrived(1);
  });

  it('tells of a setting that is wrong with every message', async () => {
    peer = await startPeer();
    await start({ to: 'nobody' });
    send(alert());
    await ended();
    assert.match(completed[0]!, /^To: expected a mail address such as .*, but got "nobody"$/);
  });

  it('waits while it has no server, and mails once it has one', async () => {
    peer = await startPeer();
    await start({ server: '' });
    send(alert());
    await told('retrying in 5 s, 1 waiting: no mail server is chosen');
    assert.deepEqual(completed, []);
    await unload();
    assert.equal((await state()).queue.length, 1);
    await start();
    await peer.arrived(1);
  });

  it('waits while a later Netmon saved its server, and tells why', async () => {
    peer = await startPeer();
    await start({}, {}, { version: 99 });
    send(alert());
    const reason = 'settings of the mail server: the settings were saved by a later Netmon';
    await told(`retrying in 5 s, 1 waiting: ${reason}`);
  });

  it('waits where its server is a node of another kind', async () => {
    peer = await startPeer();
    await start({ server: 'out' });
    send(alert());
    await told('retrying in 5 s, 1 waiting: no mail server is chosen');
  });

  it('mails a group as one, in one conversation, by the name of its topic', async () => {
    peer = await startPeer();
    await start();
    const group = { key: 'site="b"\n', labels: {}, status: 'firing', reason: 'first' };
    const both = [alert(), alert({ fingerprint: 'f2', severity: 'warning' })];
    send(both, { topic: 'Hall\n3', group });
    await peer.arrived(1);
    send(both, { topic: 'Hall 3', group: { ...group, reason: 'repeat' } });
    await peer.arrived(2);
    const [first, second] = peer.mails;
    assert.equal(first!.subject, 'Critical: Hall 3 (+1)');
    assert.equal(second!.inReplyTo, first!.messageId);
    assert.match(second!.text!, /^This was told before and is not over\.$/m);
  });

  it('refuses a group that is none', async () => {
    peer = await startPeer();
    await start();
    send([alert()], { group: { key: '' } });
    await ended();
    assert.match(completed[0]!, /^group, key is empty/);
  });

  it('mails without pictures where the history cannot be read, and says so once', async () => {
    peer = await startPeer();
    await start({ history: 'gone' });
    const warnings: string[] = [];
    flow
      .node('mail')
      .on(
        'call:warn' as never,
        ((call: { firstArg: string }) => warnings.push(call.firstArg)) as never,
      );
    send(alert());
    await peer.arrived(1);
    send(alert({ fingerprint: 'f2' }));
    await peer.arrived(2);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^mails have no pictures: /);
    assert.doesNotMatch(String(peer.mails[0]!.html), /<img/);
  });

  describe('with a login by token', () => {
    const tls = { security: 'starttls', ca };
    let tokens: TokenPeer;
    let seen: string[];
    const login = (good: string) =>
      startPeer({
        authMethods: ['XOAUTH2'],
        onAuth: ({ accessToken }, _session, done) => {
          seen.push(String(accessToken));
          if (accessToken === good) done(null, { user: 'u' });
          else done(null, { data: { status: '401', schemes: 'bearer', scope: '' } });
        },
      });
    const person = () => ({
      ...{ ...tls, login: 'microsoftUser', clientId: 'c', tokenServer: tokens.origin },
    });
    const secrets = { user: 'n@example.org', refreshToken: 'r1' };

    beforeEach(() => (seen = []));
    afterEach(() => tokens.close());

    it('goes on after a restart with the refresh token that the provider gave last', async () => {
      peer = await login('t');
      tokens = await startTokenPeer((_, count) => ({
        body: { access_token: 't', expires_in: 3600, refresh_token: `r${count + 2}` },
      }));
      await start({}, secrets, person());
      send(alert());
      await peer.arrived(1);
      await unload();
      const kept = await readFile(join(userDir, 'netmon', 'server.json'), 'utf8');
      assert.doesNotMatch(kept, /"r2"/);
      await start({}, secrets, person());
      send(recovery());
      await peer.arrived(2);
      await unload();
      // Someone signed in anew: what was kept no longer counts.
      await start({}, { ...secrets, refreshToken: 'anew' }, person());
      send(alert({ startsAt: 1 }));
      await peer.arrived(3);
      assert.deepEqual(
        tokens.asked.map(({ form }) => form.refresh_token),
        ['r1', 'r2', 'anew'],
      );
    });

    it('loses nothing while the token server is away, refuses, or gives what has expired', async () => {
      peer = await login('good');
      const answers: TokenAnswer[] = [
        { status: 503, body: 'away' },
        { status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } },
        { body: { access_token: 'old', expires_in: 3600 } },
        { body: { access_token: 'good', expires_in: 3600 } },
      ];
      tokens = await startTokenPeer((_, count) => answers[count]!);
      await start({}, secrets, person());
      const errors: string[] = [];
      flow
        .node('mail')
        .on(
          'call:error' as never,
          ((call: { firstArg: string }) => errors.push(call.firstArg)) as never,
        );
      send(alert());
      await clock.jump();
      await clock.jump();
      await peer.arrived(1);
      assert.deepEqual(clock.lengths, [5_000, 300_000]);
      assert.deepEqual(seen, ['old', 'good']);
      assert.equal(errors.length, 1);
      assert.match(errors[0]!, /1 waiting: .*sign in again in the dialog .* \(revoked\)$/);
    });

    it('says which setting is missing', async () => {
      peer = await login('t');
      tokens = await startTokenPeer(() => ({ body: {} }));
      await start({}, { user: 'n@example.org' }, person());
      send(alert());
      await told(
        'retrying in 5 s, 1 waiting: settings of the mail server: Refresh token is empty: give a text',
      );
      assert.equal(tokens.asked.length, 0);
    });
  });

  describe('test mail', () => {
    let server: Server | undefined;
    const ask = async (body: object): Promise<Record<string, unknown>> => {
      server = admin.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/netmon/email-alert/test-mail`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      return { ...answer, status: response.status };
    };
    const request = (server = {}, credentials = {}) => ({
      settings,
      serverId: 'server',
      server: { ...peer.settings, ...server },
      credentials,
    });
    const login = (logins: unknown[]) =>
      startPeer({
        onAuth: (auth, _session, done) => {
          logins.push(auth.password);
          done(null, { user: 'u' });
        },
      });

    afterEach(() => server?.close());

    it('goes out with the settings of the dialog', async () => {
      peer = await startPeer();
      await start();
      const answer = await ask({ ...request(), settings: { ...settings, subject: 'S {{name}}' } });
      assert.equal(answer.status, 200);
      assert.equal(answer.subject, 'S Test mail');
      assert.deepEqual(answer.accepted, ['a@example.org', 'b@example.org']);
      assert.equal(peer.mails[0]!.subject, 'S Test mail');
    });

    it('logs in with what was typed, else with what is kept', async () => {
      const logins: unknown[] = [];
      peer = await login(logins);
      const tls = { security: 'starttls', ca };
      await start({}, { user: 'u', password: 'kept' }, tls);
      assert.equal((await ask(request(tls, { user: 'u', password: 'typed' }))).status, 200);
      server?.close();
      assert.equal((await ask(request(tls, { user: 'u' }))).status, 200);
      assert.deepEqual(logins, ['typed', 'kept']);
    });

    it('takes a kept password to no other server', async () => {
      const logins: unknown[] = [];
      peer = await login(logins);
      await start({}, { user: 'u', password: 'kept' }, { security: 'starttls', ca });
      const answer = await ask(request({ host: 'localhost', security: 'starttls', ca }));
      assert.equal(answer.status, 400);
      assert.match(String(answer.error), /^the kept password is for 127\.0\.0\.1 only/);
      assert.deepEqual(logins, []);
    });

    it('takes a kept password nowhere else, nor for anyone else', async () => {
      const logins: unknown[] = [];
      peer = await login(logins);
      const tls = { security: 'starttls', ca };
      await start({}, { user: 'u', password: 'kept' }, tls);
      const requests = [
        request({ ...tls, security: 'none' }),
        request({ ...tls, port: peer.settings.port + 1 }),
        request({ ...tls, verify: false }),
        request(tls, { user: 'v' }),
      ];
      for (const body of requests) {
        assert.match(
          String((await ask(body)).error),
          /^the kept password is for 127\.0\.0\.1 only/,
        );
        server?.close();
      }
      await ask({ ...request(tls, { user: 'u' }), serverId: 'mail' });
      assert.ok(!logins.includes('kept'));
    });

    it('tells what is wrong', async () => {
      peer = await startPeer();
      await start();
      const untrusted = await ask(request({ security: 'starttls' }));
      assert.equal(untrusted.status, 400);
      assert.match(String(untrusted.error), /^127\.0\.0\.1:\d+: the certificate is not trusted/);
      server?.close();
      const unset = await ask(request({ host: '' }));
      assert.equal(unset.error, 'give the mail server a host name or an IP address');
    });
  });
});
