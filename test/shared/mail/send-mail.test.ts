import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { type Mail, sendMail, type SmtpServer } from '../../../nodes/shared/mail/send-mail.ts';
import type { SmtpProblem } from '../../../nodes/shared/mail/smtp-problem.ts';
import { ca, type Peer, reply, startPeer } from './peer.ts';

const mail: Mail = {
  from: { name: 'Netmon', address: 'netmon@example.org' },
  to: [
    { name: 'Käthe', address: 'a@example.org' },
    { name: '', address: 'b@example.org' },
  ],
  cc: [],
  bcc: [{ name: '', address: 'hidden@example.org' }],
  subject: 'Größe überschritten: 93 %',
  text: 'text',
  html: '<p>html</p>',
  messageId: '<2@example.org>',
  references: ['<1@example.org>'],
  urgent: true,
};
const never = new AbortController().signal;

describe('sendMail', () => {
  let peer: Peer;
  const start = async (options?: SMTPServerOptions, before?: () => void) =>
    (peer = await startPeer(options, before));
  const send = (settings: Partial<SmtpServer> = {}, signal = never) =>
    sendMail({ ...peer.settings, ...settings }, mail, signal);
  const fails = async (sending: Promise<unknown>, message: string | RegExp, temporary: boolean) => {
    const error: SmtpProblem = await sending.then(
      () => assert.fail('was sent'),
      (e: unknown) => e as SmtpProblem,
    );
    const text = error.message.replace(/127\.0\.0\.1:\d+/, 'server');
    if (typeof message === 'string') assert.equal(text, message);
    else assert.match(text, message);
    assert.equal(error.temporary, temporary);
  };

  afterEach(() => peer.close());

  it('hands a mail over, with blind copies in the envelope only', async () => {
    await start();
    const receipt = await send();
    assert.deepEqual(receipt, {
      accepted: ['a@example.org', 'b@example.org', 'hidden@example.org'],
      rejected: [],
      refusals: [],
      messageId: '<2@example.org>',
      response: '250 kept',
      subject: mail.subject,
    });
    const got = peer.mails[0]!;
    assert.equal(got.subject, mail.subject);
    assert.equal(got.text, 'text');
    assert.equal(got.html, '<p>html</p>');
    assert.equal(got.messageId, '<2@example.org>');
    assert.equal(got.inReplyTo, '<1@example.org>');
    assert.equal(got.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(got.headers.get('priority'), 'high');
    assert.deepEqual(got.envelope.to, receipt.accepted);
    assert.doesNotMatch(got.raw, /hidden/);
  });

  it('encrypts by STARTTLS and from the start, and logs in', async () => {
    const logins: unknown[] = [];
    const onAuth: SMTPServerOptions['onAuth'] = (auth, session, callback) => {
      logins.push([auth.username, auth.password, session.secure]);
      callback(null, { user: 'u' });
    };
    const login = { ca, user: 'netmon', password: 'geheim' };
    await start({ onAuth });
    await send({ security: 'starttls', ...login });
    await send({ security: 'optional', ...login });
    await peer.close();
    await start({ onAuth, secure: true });
    await send({ security: 'tls', ...login });
    assert.deepEqual(logins, Array(3).fill(['netmon', 'geheim', true]));
  });

  it('trusts no other certificate, unless told to take any', async () => {
    await start();
    const untrusted = /^server: the certificate is not trusted \(.*unable to verify.*\)$/;
    await fails(send({ security: 'starttls' }), untrusted, true);
    await fails(send({ security: 'optional' }), untrusted, true);
    await send({ security: 'starttls', verify: false });
    await peer.close();
    await start({ secure: true });
    await fails(send({ security: 'tls' }), untrusted, true);
    assert.equal((await send({ security: 'tls', verify: false })).rejected.length, 0);
  });

  it('sends nothing in the clear where encryption is asked for', async () => {
    await start({ hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'] });
    await fails(send({ security: 'starttls' }), 'server: the server does not offer STARTTLS', true);
    await fails(send({ security: 'tls' }), /^server: no TLS connection \(/, true);
    assert.deepEqual(peer.mails, []);
  });

  it('tells of a wrong password', async () => {
    await start({ onAuth: (_auth, _session, done) => done(reply(535, 'no such user')) });
    await fails(
      send({ security: 'starttls', ca, user: 'netmon', password: 'wrong' }),
      'server: refused the user or password (535 no such user)',
      true,
    );
  });

  it('tells which recipients were refused', async () => {
    await start({
      onRcptTo: (to, _session, done) =>
        done(to.address.startsWith('b') ? reply(550, 'no such mailbox') : null),
    });
    const receipt = await send();
    assert.deepEqual(receipt.accepted, ['a@example.org', 'hidden@example.org']);
    assert.deepEqual(receipt.rejected, ['b@example.org']);
    assert.deepEqual(receipt.refusals, ['550 no such mailbox']);
  });

  for (const [code, temporary] of [
    [550, false],
    [451, true],
  ] as const) {
    it(`takes ${code} for ${temporary ? 'temporary' : 'permanent'}`, async () => {
      await start({ onRcptTo: (_to, _session, done) => done(reply(code, 'sorry')) });
      await fails(send(), `server: refused all recipients (${code} sorry)`, temporary);
      await peer.close();
      await start({}, () => {
        throw reply(code, 'sorry');
      });
      await fails(send(), `server: refused the mail (${code} sorry)`, temporary);
    });
  }

  it('tells who is to be asked again later', async () => {
    await start({
      onRcptTo: (to, _session, done) => {
        if (to.address.startsWith('b')) done(reply(450, 'greylisted'));
        else done(to.address.startsWith('h') ? reply(550, 'no') : null);
      },
    });
    const receipt = await send();
    assert.deepEqual(receipt.accepted, ['a@example.org']);
    assert.deepEqual(receipt.rejected, ['hidden@example.org']);
    assert.deepEqual(receipt.refusals, ['550 no']);
    assert.deepEqual(receipt.deferred, [{ recipient: 'b@example.org', reply: '450 greylisted' }]);
    const later = await sendMail(peer.settings, { ...mail, only: 'a@example.org' }, never);
    assert.deepEqual(later.accepted, ['a@example.org']);
    assert.deepEqual(peer.mails[1]!.envelope.to, ['a@example.org']);
    assert.equal(peer.mails[1]!.headers.get('to') !== undefined, true);
  });

  it('asks nobody again who was refused for good, where it put off the others', async () => {
    await start({
      onRcptTo: (to, _session, done) => done(reply(to.address.startsWith('b') ? 450 : 550, 'no')),
    });
    const receipt = await send();
    assert.deepEqual(receipt.accepted, []);
    assert.deepEqual(receipt.rejected, ['a@example.org', 'hidden@example.org']);
    assert.deepEqual(receipt.deferred, [{ recipient: 'b@example.org', reply: '450 no' }]);
  });

  it('says the name it is told to', async () => {
    const names: string[] = [];
    await start({
      onMailFrom: (_from, session, done) => {
        names.push(session.hostNameAppearsAs);
        done();
      },
    });
    await send({ ehloName: 'netmon.münchen.example' });
    await send({ ehloName: '[192.0.2.1]' });
    assert.deepEqual(names, ['netmon.xn--mnchen-3ya.example', '[192.0.2.1]']);
  });

  it('takes no refusal before the recipients for final', async () => {
    await start({ onMailFrom: (_from, _session, done) => done(reply(552, 'full')) });
    await fails(send(), 'server: refused the mail (552 full)', true);
    await peer.close();
    await start({ onConnect: (_session, done) => done(reply(554, 'go away')) });
    await fails(send(), /^server: .*554/, true);
  });

  it('tells that nobody is there', async () => {
    await start();
    await peer.close();
    await fails(send(), 'server: connection refused', true);
  });

  it('tells that the name is unknown', async () => {
    await start();
    await fails(
      send({ host: 'mail.invalid' }),
      /^mail.invalid:\d+: the host name is unknown$/,
      true,
    );
  });

  describe('with a server of bad manners', () => {
    const raw = async (
      behave: (socket: Socket) => void,
      doing: (port: number) => Promise<void>,
    ) => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        behave(socket);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        await doing((server.address() as AddressInfo).port);
      } finally {
        for (const socket of sockets) socket.destroy();
        server.close();
      }
    };
    // Answers each command until the data begin.
    const converse = (socket: Socket, atData: () => void) => {
      socket.write('220 hello\r\n');
      socket.on('data', (chunk) => {
        const commands = chunk.toString().split('\r\n').filter(Boolean);
        if (commands.some((c) => c.startsWith('DATA'))) atData();
        else socket.write('250 ok\r\n'.repeat(commands.length));
      });
    };

    beforeEach(() => start());

    it('tells that it drops the connection in the middle of the data', () =>
      raw(
        (socket) =>
          converse(socket, () => {
            socket.write('354 go on\r\n');
            socket.removeAllListeners('data').once('data', () => socket.destroy());
          }),
        (port) => fails(send({ port }), 'server: the connection was lost', true),
      ));

    it('tells that it never answers', () =>
      raw(
        () => {},
        (port) => fails(send({ port, timeout: 0.05 }), 'server: no answer in time', true),
      ));

    it('breaks off at once where told to', async () => {
      const stop = new AbortController();
      await raw(
        (socket) => converse(socket, () => stop.abort()),
        (port) => assert.rejects(send({ port }, stop.signal), { name: 'AbortError' }),
      );
    });

    it('ends a mail that a busy server never takes', () =>
      raw(
        (socket) => {
          socket.write('220 hello\r\n');
          const drip = setInterval(() => socket.write('250-x\r\n'), 5);
          socket.on('close', () => clearInterval(drip));
        },
        (port) =>
          fails(
            sendMail({ ...peer.settings, port }, mail, never, 100),
            'server: the mail was not through after 0.1 s',
            true,
          ),
      ));

    it('tells that it answers without end', () =>
      raw(
        (socket) => socket.write(`220-${'x'.repeat(2_000_000)}`),
        (port) => fails(send({ port }), /^server: /, true),
      ));

    for (const code of [354, 600, 999]) {
      it(`takes the nonsense code ${code} for nothing final`, () =>
        raw(
          (socket) => {
            socket.write('220 hello\r\n');
            socket.on('data', (chunk) =>
              socket.write(
                chunk
                  .toString()
                  .split('\r\n')
                  .filter(Boolean)
                  .map((c) => (c.startsWith('RCPT') ? `${code} what` : '250 ok'))
                  .join('\r\n') + '\r\n',
              ),
            );
          },
          (port) => fails(send({ port }), /^server: /, true),
        ));
    }

    it('tells that it speaks something else', () =>
      raw(
        (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
        (port) => fails(send({ port }), /^server: /, true),
      ));
  });
});
