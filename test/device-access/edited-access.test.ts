import assert from 'node:assert/strict';
import { type AccessConfig, defaults as newAccess } from '../../nodes/device-access/config.ts';
import { accessOf } from '../../nodes/device-access/edited-access.ts';
import { openEdited } from '../../nodes/device-access/runtime-edited-access.ts';
import { closeAll, listen } from '../protocols/peer.ts';

const never = new AbortController().signal;

const defaults: AccessConfig = { ...newAccess, protocol: 'http' };

describe('the access that a dialog sent', () => {
  afterEach(closeAll);

  for (const [name, typed, expected] of [
    ['the stored secrets', undefined, 'stored:hush'],
    ['the stored secret behind its placeholder', { user: 'new', secret: '__PWRD__' }, 'new:hush'],
    ['no secret where it was removed', { user: 'new', secret: '' }, 'new:'],
    ['a secret typed anew', { user: 'new', secret: 'typed' }, 'new:typed'],
  ] as const) {
    it(`uses ${name}`, async () => {
      let sent: string | undefined;
      const { address } = await listen((request, response) => {
        sent = request.headers.authorization;
        response.end('[]');
      });
      const access = accessOf(
        {
          ...defaults,
          id: 'access',
          url: 'http://{address}/',
          authentication: 'basic',
          ...(typed && { credentials: typed }),
        },
        {
          config: { ...defaults, url: 'http://{address}/', authentication: 'basic' },
          secrets: { user: 'stored', secret: 'hush' },
        },
      );
      await access.poll(address, never);
      await access.close();
      assert.equal(sent, `Basic ${btoa(expected)}`);
    });
  }

  const config = {
    ...defaults,
    protocol: 'prometheus',
    url: 'https://{address}/',
    authentication: 'basic',
  } as const;
  const stored = { config, secrets: { user: 'stored', secret: 'hush' } };

  for (const change of [
    { url: 'https://{address}:8443/' },
    { url: 'https://other.example/{address}' },
    { protocol: 'http-check' },
    { authentication: 'bearer' },
    { authentication: 'key' },
    { verify: false },
    { ca: '-----BEGIN CERTIFICATE-----a-----END CERTIFICATE-----' },
    { oldTls: true },
    { protocol: 'snmp' },
  ] as const) {
    it(`does not send the stored secrets elsewhere: ${JSON.stringify(change)}`, () => {
      assert.throws(() => accessOf({ ...config, id: 'a', ...change }, stored), {
        message: /^the kept login is for what is deployed: /,
      });
    });
  }

  it('needs no stored secret for a change that sends none, or others', async () => {
    const typed = { user: 'u', secret: 's' };
    for (const change of [
      { authentication: 'none' },
      { protocol: 'ping' },
      { timeout: 9 },
      { url: 'http://{address}/', credentials: typed },
    ] as const) {
      await accessOf({ ...config, id: 'a', ...change }, stored).close();
    }
  });

  it('has the settings of now, although nobody opened its dialog since 0.1.0', async () => {
    const { address } = await listen((_, response) => response.end('{"in-sync":"no"}'));
    const access = openEdited({ nodes: { eachNode: () => {} } } as never, {
      ...defaults,
      version: undefined,
      id: 'a',
      protocol: 'http-check',
      url: 'http://{address}/',
      jsonCondition: 'in-sync = yes',
    });
    const answer = await access.poll(address, never);
    await access.close();
    assert.match(
      String('down' in answer && answer.down),
      /the condition `in-sync` = "yes": it gives false/,
    );
  });

  it('takes the secrets of a device access only', () => {
    const nodes = {
      eachNode: (each: (node: object) => void) => each({ id: 'a', type: 'mqtt-broker', ...config }),
      getCredentials: () => assert.fail('asked for'),
    };
    void openEdited({ nodes } as never, { ...config, id: 'a' }).close();
  });
});
