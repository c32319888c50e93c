import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { NodeAPI } from 'node-red';
import { Problem } from '../../../nodes/shared/problem.ts';
import { type AdminRequest, addAdminRoute } from '../../../nodes/shared/red/admin-route.ts';

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
  let registered: { path: string; permission: string; handle: Handle };
  const RED = {
    _: (key: string) => `<${key}>`,
    auth: { needsPermission: (permission: string) => permission },
    httpAdmin: {
      post: (path: string, permission: string, handle: Handle) => {
        registered = { path, permission, handle };
      },
    },
  } as unknown as NodeAPI;

  async function ask(answer: (request: AdminRequest) => Promise<unknown>) {
    addAdminRoute(RED, 'device-poll/try-out', answer);
    const response = new Response();
    const answered = once(response, 'answered');
    registered.handle({ body: { a: 1 } }, response);
    return (await answered) as unknown[];
  }

  it('has the path and the permission of its node', () => {
    addAdminRoute(RED, 'device-poll/try-out', () => Promise.resolve());
    assert.equal(registered.path, '/netmon/device-poll/try-out');
    assert.equal(registered.permission, 'netmon-device-poll.write');
  });

  it('answers as JSON', async () => {
    assert.deepEqual(await ask(({ body }) => Promise.resolve({ got: body })), [
      200,
      { got: { a: 1 } },
    ]);
  });

  it("tells of an error in the user's language", async () => {
    const failed = ask(() => Promise.reject(new Problem('noAccess')));
    assert.deepEqual(await failed, [400, { error: '<shared.problem.noAccess>' }]);
  });

  it('ends what it does once nobody waits for its answer', async () => {
    let signal: AbortSignal | undefined;
    addAdminRoute(RED, 'device-poll/try-out', (request) => {
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
