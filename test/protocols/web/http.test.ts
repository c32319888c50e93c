import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import type { Secrets } from '../../../nodes/protocols/protocol.ts';
import { ca, closeAll, listen } from '../peer.ts';

const never = new AbortController().signal;
const login = { user: 'u', secret: 's' };

async function ask(config: Partial<AccessConfig>, address: string, secrets: Secrets = login) {
  const access = new Access(
    { ...defaults, protocol: 'http', retries: 0, url: 'http://{address}/', ...config },
    secrets,
  );
  try {
    return await access.poll(address, never);
  } finally {
    await access.close();
  }
}

// Has the whole answer come back as it was.
const mapped = {
  mappingType: 'jsonata',
  mapping: '{"readings": [{"metric": "told", "value": 1, "info": {"body": $string({"it": $$})}}]}',
} as const;

async function document(config: Partial<AccessConfig>, address: string, secrets?: Secrets) {
  const { snapshot } = await ask({ ...mapped, ...config }, address, secrets);
  const [reading] = snapshot.readings ?? [];
  return (JSON.parse(reading!.info!.body!) as { it: unknown }).it;
}

/** Why a page does not pass; undefined where it does. */
async function checkPage(config: Partial<AccessConfig>, address: string) {
  const answer = await ask({ protocol: 'http-check', ...config }, address);
  return answer.down?.message;
}

/** What reached a server, as it came. */
function told(asked: IncomingMessage, body = '') {
  const { method, headers } = asked;
  return [method, headers.authorization, headers['x-key'], headers['content-type'], body];
}

describe('HTTP redirects', () => {
  afterEach(closeAll);

  /** A server that redirects to another, which tells what reached it. */
  async function pair(status: number) {
    const end = await listen((request, response) => {
      void text(request).then((body) => response.end(JSON.stringify(told(request, body))));
    });
    const start = await listen((request, response) => {
      if (request.url === '/end') {
        void text(request).then((body) => response.end(JSON.stringify(told(request, body))));
        return;
      }
      const away = request.url === '/away';
      const location = away ? `http://${end.address}/end` : '/end';
      response.writeHead(status, { location }).end();
    });
    return start.address;
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`${status}: gives another port no credentials`, async () => {
      const address = await pair(status);
      const url = 'http://{address}/away';
      const none = ['GET', null, null, null, ''];
      assert.deepEqual(await document({ url, authentication: 'basic' }, address), none);
      assert.deepEqual(
        await document({ url, authentication: 'key', keyHeader: 'X-Key' }, address),
        none,
      );
    });

    it(`${status}: keeps them at home, and a POST as it asks`, async () => {
      const address = await pair(status);
      const basic = `Basic ${btoa('u:s')}`;
      assert.deepEqual(
        await document({ authentication: 'basic', body: '{"a":1}' }, address),
        status >= 307
          ? ['POST', basic, null, 'application/json', '{"a":1}']
          : ['GET', basic, null, null, ''],
      );
    });

    it(`${status}: takes no body to another port`, async () => {
      const address = await pair(status);
      const asked = document({ url: 'http://{address}/away', body: '{"a":1}' }, address);
      if (status < 307) assert.deepEqual(await asked, ['GET', null, null, null, '']);
      else await assert.rejects(asked, { message: /^redirected to another host \(127/ });
    });
  }

  it('does not give credentials back once the redirects were elsewhere', async () => {
    let asked = 0;
    const start = await listen((request, response) => {
      const again = asked++ > 0;
      const location = `http://${end.address}/`;
      if (again) response.end(JSON.stringify(told(request)));
      else response.writeHead(302, { location }).end();
    });
    const end = await listen((_, response) => {
      response.writeHead(302, { location: `http://${start.address}/` }).end();
    });
    assert.deepEqual(await document({ authentication: 'basic' }, start.address), [
      'GET',
      null,
      null,
      null,
      '',
    ]);
  });

  it('says that the login does not go along where it is missed', async () => {
    const end = await listen((_, response) => response.writeHead(401).end());
    const { address } = await listen((_, response) => {
      response.writeHead(302, { location: `http://${end.address}/` }).end();
    });
    await assert.rejects(document({ authentication: 'bearer' }, address), {
      message: `redirected to http://${end.address}, where the login does not go: set that as the address`,
    });
  });

  for (const location of [undefined, '', ' ']) {
    it(`asks once where there is no address (${JSON.stringify(location)})`, async () => {
      let asked = 0;
      const { address } = await listen((_, response) => {
        asked++;
        response.writeHead(302, location === undefined ? {} : { location }).end();
      });
      await assert.rejects(document({}, address), {
        message: 'redirected without a proper address',
      });
      assert.equal(asked, 1);
    });
  }

  it('keeps the cookies of a login page for the very origin that set them', async () => {
    const end = await listen((request, response) => {
      response.writeHead(request.headers.cookie === undefined ? 200 : 500).end();
    });
    const { address, port } = await listen((request, response) => {
      const { cookie } = request.headers;
      if (cookie === undefined) {
        const cookies = ['id=1; Path=/; HttpOnly', 'old=2; Max-Age=0', 'sub=3; Path=/sub'];
        response.writeHead(302, { location: '/', 'set-cookie': cookies }).end();
      } else if (cookie === 'id=1') {
        const location = `http://localhost:${end.port}/`;
        response.writeHead(302, { location }).end();
      } else {
        response.writeHead(500).end(cookie);
      }
    });
    assert.notEqual(port, end.port);
    const { server } = end;
    server.close();
    server.listen(end.port, 'localhost');
    await once(server, 'listening');
    assert.equal(await checkPage({ authentication: 'basic' }, address), undefined);
  });
});

