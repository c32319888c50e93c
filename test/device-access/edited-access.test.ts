import assert from 'node:assert/strict';
import { defaults } from '../../nodes/device-access/config.ts';
import { accessOf } from '../../nodes/device-access/edited-access.ts';
import { transports } from '../../nodes/device-access/transports/index.ts';
import { closeAll, listen } from './peer.ts';

const never = new AbortController().signal;

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
        { user: 'stored', secret: 'hush' },
        transports,
      );
      await access.poll(address, never);
      await access.close();
      assert.equal(sent, `Basic ${btoa(expected)}`);
    });
  }
});
