import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Access } from '../../nodes/device-access/access.ts';
import { type AccessConfig, defaults as newAccess } from '../../nodes/device-access/config.ts';
import type { BoundProtocol } from '../../nodes/protocols/bound-protocol.ts';
import { protocolNames } from '../../nodes/protocols/fields.ts';
import type { Secrets } from '../../nodes/protocols/protocol.ts';
import { ca, closeAll, listen } from '../protocols/peer.ts';

const plain = 'http://{address}/metrics';
const secure = 'https://{address}/metrics';

const defaults: AccessConfig = { ...newAccess, protocol: 'http' };

describe('Access over HTTP', () => {
  const opened: Access[] = [];
  const never = new AbortController().signal;

  function access(config: Partial<AccessConfig>, secrets: Secrets = {}) {
    const made = new Access({ ...defaults, retries: 0, ...config }, secrets);
    opened.push(made);
    return made;
  }
  /** The names of the interfaces of a device. */
  const poll = async (config: Partial<AccessConfig>, address: string, secrets?: Secrets) => {
    const { snapshot, problems } = await access({ url: plain, ...config }, secrets).poll(
      address,
      never,
    );
    assert.ok(snapshot.countedAt! <= performance.now());
    assert.ok(Math.abs(snapshot.time - Date.now()) < 60_000);
    assert.deepEqual(problems, []);
    return snapshot.interfaces!.map(({ name }) => name);
  };
  const named = (name: string) => JSON.stringify([{ name, up: true }]);
  const json = { 'content-type': 'application/json' };

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((a) => a.close()));
    closeAll();
  });

  it("reads the answer's JSON, at the path of the pattern", async () => {
    const { address } = await listen((request, response) => {
      response.writeHead(200, json).end(named(request.url!));
    });
    assert.deepEqual(await poll({ url: 'http://{address}/a/b?c=d' }, address), ['/a/b?c=d']);
  });

  it('keeps the connection for the next poll', async () => {
    const ports = new Set<number | undefined>();
    const { address } = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(200, json).end('[]');
    });
    const device = access({ url: plain });
    for (let i = 0; i < 3; i++) {
      await device.poll(address, never);
      await setImmediate();
    }
    assert.equal(ports.size, 1);
  });

  describe('authentication', () => {
    for (const [name, config, secrets, header, expected] of [
      ['none', {}, { user: 'u', secret: 's' }, 'authorization', undefined],
      [
        'basic',
        { authentication: 'basic' },
        { user: 'jörg', secret: 'pä:ss' },
        'authorization',
        `Basic ${Buffer.from('jörg:pä:ss').toString('base64')}`,
      ],
      ['bearer', { authentication: 'bearer' }, { secret: 't' }, 'authorization', 'Bearer t'],
      ['key', { authentication: 'key', keyHeader: 'X-Key' }, { secret: 'k' }, 'x-key', 'k'],
    ] as const) {
      it(`sends ${name}`, async () => {
        let sent: unknown;
        const { address } = await listen((request, response) => {
          sent = request.headers[header];
          response.writeHead(200, json).end('[]');
        });
        await poll(config, address, secrets);
        assert.equal(sent, expected);
      });
    }

    it('refuses a secret that no header can carry, without showing it', () => {
      assert.throws(() => access({ authentication: 'bearer' }, { secret: 'a\nb' }), {
        message: 'the user, password, token or key has characters that a header cannot carry',
      });
    });
  });

  it('posts a body where there is one', async () => {
    const { address } = await listen((request, response) => {
      const { method, headers } = request;
      void text(request).then((sent) => {
        response.writeHead(200, json).end(named(`${method} ${headers['content-type']} ${sent}`));
      });
    });
    assert.deepEqual(await poll({ body: '{"id":1}' }, address), ['POST application/json {"id":1}']);
  });

  describe('certificates', () => {
    const answer = () => listen((_, response) => response.writeHead(200, json).end('[]'), true);

    it('trusts what its own authority signed', async () => {
      const { address } = await answer();
      assert.deepEqual(await poll({ url: secure, ca }, address), []);
    });

    it('refuses an unknown authority', async () => {
      const { address } = await answer();
      await assert.rejects(poll({ url: secure }, address), {
        message: /^the certificate is not trusted \(.+\)$/,
      });
    });

    it("refuses another host's certificate", async () => {
      const { server } = await answer();
      server.close();
      server.listen(0, '127.0.0.2');
      await once(server, 'listening');
      const other = `127.0.0.2:${(server.address() as AddressInfo).port}`;
      await assert.rejects(poll({ url: secure, ca }, other), {
        message: /^the certificate is not trusted \(.*altnames.*\)$/,
      });
    });

    it('does not look at it where that is switched off', async () => {
      const { address } = await answer();
      assert.deepEqual(await poll({ url: secure, verify: false }, address), []);
    });

    it('tells of a server that speaks no TLS', async () => {
      const { address } = await listen((_, response) => response.end());
      await assert.rejects(poll({ url: secure }, address), {
        message: 'what answers does not speak TLS',
      });
    });
  });

  describe('redirects', () => {
    it('follows them on the same host', async () => {
      const { address } = await listen((request, response) => {
        if (request.url === '/metrics') response.writeHead(302, { location: '/new' }).end();
        else response.writeHead(200, json).end(named('new'));
      });
      assert.deepEqual(await poll({}, address), ['new']);
    });

    it('follows them from http to https', async () => {
      const to = await listen((_, response) => response.writeHead(200, json).end('[]'), true);
      const from = await listen((_, response) => {
        response.writeHead(308, { location: `https://${to.address}/metrics` }).end();
      });
      assert.deepEqual(await poll({ ca }, from.address), []);
    });

    it('does not follow them to another host: credentials stay where they are', async () => {
      let asked = 0;
      const other = await listen((_, response) => {
        asked++;
        response.end('[]');
      });
      const { address } = await listen((_, response) => {
        response.writeHead(302, { location: `http://localhost:${other.port}/metrics` }).end();
      });
      await assert.rejects(poll({}, address), {
        message: `redirected to another host (localhost:${other.port}), which is not followed`,
      });
      assert.equal(asked, 0);
    });

    for (const [name, secureFrom, location, message] of [
      ['https to http', true, 'http://127.0.0.1:1/', /^redirected from https to http/],
      ['a loop', false, '/metrics', /^redirected more than 5 times$/],
      ['no address', false, 'http://', /^redirected without a proper address$/],
      ['another scheme', false, 'file:///etc/passwd', /^redirected without a proper address$/],
    ] as const) {
      it(`refuses ${name}`, async () => {
        const { address } = await listen(
          (_, response) => response.writeHead(301, { location }).end(),
          secureFrom,
        );
        await assert.rejects(poll({ url: secureFrom ? secure : plain, ca }, address), { message });
      });
    }
  });

  describe('bodies', () => {
    for (const [encoding, encode] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['br', brotliCompressSync],
    ] as const) {
      it(`decompresses ${encoding} (${encode.name})`, async () => {
        const { address } = await listen((_, response) => {
          response
            .writeHead(200, { ...json, 'content-encoding': encoding })
            .end(encode(named('ok')));
        });
        assert.deepEqual(await poll({}, address), ['ok']);
      });
    }

    it('cuts a gzip bomb', async () => {
      const { address } = await listen((_, response) => {
        response
          .writeHead(200, { ...json, 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(20e6)));
      });
      await assert.rejects(poll({}, address), { message: 'the answer is larger than 5 MB' });
    });

    it('cuts an endless body, and the connection', async () => {
      let ended: Promise<unknown> | undefined;
      const { address } = await listen((_, response) => {
        ended = once(response, 'close');
        response.writeHead(200, json);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65536)));
        };
        response.on('drain', more);
        more();
      });
      await assert.rejects(poll({}, address), { message: 'the answer is larger than 5 MB' });
      await ended;
    });

    for (const [name, headers, body, message] of [
      [
        'a web page',
        { 'content-type': 'text/html; charset=utf-8' },
        '<html>',
        'expected JSON, but the answer is a web page (text/html): perhaps a login page',
      ],
      [
        'another type',
        { 'content-type': 'image/png' },
        '',
        'expected JSON, but the answer is image/png',
      ],
      [
        'another compression',
        { 'content-encoding': 'zstd' },
        '[]',
        'the answer is compressed as zstd; gzip, deflate and br can be read',
      ],
      [
        'damaged gzip',
        { 'content-encoding': 'gzip' },
        'no gzip',
        'the compressed answer is damaged (incorrect header check)',
      ],
      [
        'cut JSON',
        json,
        '{"interfaces": [',
        'the answer is not JSON (Unexpected end of JSON input)',
      ],
      ['no body', json, '', 'the answer is not JSON (Unexpected end of JSON input)'],
    ] as const) {
      it(`tells of ${name}`, async () => {
        const { address } = await listen((_, response) => {
          response.writeHead(200, { ...headers }).end(body);
        });
        await assert.rejects(poll({}, address), { name: 'Problem', message });
      });
    }

    it('tells of one that ends before its length', async () => {
      const { address } = await listen((_, response) => {
        response.writeHead(200, { ...json, 'content-length': 100 }).write('{');
        response.destroy();
      });
      await assert.rejects(poll({}, address), {
        message: 'the connection was lost before the answer was complete',
      });
    });
  });

  for (const [status, message] of [
    [401, 'the credentials were refused (status 401)'],
    [403, 'these credentials may not read this (status 403)'],
    [404, 'there is nothing at /metrics (status 404)'],
    [418, 'answered with status 418'],
    [503, 'the device reports a fault of its own (status 503)'],
  ] as const) {
    it(`says what status ${status} means`, async () => {
      const { address } = await listen((_, response) => response.writeHead(status).end('no'));
      await assert.rejects(poll({}, address), { message });
    });
  }

  describe('a peer that does not answer', () => {
    const timeout = 0.1;
    const message = 'no answer within 0.1 s';

    it('is given up after the timeout, and its connection with it', async () => {
      let ended: Promise<unknown> | undefined;
      const { address } = await listen((_, response) => {
        ended = once(response, 'close');
      });
      await assert.rejects(poll({ timeout }, address), { message });
      await ended;
    });

    it('is waited for no longer, but what it has answered is read in whatever time that takes', async () => {
      const protocol: BoundProtocol<AccessConfig> = {
        check: () => {},
        open: () => ({
          async poll(_, signal, { seconds, answered }) {
            assert.equal(seconds, timeout);
            answered();
            // Begun later, and longer than the time-out.
            await wait(2000 * timeout);
            assert.equal(signal.aborted, false);
            return { snapshot: { time: 7 }, problems: [] };
          },
          close: () => Promise.resolve(),
        }),
      };
      const slow = new Access({ ...defaults, timeout }, {}, protocol);
      assert.equal((await slow.poll('a.test', never)).snapshot.time, 7);
    });

    it('is given up in the middle of its body', async () => {
      const { address } = await listen((_, response) => response.writeHead(200, json).write('['));
      await assert.rejects(poll({ timeout }, address), { message });
    });

    it('is given up during the TLS handshake', async () => {
      const sockets = new Set<{ destroy(): void }>();
      const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      await assert.rejects(poll({ url: secure, timeout }, `127.0.0.1:${port}`), { message });
      server.close();
      for (const socket of sockets) socket.destroy();
    });
  });

  it('tells of a refused connection and of a name that is not there', async () => {
    const { address } = await listen(() => {});
    closeAll();
    await assert.rejects(poll({}, address), { message: 'connection refused' });
    await assert.rejects(poll({}, 'device.invalid'), {
      message:
        /^(the name device\.invalid was not found|the device cannot be reached \(EAI_AGAIN\))$/,
    });
  });

  it('tells of a peer that speaks something else', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {}).end('220 mail ready\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await assert.rejects(poll({}, `127.0.0.1:${port}`), {
      message: /^what answers does not speak HTTP \(/,
    });
    server.close();
  });

  describe('retries', () => {
    async function count(status: number, retries: number) {
      let asked = 0;
      const { address } = await listen((_, response) => {
        asked++;
        response.writeHead(status, json).end('[]');
      });
      await poll({ retries }, address).catch(() => {});
      return asked;
    }

    it('asks again where that may help, and no more often than told', async () => {
      assert.equal(await count(503, 2), 3);
      assert.equal(await count(503, 0), 1);
    });

    it('does not ask again where it cannot help', async () => {
      assert.equal(await count(401, 2), 1);
      assert.equal(await count(200, 2), 1);
    });

    it('gives the answer of a later try', async () => {
      let asked = 0;
      const { address } = await listen((request, response) => {
        if (asked++ === 0) request.socket.destroy();
        else response.writeHead(200, json).end(named('second'));
      });
      assert.deepEqual(await poll({ retries: 1 }, address), ['second']);
    });
  });

  it('ends at once when it is aborted, with the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('closed');
    const { address } = await listen(() => abort.abort(reason));
    const device = access({ url: plain, retries: 5 });
    await assert.rejects(device.poll(address, abort.signal), reason);
    await assert.rejects(device.poll(address, abort.signal), reason);
  });
});

