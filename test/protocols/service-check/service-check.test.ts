import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { bind, type BoundProtocol } from '../../../nodes/protocols/bound-protocol.ts';
import { dnsNetwork } from '../../../nodes/protocols/dns/network.ts';
import { fieldSets } from '../../../nodes/protocols/fields.ts';
import { pingNetwork } from '../../../nodes/protocols/ping/network.ts';
import { ping } from '../../../nodes/protocols/ping/protocol.ts';
import type { PingNetwork } from '../../../nodes/protocols/ping/transport.ts';
import type { Answer } from '../../../nodes/protocols/protocol.ts';
import { tcpNetwork } from '../../../nodes/protocols/tcp/network.ts';
import { tcp } from '../../../nodes/protocols/tcp/protocol.ts';
import { tls } from '../../../nodes/protocols/tls/protocol.ts';
import type { TlsNetwork } from '../../../nodes/protocols/tls/transport.ts';
import { ca, closeAll, listen } from '../peer.ts';

const never = new AbortController().signal;

/** A poll's values by metric, after a check of their shape; and why the device is down. */
async function check(
  config: Partial<AccessConfig>,
  address: string,
  protocol?: BoundProtocol<AccessConfig>,
) {
  const made = new Access(
    { ...defaults, ...fieldSets[config.protocol!].defaults, retries: 0, ...config },
    {},
    protocol,
  );
  try {
    return summary(await made.poll(address, never));
  } finally {
    await made.close();
  }
}

function summary(answer: Answer) {
  assert.ok('snapshot' in answer);
  assert.ok(Math.abs(answer.snapshot.time - Date.now()) < 60_000);
  const readings = answer.snapshot.readings!;
  return {
    values: Object.fromEntries(readings.map(({ metric, value }) => [metric, value])),
    reason: readings.find(({ metric }) => metric === 'device_degraded')?.info?.reason,
    down: answer.down?.message,
  };
}