describe('HTTP digest login', () => {
  afterEach(closeAll);

  interface Asked {
    algorithm?: string;
    hash?: string;
    qop?: string;
    stale?: boolean;
  }

  /** A server that checks as RFC 7616 says, with nonces that hold for `uses` requests. */
  async function protectedPeer({ algorithm, hash = 'md5', qop }: Asked, uses = 100) {
    let nonce = 0;
    let used = 0;
    const counts: string[] = [];
    const peer = await listen((request, response: ServerResponse) => {
      void text(request).then((body) => {
        const header = request.headers.authorization ?? '';
        const field = (name: string) =>
          new RegExp(`[ ,]${name}="?((?:[^",\\\\]|\\\\.)*)"?`).exec(header)?.[1];
        const h = (...parts: (string | undefined)[]) =>
          createHash(hash).update(parts.join(':')).digest('hex');
        const secret = h('u"x', 'a, realm', 'pä:s');
        const first = algorithm?.endsWith('-sess')
          ? h(secret, field('nonce'), field('cnonce'))
          : secret;
        const second =
          field('qop') === 'auth-int'
            ? h(request.method, request.url, h(body))
            : h(request.method, request.url);
        const expected = field('qop')
          ? h(first, field('nonce'), field('nc'), field('cnonce'), field('qop'), second)
          : h(first, field('nonce'), second);
        const isRight = field('response') === expected && field('uri') === request.url;
        const isFresh = field('nonce') === `n${nonce}` && used++ < uses;
        if (isRight && isFresh && field('opaque') === 'o=' && field('username') === 'u\\"x') {
          counts.push(`${field('nonce')!} ${field('nc') ?? ''}`);
          response.end('{"told": 1}');
          return;
        }
        used = 0;
        nonce++;
        const more = [
          ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
          ...(qop === undefined ? [] : [`qop="${qop}"`]),
          ...(isRight ? ['stale=true'] : []),
        ].map((one) => `, ${one}`);
        response
          .writeHead(401, {
            'www-authenticate': [
              'Negotiate',
              `Digest realm="a, realm", nonce="n${nonce}", opaque="o="${more.join('')}, Basic realm="b"`,
            ],
          })
          .end();
      });
    });
    return { ...peer, counts };
  }

  const secrets = { user: 'u"x', secret: 'pä:s' };

  for (const asked of [
    {},
    { qop: 'auth' },
    { algorithm: 'MD5', qop: 'auth-int,auth' },
    { algorithm: 'MD5-sess', qop: 'auth' },
    { algorithm: 'SHA-256', hash: 'sha256', qop: 'auth' },
    { algorithm: 'SHA-256-sess', hash: 'sha256', qop: 'auth' },
    { algorithm: 'SHA-512-256', hash: 'sha512-256', qop: 'auth' },
    { qop: 'auth-int' },
  ]) {
    it(`logs in: ${JSON.stringify(asked)}`, async () => {
      const { address } = await protectedPeer(asked);
      const config = { authentication: 'digest', url: 'http://{address}/a?b=c' } as const;
      assert.deepEqual(await document(config, address, secrets), { told: 1 });
      assert.deepEqual(await document({ ...config, body: '{"x":1}' }, address, secrets), {
        told: 1,
      });
    });
  }

  it('counts the uses of a nonce over the polls, and takes a new one when it is stale', async () => {
    const { address, counts } = await protectedPeer({ qop: 'auth' }, 2);
    const access = new Access(
      {
        ...defaults,
        protocol: 'http',
        ...mapped,
        url: 'http://{address}/',
        authentication: 'digest',
        retries: 0,
      },
      secrets,
    );
    for (let i = 0; i < 3; i++) await access.poll(address, never);
    await access.close();
    assert.deepEqual(counts, ['n1 00000001', 'n1 00000002', 'n2 00000001']);
  });

  it('gives up a wrong password after one try', async () => {
    let asked = 0;
    const { address } = await listen((_, response) => {
      asked++;
      response.writeHead(401, { 'www-authenticate': `Digest realm="r", nonce="${asked}"` }).end();
    });
    await assert.rejects(document({ authentication: 'digest' }, address), {
      message: 'the credentials were refused (status 401)',
    });
    assert.equal(asked, 2);
  });

  it('says which login a device asks for', async () => {
    const peer = (header: string) =>
      listen((_, response) => response.writeHead(401, { 'www-authenticate': header }).end());
    const digest = await peer('Digest realm="r", nonce="n"');
    await assert.rejects(document({ authentication: 'basic' }, digest.address), {
      message: /asks for a digest login/,
    });
    let sent: string | undefined;
    const basic = await listen((request, response) => {
      sent ??= request.headers.authorization;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    });
    await assert.rejects(document({ authentication: 'digest' }, basic.address), {
      message: /without digest/,
    });
    assert.equal(sent, undefined);
  });
});

