import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Access } from '../../nodes/config-access/access.ts';
import { type AccessSettings, accessSettings } from '../../nodes/config-access/config.ts';
import { isProblem } from '../../nodes/shared/problem.ts';
import { closeAll, listen } from '../protocols/peer.ts';

const never = new AbortController().signal;
const password = 'tops3cret-token';

async function fetched(
  settings: Partial<AccessSettings>,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const { address } = await listen(answer);
  const access = new Access(
    {
      ...accessSettings.defaults,
      dialect: 'own',
      ownWay: 'http',
      url: 'http://{address}',
      ...settings,
    },
    { user: 'netmon', password },
  );
  try {
    return await access.fetch({ name: 'core-1', address }, { signal: never });
  } finally {
    await access.close();
  }
}

async function problemOf(fetching: Promise<unknown>): Promise<{ keys: string[]; text: string }> {
  const error = await fetching.then(
    () => assert.fail('it was fetched'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isProblem(error), String(error));
  const keys: string[] = [];
  for (let at: unknown = error; isProblem(at); at = at.cause) keys.push(at.key);
  return { keys, text: `${error.message} ${JSON.stringify(error.params)}` };
}

describe('a configuration over HTTP', () => {
  afterEach(closeAll);

  it('is read with a login, below the address of the device', async () => {
    const asked: unknown[] = [];
    const { running, saved, hostKey } = await fetched(
      { url: 'http://{address}/proxy/', ownCommands: '/api/a?full=1', ownSaved: '/api/b' },
      ({ method, url, headers }, response) => {
        asked.push([method, url, headers.authorization]);
        response.end('<a>\r\n</a>');
      },
    );
    const login = `Basic ${btoa(`netmon:${password}`)}`;
    assert.deepEqual(asked, [
      ['GET', '/proxy/api/a?full=1', login],
      ['GET', '/proxy/api/b', login],
    ]);
    assert.deepEqual(
      { running, saved, hostKey },
      { running: '<a>\n</a>\n', saved: '<a>\n</a>\n', hostKey: undefined },
    );
  });

  it('is asked for with a body, and JSON has a line for each value', async () => {
    let body = '';
    const { running } = await fetched(
      { ownCommands: 'POST /api/export {"full": true}', authentication: 'bearer' },
      (request, response) => {
        assert.equal(request.headers.authorization, `Bearer ${password}`);
        assert.equal(request.headers['content-type'], 'application/json');
        request.on('data', (piece) => (body += String(piece)));
        request.on('end', () => {
          response.setHeader('content-type', 'application/json');
          response.end('{"vlan":[1,2]}');
        });
      },
    );
    assert.equal(body, '{"full":true}');
    assert.equal(running, '{\n  "vlan": [\n    1,\n    2\n  ]\n}\n');
  });

  it('of a FortiGate is asked for by the other method where one is not known', async () => {
    const methods: string[] = [];
    const { running } = await fetched(
      { dialect: 'fortigate-http', authentication: 'bearer' },
      ({ method, url }, response) => {
        methods.push(method!);
        assert.equal(url, '/api/v2/monitor/system/config/backup?scope=global');
        if (methods.length === 1) response.statusCode = 405;
        response.end('#config-version=1\nend\n');
      },
    );
    assert.equal(new Set(methods).size, 2);
    assert.equal(running, '#config-version=1\nend\n');
  });

  for (const [what, settings, answer, expected] of [
    [
      'a refused login',
      {},
      (_: unknown, response: ServerResponse) => {
        response.statusCode = 401;
        response.end();
      },
      ['device', 'atCommand', 'unauthorized'],
    ],
    [
      'a page that is not there',
      {},
      (_: unknown, response: ServerResponse) => {
        response.statusCode = 404;
        response.end();
      },
      ['device', 'atCommand', 'notFound'],
    ],
    [
      'JSON that is none',
      {},
      (_: unknown, response: ServerResponse) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"psk": "config-s3cret", oops');
      },
      ['device', 'atCommand', 'notJson'],
    ],
    [
      'too large an answer',
      { maxSize: 0.001 },
      (_: unknown, response: ServerResponse) => {
        response.end('config-s3cret\n'.repeat(1000));
      },
      ['device', 'atCommand', 'tooLarge'],
    ],
    ['an answer that does not come', { timeout: 1 }, () => {}, ['device', 'atCommand', 'timeout']],
  ] as [
    string,
    Partial<AccessSettings>,
    (request: unknown, response: ServerResponse) => void,
    string[],
  ][]) {
    it(`names device and path of ${what}, and nothing secret`, async () => {
      const { keys, text } = await problemOf(
        fetched({ ownCommands: '/backup?key=url-s3cret', ...settings }, answer),
      );
      assert.deepEqual(keys, expected);
      assert.match(text, /core-1 \(127\.0\.0\.1:\d+\): \/backup: /);
      assert.doesNotMatch(text, /s3cret/);
    });
  }

  it('never sends the login to another origin', async () => {
    let asked = 0;
    const other = await listen(({ headers }, response) => {
      asked++;
      assert.equal(headers.authorization, undefined);
      response.writeHead(401).end();
    });
    const { keys } = await problemOf(
      fetched({ ownCommands: '/backup' }, (_, response) => {
        response.writeHead(302, { location: `http://${other.address}/` }).end();
      }),
    );
    assert.equal(keys[0], 'device');
    assert.ok(asked <= 1);
  });
});