describe('A ping', () => {
  const output = (times: number[], sent = times.length) => ({
    out: [
      ...times.map((time, i) => `64 bytes from x: icmp_seq=${i} ttl=64 time=${time} ms`),
      `${sent} packets transmitted, ${times.length} received, 0% packet loss`,
    ].join('\n'),
    errors: '',
  });
  const on = (network: PingNetwork['ping']) => bind(ping, { now: Date.now, ping: network });
  const replies = (times: number[], sent?: number) =>
    on(() => Promise.resolve(output(times, sent)));

  it('measures loss, latency and jitter', async () => {
    const { values, down } = await check({ protocol: 'ping' }, 'core-1', replies([1, 3, 2], 4));
    assert.equal(down, undefined);
    assert.deepEqual(values, {
      packet_loss: 25,
      latency: 2,
      latency_min: 1,
      latency_max: 3,
      jitter: 1.5,
    });
  });

  it('tells of a device without any reply, and its loss too', async () => {
    const { values, down } = await check({ protocol: 'ping' }, 'core-1', replies([], 5));
    assert.deepEqual(values, { packet_loss: 100 });
    assert.equal(down, 'no reply to any of 5 packets');
  });

  it('says when the device is degraded, and why', async () => {
    const limits = { protocol: 'ping', maxLatency: 10, maxLoss: 20 } as const;
    const bad = await check(limits, 'core-1', replies([12, 14], 4));
    assert.equal(bad.values.device_degraded, 1);
    assert.equal(bad.reason, 'latency 13 ms > 10 ms, packet_loss 50 % > 20 %');
    const good = await check(limits, 'core-1', replies([9, 11], 2));
    assert.equal(good.values.device_degraded, 0);
    assert.equal(good.reason, undefined);
  });

  it('tries again before a device counts as down', async () => {
    let runs = 0;
    const network = on(() => Promise.resolve(output(runs++ === 0 ? [] : [1], 1)));
    const { down } = await check({ protocol: 'ping', retries: 1 }, 'core-1', network);
    assert.equal(down, undefined);
    assert.equal(runs, 2);
  });

  it('ends with what it has before the timeout', async () => {
    let limit = 0;
    const network = on((request) => {
      limit = request.limit;
      return Promise.resolve(output([1]));
    });
    await check({ protocol: 'ping', timeout: 3 }, 'core-1', network);
    assert.equal(limit, 2750);
    await check({ protocol: 'ping', timeout: 0.2 }, 'core-1', network);
    assert.equal(limit, 100);
  });

  it('takes no flag for an address', async () => {
    await assert.rejects(check({ protocol: 'ping' }, '-f'), {
      message:
        'address: expected a host name or an IP address, with a port if need be, but got "-f"',
    });
  });

  describe("with the system's ping", function () {
    before(function () {
      if (spawnSync('ping', ['-c', '1', '127.0.0.1']).status !== 0) this.skip();
    });

    it('measures this machine', async () => {
      const { values, down } = await check({ protocol: 'ping', packets: 3 }, '127.0.0.1:22');
      assert.equal(down, undefined);
      assert.equal(values.packet_loss, 0);
      assert.ok(Number(values.latency) > 0);
      assert.ok(Number(values.jitter) >= 0);
    });

    it('tells of a name that is not there', async () => {
      await assert.rejects(check({ protocol: 'ping' }, 'device.invalid'), {
        message:
          /^(the name device\.invalid was not found|the device cannot be reached \(EAI_AGAIN\))$/,
      });
    });

    it('is asked to end at its limit', async () => {
      const { out } = await pingNetwork.ping({ host: '127.0.0.1', packets: 20, limit: 500 }, never);
      assert.match(out, /\d packets transmitted, \d+ received/);
      assert.doesNotMatch(out, /20 packets transmitted/);
    });

    it('is killed when the poll is aborted', async () => {
      const abort = new AbortController();
      const forever = { host: '127.0.0.1', packets: 1000, limit: 600_000 };
      const running = pingNetwork.ping(forever, abort.signal);
      const reason = new Error('closed');
      abort.abort(reason);
      await assert.rejects(running, reason);
    });
  });

  it('tells of a system without ping', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      await assert.rejects(check({ protocol: 'ping' }, '127.0.0.1'), {
        message: 'this system has no ping command',
      });
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('A TCP check', () => {
  it('measures how long it takes to connect', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const [config, address] of [
      [{}, `127.0.0.1:${port}`],
      [{ port }, '127.0.0.1'],
      [{ port: 1 }, `127.0.0.1:${port}`],
    ] as const) {
      const { values } = await check({ protocol: 'tcp', ...config }, address);
      assert.deepEqual(Object.keys(values), ['latency']);
      assert.ok(Number(values.latency) >= 0);
    }
    server.close();
    await once(server, 'close');
    await assert.rejects(check({ protocol: 'tcp', port }, '127.0.0.1'), {
      message: 'connection refused',
    });
  });

  it('needs a port', async () => {
    await assert.rejects(check({ protocol: 'tcp' }, 'core-1'), {
      message: 'no port is set, neither in the address nor in the device access',
    });
  });

  it('says when the device is degraded', async () => {
    const network = { now: Date.now, tcp: () => Promise.resolve(120) };
    const { values, reason } = await check(
      { protocol: 'tcp', maxLatency: 100, maxLoss: 1 },
      'core-1:22',
      bind(tcp, network),
    );
    assert.deepEqual(values, { latency: 120, device_degraded: 1 });
    assert.equal(reason, 'latency 120 ms > 100 ms');
  });

  it('ends when it is aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('closed');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connecting = tcpNetwork.tcp('127.0.0.1', port, abort.signal);
    abort.abort(reason);
    await assert.rejects(connecting, reason);
    server.close();
  });
});