describe('HTTP bodies of all kinds', () => {
  afterEach(closeAll);

  const serve = (body: Buffer | string, headers: Record<string, string> = {}) =>
    listen((_, response) => response.writeHead(200, headers).end(body));
  const utf16 = (value: string) => Buffer.from(`\ufeff${value}`, 'utf16le');

  for (const [name, type, body] of [
    ['UTF-8 with a byte order mark', 'application/json', '\ufeff["ü"]'],
    ['UTF-16', 'application/json', utf16('["ü"]')],
    ['UTF-16, big end first', 'application/json', utf16('["ü"]').swap16()],
    ['UTF-16 without a mark', 'application/json', utf16('["ü"]').subarray(2)],
    ['ISO-8859-1', 'application/json; charset=iso-8859-1', Buffer.from('["ü"]', 'latin1')],
    ['windows-1252 that is not told', 'application/json', Buffer.from('["ü"]', 'latin1')],
    ['an unknown set', 'application/json; charset="utf8mb4"', '["ü"]'],
    ['a web page', 'text/html; charset=UTF-8', '["ü"]'],
    ['a script', 'text/javascript', '["ü"]'],
    ['another type', 'image/png', '["ü"]'],
  ] as const) {
    it(`reads JSON as ${name}`, async () => {
      const { address } = await serve(body, { 'content-type': type });
      assert.deepEqual(await document({}, address), ['ü']);
    });
  }

  for (const [name, type, body, wanted] of [
    ['gb2312', 'text/html; charset=gb2312', [0xd5, 0xfd, 0xb3, 0xa3], '正常'],
    ['Shift_JIS', "text/html;charset='Shift_JIS'", [0x90, 0xb3, 0x8f, 0xed], '正常'],
    ['windows-1251', 'text/plain; Charset=windows-1251', [0xe4, 0xe0], 'да'],
    [
      'what a page says',
      'text/html',
      [...Buffer.from('<!-- <meta charset=utf-8> --><meta charset="gbk"> '), 0xd5, 0xfd],
      '正',
    ],
    [
      "XML's declaration",
      'application/xml',
      [...Buffer.from('<?xml version="1.0" encoding="koi8-r"?>'), 0xc4],
      'д',
    ],
  ] as const) {
    it(`checks a page in ${name}`, async () => {
      const { address } = await serve(Buffer.from(body), { 'content-type': type });
      assert.equal(await checkPage({ bodyContains: wanted }, address), undefined);
      assert.match((await checkPage({ bodyLacks: wanted }, address))!, /^the answer contains/);
    });
  }

  for (const encoding of ['utf-8', 'none', 'identity', 'chunked', 'binary']) {
    it(`takes a body as it is that is encoded as "${encoding}"`, async () => {
      const { address } = await serve('{"told": 1}', { 'content-encoding': encoding });
      assert.deepEqual(await document({}, address), { told: 1 });
    });
  }

  describe('that never end', () => {
    async function endless(piece: string) {
      return listen((_, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        const more = () => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', more);
        more();
      });
    }

    it('pass where nothing is asked of them', async () => {
      const { address } = await endless('x'.repeat(65_536));
      assert.equal(await checkPage({}, address), undefined);
      const silent = await listen((_, response) => response.writeHead(200).flushHeaders());
      assert.equal(await checkPage({}, silent.address), undefined);
    });

    it('are judged as soon as that is possible', async () => {
      const { address } = await endless(`${'x'.repeat(60_000)}well`);
      assert.equal(await checkPage({ bodyContains: 'x*well*w' }, address), undefined);
      assert.equal(
        await checkPage({ bodyContains: 'no', bodyLacks: 'wellx' }, address),
        'the answer contains "wellx"',
      );
      await assert.rejects(checkPage({ bodyContains: 'no' }, address), {
        message: 'the answer is larger than 5 MB',
      });
    });
  });
});

describe('An unasked 100 Continue', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  for (const [protocol, body] of [
    ['http', '[1]'],
    ['http-check', 'x'],
    ['prometheus', 'node_load1 1\n'],
  ] as const) {
    it(`is borne, with ${protocol}`, async () => {
      let answers = 0;
      server = createServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', () => {
          answers++;
          socket.write(
            'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n' +
              `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const access = new Access(
        { ...defaults, protocol, retries: 0, url: 'http://{address}/' },
        {},
      );
      await access.poll(address, never);
      await access.poll(address, never);
      await access.close();
      // One more for the first time, when it was not known yet.
      assert.equal(answers, 3);
    });
  }
});

describe('A device that knows only old TLS', () => {
  afterEach(closeAll);

  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    it(`is asked over ${version} where that is allowed, and else told of`, async () => {
      const { address } = await listen((_, response) => response.end('{"told": 1}'), true, {
        minVersion: 'TLSv1',
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      const url = 'https://{address}/';
      assert.deepEqual(await document({ url, ca, oldTls: true }, address), { told: 1 });
      await assert.rejects(document({ url, ca }, address), {
        message: /^the device speaks only an old version of TLS/,
      });
    });
  }
});
