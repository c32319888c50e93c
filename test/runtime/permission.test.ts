import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Red, root } from '../support/red.ts';

// bcrypt of "secret"
const password = '$2b$04$gxPWAvRlV05BEooOrINphOc4FQwvWli14xAYxiPYeA76LC1ACwcd6';

/** What whoever may only read may ask. */
const readable = ['GET configurations', 'GET watched'];

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

  interface Route {
    method: string;
    path: string;
    /** whether whoever may only read may ask it */
    isForReaders: boolean;
  }

  async function routes(): Promise<Route[]> {
    const directory = join(root, 'dist');
    const files = (await readdir(directory)).filter((file) => file.endsWith('.js'));
    const code = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    const all = code.join('\n');
    // None goes past the one helper, which is built into each file that uses it, but for a file that was asked
    // for with permission: the browser fetches it itself, at a secret address that works once.
    const download = /httpAdmin\.get\(`\/\$\{adminPath\("history-database\/download"\)\}/g;
    const helpers = all.match(/function addAdminRoute\(/g);
    assert.equal(all.replace(download, '').match(/httpAdmin/g)?.length, helpers?.length);
    return [...all.matchAll(/ addAdminRoute\(\s*RED\d*,\s*"(\w+) ([^"]+)"/g)].map(
      ([, method, path]) => ({
        method: method!,
        path: `/netmon/${path}`,
        isForReaders: readable.includes(`${method} ${path}`),
      }),
    );
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
    assert.deepEqual(
      found.filter(({ isForReaders }) => isForReaders).map(({ path }) => path),
      readable.map((route) => `/netmon/${route.split(' ')[1]}`),
    );
    for (const { method, path, isForReaders } of found) {
      assert.equal(await status(method, path), 401, `${method} ${path}, nobody`);
      const read = await status(method, path, reader);
      assert.equal(read, isForReaders ? 200 : 401, `${method} ${path}, reader`);
      // What an empty body or a bad path lacks is told.
      const asked = await status(method, path, admin);
      assert.ok(method === 'POST' || path.includes(':') ? asked === 400 : asked === 200, path);
    }
  });
});