describe('An HTTP check', () => {
  const plain = { protocol: 'http-check', url: 'http://{address}/health' } as const;
  const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
    listen((_, response) => response.writeHead(status, headers).end(body));
  afterEach(closeAll);

  it('measures how long the answer takes', async () => {
    const { address } = await answer(204, '');
    const { values, down } = await check({ ...plain, maxLatency: 300_000 }, address);
    assert.ok(Number(values.latency) > 0);
    assert.equal(values.device_degraded, 0);
    assert.equal(down, undefined);
  });

  it('connects anew each time', async () => {
    const ports = new Set<number | undefined>();
    const { address } = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    const access = new Access({ ...defaults, ...plain }, {});
    for (let i = 0; i < 3; i++) await access.poll(address, never);
    await access.close();
    assert.equal(ports.size, 3);
  });

  for (const [name, config, status, body, down] of [
    ['another status that is expected', { expectedStatus: '404' }, 404, '', undefined],
    ['a redirect that is expected', { expectedStatus: '300-399' }, 302, '', undefined],
    ['a text', { bodyContains: 'all * well' }, 200, 'all is well', undefined],
    [
      'a text that is missing',
      { bodyContains: 'ok' },
      200,
      'no',
      'the answer does not contain "ok"',
    ],
    [
      'a text that is unwanted',
      { bodyLacks: 'error' },
      200,
      'an error',
      'the answer contains "error"',
    ],
    ['a text that is not there', { bodyLacks: 'error' }, 200, 'fine', undefined],
    ['a condition', { jsonCondition: 'a[0].b > 2' }, 200, '{"a":[{"b":3}]}', undefined],
    [
      'a condition that fails',
      { jsonCondition: ' a[0].b > 3 ' },
      200,
      '{"a":[{"b":3}]}',
      'the answer does not meet the condition a[0].b > 3: it gives false',
    ],
    [
      'a condition on what is not there',
      { jsonCondition: 'status' },
      200,
      '{"a":1}',
      'the answer does not meet the condition status: it gives nothing',
    ],
    [
      'a value that counts as true',
      { jsonCondition: 'a[b = 3]' },
      200,
      '{"a":[{"b":3}]}',
      undefined,
    ],
    ['a field called msg', { jsonCondition: 'msg = "ok"' }, 200, '{"msg":"ok"}', undefined],
    [
      'a condition on a large body',
      { jsonCondition: 'a = 1' },
      200,
      '{"a":1}'.padEnd(2_000_000),
      undefined,
    ],
    [
      'a text before a condition',
      { jsonCondition: '$error("never asked")', bodyContains: 'ok' },
      200,
      'no',
      'the answer does not contain "ok"',
    ],
    [
      'texts of a larger body',
      { bodyContains: 'there', bodyLacks: 'error' },
      200,
      'there'.padStart(2_000_000),
      undefined,
    ],
    ['HEAD', { method: 'HEAD', bodyContains: 'x' }, 200, '', undefined],
  ] as const) {
    it(`judges ${name}`, async () => {
      const { address } = await answer(status, body);
      const result = await check({ ...plain, ...config }, address);
      assert.equal(result.down, down);
      assert.ok(Number(result.values.latency) > 0);
    });
  }

  for (const [name, config, status, body, message] of [
    ['an unexpected status', {}, 503, '', 'the device reports a fault of its own (status 503)'],
    ['a status out of the list', { expectedStatus: '404' }, 200, '', 'answered with status 200'],
    [
      'a body that is no JSON',
      { jsonCondition: 'a = 1' },
      200,
      'a',
      /^the answer is not JSON \(.+\)$/,
    ],
    [
      'a condition that cannot be evaluated',
      { jsonCondition: 'a < 1' },
      200,
      '{"a":"x"}',
      /^the JSONata expression failed: /,
    ],
    [
      'a condition that is no JSONata',
      { jsonCondition: 'a <' },
      200,
      '{}',
      'jsonCondition: expected a JSONata expression (Unexpected end of expression), but got "a <"',
    ],
    [
      'a large body',
      { maxSize: 0.001, bodyContains: 'y' },
      200,
      'x'.repeat(2000),
      'the answer is larger than 0.001 MB',
    ],
  ] as const) {
    it(`fails on ${name}`, async () => {
      const { address } = await answer(status, body);
      await assert.rejects(check({ ...plain, ...config }, address), { name: 'Problem', message });
    });
  }
});