describe('a device access with a bad field', () => {
  for (const [field, value, expected] of [
    ['protocol', 'gopher', `one of ${protocolNames.join(', ')}`],
    ['timeout', 0, 'a number from 0.1 to 300'],
    ['retries', 1.5, 'a whole number'],
    ['url', 'https://core-1/', 'an http or https address with {address} in it and no password'],
    ['url', 'ftp://{address}/', 'an http or https address with {address} in it and no password'],
    [
      'url',
      'https://u:p@{address}/',
      'an http or https address with {address} in it and no password',
    ],
    [
      'url',
      'https://{address}/{path}',
      'an http or https address with {address} in it and no password',
    ],
    ['authentication', 'ntlm', 'one of none, basic, digest, bearer, key'],
    ['verify', 'yes', 'true or false'],
    ['ca', 'no certificate', 'certificates in PEM form (-----BEGIN CERTIFICATE-----)'],
    ['body', '{"a"', 'JSON'],
    ['maxSize', -1, 'a number from 0.001 to 100'],
  ] as const) {
    it(`names ${field} (${value})`, () => {
      assert.throws(() => new Access({ ...defaults, [field]: value }, {}), {
        message: `${field}: expected ${expected}, but got ${JSON.stringify(value)}`,
      });
    });
  }

  it('names the header of a key', () => {
    const config = { ...defaults, authentication: 'key', keyHeader: 'X Key' } as const;
    assert.throws(() => new Access(config, {}), {
      message: 'keyHeader: expected a header name of letters, digits and hyphens, but got "X Key"',
    });
  });
});

