import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { NodeAPI } from 'node-red';
import { Problem } from '../../../nodes/shared/problem.ts';
import { addAdminRoute, type AdminRequest } from '../../../nodes/shared/red/admin-route.ts';

class Response extends EventEmitter {
  code = 200;
  status(code: number) {
    this.code = code;
    return this;
  }
  json(body: unknown) {
    this.emit('answered', this.code, body);
  }
}

describe('an admin route', () => {
  type Handle = (request: object, response: Response) => void;
  let registered: { method: string; path: string; permission: string; handle: Handle };
  const register = (method: string) => (path: string, permission: string, handle: Handle) => {
    registered = { method, path, permission, handle };
  };
  const RED = {
    _: (key: string) => `<${key}>`,
    auth: { needsPermission: (permission: string) => permission },
    httpAdmin: { get: register('get'), post: register('post'), delete: register('delete') },
  } as unknown as NodeAPI;

  async function ask(answer: (request: AdminRequest) => Promise<unknown>) {
    addAdminRoute(RED, 'POST device-poll/try-out', answer);
    const response = new Response();
    const answered = once(response, 'answered');
    registered.handle({ body: { a: 1 } }, response);
    return (await answered) as unknown[];
  }

  it('has the path and the permission of its node', () => {
    const nothing = () => Promise.resolve();
    const told = () => [registered.method, registered.path, registered.permission];
    addAdminRoute(RED, 'POST device-poll/try-out', nothing);
    assert.deepEqual(told(), ['post', '/netmon/device-poll/try-out', 'netmon-device-poll.write']);
    addAdminRoute(RED, 'DELETE look/:id', nothing);
    assert.deepEqual(told(), ['delete', '/netmon/look/:id', 'netmon-look.write']);
    addAdminRoute(RED, 'GET watched', nothing, 'read');
    assert.deepEqual(told(), ['get', '/netmon/watched', 'netmon-watched.read']);
  });

  it('hands on what stands in the path and behind it', async () => {
    addAdminRoute(RED, 'GET look/:id', ({ params, query }) => Promise.resolve({ params, query }));
    const response = new Response();
    const answered = once(response, 'answered');
    registered.handle({ params: { id: 'a' }, query: { after: '3' } }, response);
    assert.deepEqual(await answered, [200, { params: { id: 'a' }, query: { after: '3' } }]);
  });

  it('answers as JSON', async () => {
    assert.deepEqual(await ask(({ body }) => Promise.resolve({ got: body })), [
      200,
      { got: { a: 1 } },
    ]);
  });

  it("tells of an error in the user's language", async () => {
    const failed = ask(() => Promise.reject(new Problem('noAccess')));
    assert.deepEqual(await failed, [
      400,
      { error: '<@netmon/node-red-netmon/netmon-sidebar:shared.problem.noAccess>' },
    ]);
  });

  it('ends what it does once nobody waits for its answer', async () => {
    let signal: AbortSignal | undefined;
    addAdminRoute(RED, 'POST device-poll/try-out', (request) => {
      ({ signal } = request);
      return new Promise(() => {});
    });
    const response = new Response();
    registered.handle({}, response);
    assert.equal(signal?.aborted, false);
    response.emit('close');
    assert.equal(signal?.aborted, true);
  });
});