describe('A DNS check', () => {
  /** Answers each query with a code and at most one TXT record. */
  async function server(code: number, text?: string) {
    const socket = createSocket('udp4');
    socket.on('message', (query, { port, address }) => {
      const reply = Buffer.concat([query.subarray(0, questionEnd(query)), record(text)]);
      reply.writeUInt16BE(0x8180 | code, 2);
      reply.writeUInt16BE(text === undefined ? 0 : 1, 6);
      reply.writeUInt16BE(0, 10);
      socket.send(reply, port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }

  // RFC 1035, 4.1: a header of 12 octets, then the name, its type and its class.
  function questionEnd(query: Buffer): number {
    return query.indexOf(0, 12) + 5;
  }

  function record(text?: string): Buffer {
    if (text === undefined) return Buffer.alloc(0);
    const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, text.length + 1, text.length]);
    return Buffer.concat([head, Buffer.from(text)]);
  }

  const query = { protocol: 'dns', queryName: 'example.org', queryType: 'TXT' } as const;

  for (const [name, code, text, expectedAnswer, down] of [
    ['takes any answer', 0, 'v=spf1', '', undefined],
    ['takes a part of a text', 0, 'v=spf1', 'spf', undefined],
    ['tells of another one', 0, 'v=spf1', 'dkim', 'the server answers "v=spf1" instead of "dkim"'],
  ] as const) {
    it(name, async () => {
      const socket = await server(code, text);
      const { values, ...rest } = await check(
        { ...query, expectedAnswer },
        `127.0.0.1:${socket.address().port}`,
      );
      assert.ok(Number(values.latency) > 0);
      assert.equal(rest.down, down);
      socket.close();
    });
  }

  for (const [name, code, message] of [
    ['NXDOMAIN', 3, 'the server knows no TXT record of example.org'],
    ['no record', 0, 'the server knows no TXT record of example.org'],
    ['REFUSED', 5, 'the server refuses to answer'],
    ['SERVFAIL', 2, 'the server could not answer (ESERVFAIL)'],
  ] as const) {
    it(`tells of ${name}`, async () => {
      const socket = await server(code);
      const { port } = socket.address();
      await assert.rejects(check({ ...query, port }, 'localhost'), { name: 'Problem', message });
      socket.close();
    });
  }

  it('gives up a server that does not answer', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    await assert.rejects(
      check({ ...query, timeout: 0.1, port: socket.address().port }, '127.0.0.1'),
      { message: 'no answer within 0.1 s' },
    );
    socket.close();
  });

  it('ends at once when it is aborted', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const abort = new AbortController();
    const reason = new Error('closed');
    const question = {
      server: '127.0.0.1',
      port: socket.address().port,
      name: 'a',
      type: 'A',
    } as const;
    const asking = dnsNetwork.dns(question, abort.signal);
    await once(socket, 'message');
    abort.abort(reason);
    await assert.rejects(asking, reason);
    socket.close();
  });
});

