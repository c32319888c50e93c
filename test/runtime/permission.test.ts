import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Red, root } from '../support/red.ts';

// bcrypt of "secret"
const password = '$2b$04$gxPWAvRlV05BEooOrINphOc4FQwvWli14xAYxiPYeA76LC1ACwcd6';

describe('admin routes', function () {
  this.timeout(60_000);
  let red: Red;

  before(async () => {
    const users = [
      { username: 'admin', password, permissions: '*' },
      { username: 'reader', password, permissions: 'read' },
    ];
    red = await Red.start({ settings: { adminAuth: { type: 'credentials', users } } });
  });

  after(() => red.stop());

  async function token(username: string): Promise<string> {
    const answer = await red.request('/auth/token', {
      method: 'POST',
      body: new URLSearchParams({
        client_id: 'node-red-editor',
        grant_type: 'password',
        scope: '',
        username,
        password: 'secret',
      }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    return access_token;
  }

  async function routes(): Promise<{ method: string; path: string }[]> {
    const directory = join(root, 'dist');
    const files = (await readdir(directory)).filter((file) => file.endsWith('.js'));
    const code = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    const all = code.join('\n');
    // None goes past the one helper, which is built into each file that uses it.
    const helpers = all.match(/function addAdminRoute\(/g);
    assert.equal(all.match(/httpAdmin/g)?.length, helpers?.length);
    return [...all.matchAll(/ addAdminRoute\(\s*RED\d*,\s*"([^"]+)"/g)].map(([, route]) => ({
      method: 'POST',
      path: `/netmon/${route}`,
    }));
  }

  async function status(method: string, path: string, bearer?: string): Promise<number> {
    const response = await fetch(red.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      },
      ...(method === 'POST' && { body: '{}' }),
    });
    return response.status;
  }

  it('refuse whoever is not logged in or may only read', async () => {
    const found = await routes();
    assert.ok(found.length >= 3);
    const [admin, reader] = [await token('admin'), await token('reader')];
    for (const { method, path } of found) {
      assert.equal(await status(method, path), 401, `${method} ${path}, nobody`);
      assert.equal(await status(method, path, reader), 401, `${method} ${path}, reader`);
      // An empty body is refused for what it lacks.
      assert.equal(await status(method, path, admin), 400, `${method} ${path}, admin`);
    }
  });
});