describe('What an access asks', () => {
  const asked = async (config: Partial<AccessConfig>, address = 'core-1') => {
    const access = new Access({ ...defaults, ...config }, { secret: 'public' });
    try {
      return access.asks(address);
    } finally {
      await access.close();
    }
  };

  it('is a device over a protocol, or a service of it', async () => {
    assert.deepEqual(await asked({ protocol: 'snmp', snmpVersion: '2c' }), {
      protocol: 'SNMP v2c',
    });
    assert.deepEqual(await asked({ protocol: 'http', url: 'https://{address}/' }), {
      protocol: 'HTTPS',
    });
    assert.deepEqual(await asked({ protocol: 'prometheus' }), { protocol: 'Prometheus' });
    assert.deepEqual(await asked({ protocol: 'tcp', port: 22 }), { check: 'TCP 22' });
    assert.deepEqual(await asked({ protocol: 'tcp', port: 22 }, 'core-1:23'), { check: 'TCP 23' });
    assert.deepEqual(await asked({ protocol: 'ping' }), { check: 'Ping' });
    assert.deepEqual(await asked({ protocol: 'ntp' }), { check: 'NTP' });
    assert.deepEqual(await asked({ protocol: 'tls', starttls: 'smtp' }), { check: 'TLS SMTP' });
    const dns = { protocol: 'dns', queryName: 'example.org', queryType: 'AAAA' } as const;
    assert.deepEqual(await asked(dns), { check: 'DNS AAAA example.org' });
    const web = { protocol: 'http-check', url: 'http://{address}/' } as const;
    assert.deepEqual(await asked(web), { check: 'HTTP' });
  });
});