describe('A certificate check', () => {
  afterEach(closeAll);
  const secure = () => listen((_, response) => response.end(), true);

  it('tells the days left', async () => {
    const { address } = await secure();
    const { values, down } = await check({ protocol: 'tls', ca }, address);
    assert.equal(down, undefined);
    assert.ok(Number(values.latency) > 0);
    // The test's certificate is valid for 100 years.
    assert.ok(Number(values.certificate_days_left) > 50 * 365);
  });

  it('tells them of an untrusted certificate too, which makes the device down', async () => {
    const { address } = await secure();
    const { values, down } = await check({ protocol: 'tls' }, address);
    assert.match(down!, /^the certificate is not trusted \(.+\)$/);
    assert.ok(Number(values.certificate_days_left) > 0);
    const unverified = await check({ protocol: 'tls', verify: false }, address);
    assert.equal(unverified.down, undefined);
  });

  it('counts below zero after the end', async () => {
    const validTo = Date.UTC(2030, 0, 1);
    const network = {
      now: () => validTo + 36 * 3600_000,
      tls: () => Promise.resolve({ validTo, duration: 1 }),
    };
    const made = new Access({ ...defaults, protocol: 'tls' }, {}, bind(tls, network));
    const answer = await made.poll('core-1', never);
    assert.ok('snapshot' in answer);
    assert.deepEqual(answer.snapshot.readings, [
      { metric: 'latency', value: 1, unit: 'ms' },
      { metric: 'certificate_days_left', value: -1.5, unit: 'd' },
    ]);
  });

  it('names the certificate that ends before the one of the server', async () => {
    const reply = { validTo: 0, duration: 1, subject: 'R3' };
    const network = { now: Date.now, tls: () => Promise.resolve(reply) };
    const made = new Access({ ...defaults, protocol: 'tls' }, {}, bind(tls, network));
    const answer = await made.poll('core-1', never);
    assert.ok('snapshot' in answer);
    assert.deepEqual(answer.snapshot.readings![1]!.info, { certificate: 'R3' });
  });

  it('asks at the usual port of what is spoken before TLS', async () => {
    const ports: number[] = [];
    const ask: TlsNetwork['tls'] = ({ port }) => {
      ports.push(port);
      return Promise.resolve({ validTo: 0, duration: 1 });
    };
    const network = bind(tls, { now: Date.now, tls: ask });
    await check({ protocol: 'tls' }, 'core-1', network);
    await check({ protocol: 'tls', starttls: 'smtp' }, 'core-1', network);
    await check({ protocol: 'tls', starttls: 'ldap' }, 'core-1:3890', network);
    assert.deepEqual(ports, [443, 25, 3890]);
  });

  it("tells of another host's certificate", async () => {
    const { server } = await secure();
    server.close();
    server.listen(0, '127.0.0.2');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { down } = await check({ protocol: 'tls', ca, port }, '127.0.0.2');
    assert.equal(down, 'the certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)');
  });

  it('tells of a server that speaks no TLS, and of one that hangs up', async () => {
    const { address } = await listen((_, response) => response.end());
    await assert.rejects(check({ protocol: 'tls' }, address), {
      message: 'what answers does not speak TLS',
    });
    const mute = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    await assert.rejects(check({ protocol: 'tls', port }, '127.0.0.1'), {
      message: 'the connection was lost before the answer was complete',
    });
    mute.close();
  });
});

describe('A service check with a bad field', () => {
  for (const [protocol, field, value, expected] of [
    ['ping', 'packets', 0, 'a number from 1 to 20'],
    ['ping', 'maxLoss', 101, 'a number from 0 to 100'],
    ['ping', 'maxLatency', -1, 'a number from 0 to 300000'],
    ['tcp', 'port', 65536, 'a number from 1 to 65535'],
    [
      'http-check',
      'url',
      'https://core-1/',
      'an http or https address with {address} in it and no password',
    ],
    ['http-check', 'method', 'PUT', 'one of GET, HEAD'],
    ['http-check', 'expectedStatus', '2xx', 'statuses such as 200-299, 304'],
    ['http-check', 'jsonCondition', 1, 'a text'],
    ['http-check', 'bodyContains', 'a\nb', 'a text without line breaks or control characters'],
    ['dns', 'queryName', 'a b', 'a name without spaces'],
    ['dns', 'queryType', 'ANY', 'one of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT'],
    ['tls', 'port', 1.5, 'a whole number'],
    ['tls', 'starttls', 'ssh', 'one of none, smtp, imap, pop3, ftp, ldap, postgresql'],
    ['tls', 'ca', 'x', 'certificates in PEM form (-----BEGIN CERTIFICATE-----)'],
  ] as const) {
    it(`names ${field} (${value})`, () => {
      assert.throws(() => new Access({ ...defaults, protocol, [field]: value }, {}), {
        message: `${field}: expected ${expected}, but got ${JSON.stringify(value)}`,
      });
    });
  }
});
