import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerAddress } from '../../../../nodes/shared/history/connection.ts';
import { poster } from '../../../../nodes/shared/history/remote-write/post.ts';

const pem = (name: string) =>
  readFileSync(new URL(`../../../support/tls/${name}.pem`, import.meta.url), 'utf8');

describe('the poster of remote write', () => {
  let server: Server;
  let close: () => void;
  const body = Uint8Array.of(1, 2, 3);
  const never = new AbortController().signal;

  const serve = async (answer: RequestListener, secure = false) => {
    server = secure
      ? createSecureServer({ key: pem('key'), cert: pem('server') }, answer)
      : createServer(answer);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  };
  const open = (more: Partial<ServerAddress> = {}, patience?: number) => {
    const { port } = server.address() as AddressInfo;
    const receiver = { authorization: '', verify: true, ca: '', ...more };
    const url = `http://127.0.0.1:${port}/api/v1/write?a=b`;
    const made = poster({ url, ...receiver }, patience);
    close = made.close;
    return made.post;
  };

  afterEach(() => {
    close();
    server.closeAllConnections();
    server.close();
  });

  it('sends as the protocol has it, over one connection, and gives what is said', async () => {
    const requests: unknown[] = [];
    const ports = new Set<unknown>();
    await serve((request, response) => {
      ports.add(request.socket.remotePort);
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { method, url, headers } = request;
        const { authorization, 'content-type': type, 'content-encoding': encoding } = headers;
        const version = headers['x-prometheus-remote-write-version'];
        requests.push([method, url, authorization, type, encoding, version, ...pieces]);
        response.writeHead(429, { 'Retry-After': '7' }).end('x'.repeat(2000));
      });
    });
    const post = open({ authorization: 'Bearer t' });
    const answer = await post(body, never);
    assert.deepEqual(answer, { status: 429, retryAfter: '7', text: 'x'.repeat(500) });
    await post(body, never);
    const [first] = requests;
    assert.deepEqual(first, [
      ...['POST', '/api/v1/write?a=b', 'Bearer t', 'application/x-protobuf', 'snappy', '0.1.0'],
      Buffer.from(body),
    ]);
    assert.equal(requests.length, 2);
    assert.equal(ports.size, 1);
  });

  it('fails where there is no answer, or none to its end', async () => {
    await serve((request, response) => {
      if (request.headers.authorization === 'hang') return;
      if (request.headers.authorization === 'half') {
        response.writeHead(200, { 'content-length': '100' }).write('x');
        response.socket!.end();
      } else {
        request.socket.destroy();
      }
    });
    await assert.rejects(open()(body, never), { code: 'ECONNRESET' });
    await assert.rejects(open({ authorization: 'half' })(body, never), { code: 'ECONNRESET' });
    await assert.rejects(open({ authorization: 'hang' }, 20)(body, never), {
      name: 'TimeoutError',
    });
    const stop = new AbortController();
    const posted = open({ authorization: 'hang' })(body, stop.signal);
    stop.abort(new Error('closed'));
    await assert.rejects(posted, { message: 'closed' });
  });

  it('trusts the certificates that it is told to', async () => {
    await serve((_, response) => response.writeHead(204).end(), true);
    const url = `https://localhost:${(server.address() as AddressInfo).port}/api/v1/write`;
    await assert.rejects(open({ url })(body, never), /certificate/);
    close();
    const { status } = await open({ url, ca: pem('ca') })(body, never);
    assert.equal(status, 204);
    close();
    assert.equal((await open({ url, verify: false })(body, never)).status, 204);
  });
});
