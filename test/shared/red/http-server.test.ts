import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import type { HttpApi } from '../../../nodes/shared/http-api.ts';
import { httpServer } from '../../../nodes/shared/red/http-server.ts';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

describe('httpServer', () => {
  let server: Server;

  afterEach(() => server.close());

  /** Node-RED's own server of flows, with middleware set; gives what gets answers from it. */
  async function start(
    httpNodeMiddleware?: Handler | Handler[],
    api: HttpApi = {
      paths: ['/metrics'],
      answer: () => Promise.resolve({ status: 200, type: 'text/plain', body: ['up 1'] }),
    },
  ) {
    let handle: Handler = () => {};
    const httpNode = { use: (handler: Handler) => (handle = handler) };
    const serve = httpServer({ settings: { httpNodeMiddleware }, httpNode } as unknown as NodeAPI);
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://localhost');
      Object.assign(request, { path: pathname, query: {} });
      handle(request, response, (error) => {
        response.writeHead(error === undefined ? 404 : 500).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const end = serve(api);
    const url = (path: string) => `http://127.0.0.1:${port}${path}`;
    return {
      end,
      get: (path: string) => fetch(url(path)),
      post: (path: string, body: string) => fetch(url(path), { method: 'POST', body }),
    };
  }

  it('has each middleware look at a request in turn, and answers once none has', async () => {
    const seen: string[] = [];
    const middleware =
      (name: string): Handler =>
      (request, response, next) => {
        seen.push(name);
        if (request.url!.includes(`stop=${name}`)) response.writeHead(403).end();
        else if (request.url!.includes(`fail=${name}`)) next(new Error(name));
        else next();
      };
    const { get } = await start([middleware('a'), middleware('b')]);
    assert.equal(await (await get('/metrics')).text(), 'up 1');
    assert.deepEqual(seen.splice(0), ['a', 'b']);
    assert.equal((await get('/metrics?stop=a')).status, 403);
    assert.deepEqual(seen.splice(0), ['a']);
    assert.equal((await get('/metrics?fail=b')).status, 500);
    assert.deepEqual(seen.splice(0), ['a', 'b']);
    // Others' addresses have Node-RED call it itself.
    assert.equal((await get('/other')).status, 404);
    assert.deepEqual(seen, []);
  });

  it('takes a single middleware, or none', async () => {
    const { get } = await start((_request, response) => response.writeHead(401).end());
    assert.equal((await get('/metrics')).status, 401);
    server.close();
    const other = await start();
    assert.equal((await other.get('/metrics')).status, 200);
    other.end();
    assert.equal((await other.get('/metrics')).status, 404);
  });

  /** Answers with the form that it was sent, and by whom. */
  const forms: HttpApi = {
    paths: ['/form'],
    takesForms: true,
    answer: (_path, { form, caller }) =>
      Promise.resolve({ status: 200, type: 'text/plain', body: [`${form?.get('by')} ${caller}`] }),
  };

  it('gives a form to what takes forms, and lets others pass', async () => {
    const { get, post, end } = await start(undefined, forms);
    assert.equal(await (await post('/form', 'by=Ada+B&x=1')).text(), 'Ada B 127.0.0.1');
    assert.equal(await (await get('/form')).text(), 'undefined 127.0.0.1');
    assert.equal((await post('/form', `by=${'x'.repeat(10_000)}`)).status, 413);
    end();
    server.close();
    const plain = await start();
    assert.equal((await plain.post('/metrics', 'by=Ada')).status, 404);
  });

  it('takes a form that a middleware has read already', async () => {
    const read: Handler = (request, _response, next) => {
      Object.assign(request, { body: { by: 'Ada', list: ['no text'] } });
      request.resume();
      next();
    };
    const { post } = await start(read, forms);
    assert.equal(await (await post('/form', 'by=Eve')).text(), 'Ada 127.0.0.1');
  });
});
