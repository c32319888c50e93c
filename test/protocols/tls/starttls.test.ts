import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { StarttlsProtocol } from '../../../nodes/protocols/tls/fields.ts';
import { tlsNetwork } from '../../../nodes/protocols/tls/network.ts';
import { startPeer } from '../../shared/mail/peer.ts';

const never = new AbortController().signal;
const pem = (name: string) =>
  readFileSync(new URL(`../../support/tls/${name}.pem`, import.meta.url), 'utf8');
const ca = pem('ca');

/** A step of a server's side: what it waits for, and what it then says. */
type Step = [heard: string, said: string];

const ldapRequest = '\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037';
const ldapAnswer = (code: number) =>
  String.fromCharCode(0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, code, 4, 0, 4, 0);

const dialogues: Record<StarttlsProtocol, { greeting: string; steps: Step[] }> = {
  smtp: {
    greeting: '220-mail.example.org\r\n220 ready\r\n',
    steps: [
      ['EHLO [127.0.0.1]\r\n', '250-mail.example.org\r\n250 STARTTLS\r\n'],
      ['STARTTLS\r\n', '220 go ahead\r\n'],
    ],
  },
  imap: {
    greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n',
    steps: [['a STARTTLS\r\n', '* CAPABILITY IMAP4rev1\r\na OK begin\r\n']],
  },
  pop3: { greeting: '+OK ready\r\n', steps: [['STLS\r\n', '+OK begin\r\n']] },
  ftp: { greeting: '220 ready\r\n', steps: [['AUTH TLS\r\n', '234 begin\r\n']] },
  ldap: { greeting: '', steps: [[ldapRequest, ldapAnswer(0)]] },
  postgresql: { greeting: '', steps: [['\0\0\0\x08\x04\xd2\x16\x2f', 'S']] },
};

describe('A certificate behind STARTTLS', () => {
  let server: Server;
  let sockets: Socket[];

  const listen = async (serve: (socket: Socket) => void) => {
    sockets = [];
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      serve(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const secure = (socket: Socket) => {
    new TLSSocket(socket, { isServer: true, key: pem('key'), cert: pem('server') }).on(
      'error',
      () => {},
    );
  };
  // Says each step's words in two pieces, as a network may.
  const follow = (socket: Socket, { greeting, steps }: { greeting: string; steps: Step[] }) => {
    const left = [...steps];
    socket.write(greeting.slice(0, 3), 'latin1');
    socket.write(greeting.slice(3), 'latin1');
    const hear = (heard: Buffer) => {
      const [wanted, said] = left.shift()!;
      assert.equal(heard.toString('latin1'), wanted);
      if (left.length > 0) {
        socket.write(said, 'latin1');
        return;
      }
      socket.off('data', hear);
      socket.pause();
      socket.write(said, 'latin1', () => secure(socket));
    };
    socket.on('data', hear);
  };

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  for (const [protocol, dialogue] of Object.entries(dialogues)) {
    it(`is read from a server of ${protocol}`, async () => {
      const port = await listen((socket) => follow(socket, dialogue));
      const starttls = protocol as StarttlsProtocol;
      const reply = await tlsNetwork.tls({ host: '127.0.0.1', port, starttls, ca }, never);
      assert.equal(reply.problem, undefined);
      assert.ok(reply.validTo > Date.UTC(2100, 0));
    });
  }

  for (const [name, starttls, greeting, answers, message] of [
    [
      'a mail server without TLS',
      'smtp',
      '220 ready\r\n',
      ['250 mail.example.org\r\n', '502 no such command\r\n'],
      'the server does not go over to TLS (502 no such command)',
    ],
    [
      'another greeting',
      'imap',
      'HTTP/1.1 400 Bad Request\r\n',
      [],
      'the server does not go over to TLS (HTTP/1.1 400 Bad Request)',
    ],
    [
      'a refusal',
      'imap',
      '* OK ready\r\n',
      ['a BAD no\r\n'],
      'the server does not go over to TLS (a BAD no)',
    ],
    [
      'a directory that refuses',
      'ldap',
      '',
      [ldapAnswer(52)],
      'the server does not go over to TLS (LDAP result 52)',
    ],
    ['a database without TLS', 'postgresql', '', ['N'], 'the server does not go over to TLS (N)'],
    [
      'words that came too early',
      'pop3',
      '+OK ready\r\n',
      ['+OK begin\r\n+OK injected\r\n'],
      'the server does not go over to TLS (+OK injected)',
    ],
    [
      'endless words',
      'smtp',
      '220-x\r\n'.repeat(10_000),
      [],
      'the server does not go over to TLS ()',
    ],
  ] as const) {
    it(`tells of ${name}`, async () => {
      const port = await listen((socket) => {
        const left = [...answers];
        if (greeting !== '') socket.write(greeting);
        socket.on('data', () => socket.write(left.shift() ?? '', 'latin1'));
      });
      await assert.rejects(tlsNetwork.tls({ host: '127.0.0.1', port, starttls }, never), {
        name: 'Problem',
        message,
      });
    });
  }

  it('tells of a server that hangs up in between', async () => {
    const port = await listen((socket) => socket.end('220 ready\r\n'));
    await assert.rejects(tlsNetwork.tls({ host: '127.0.0.1', port, starttls: 'smtp' }, never), {
      message: 'the connection was lost before the answer was complete',
    });
  });

  it('ends at once when it is aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('closed');
    const port = await listen(() => abort.abort(reason));
    await assert.rejects(
      tlsNetwork.tls({ host: '127.0.0.1', port, starttls: 'smtp' }, abort.signal),
      reason,
    );
  });

  it('is read from a real mail server', async () => {
    const peer = await startPeer();
    const { port } = peer.settings;
    sockets = [];
    server = createServer();
    const reply = await tlsNetwork.tls({ host: '127.0.0.1', port, starttls: 'smtp', ca }, never);
    assert.ok(reply.validTo > Date.UTC(2100, 0));
    await peer.close();
  });
});
