import assert from 'node:assert/strict';
import { defaults } from '../../nodes/device-access/config.ts';
import { transports } from '../../nodes/device-access/transports/index.ts';
import { accessOf, tryOut } from '../../nodes/device-poll/try-out.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { closeAll, listen } from '../device-access/peer.ts';

const device = { name: 'core-1', address: '10.0.0.1', labels: {} };
const never = new AbortController().signal;

describe('tryOut', () => {
  it('polls twice, so that counts show their rates', async () => {
    let octets = 0;
    const access = {
      poll: async () => ({ document: [{ name: 'eth0', inOctets: (octets += 1000) }] }),
    };
    const { readings } = await tryOut(device, access, (x) => x, String, never);
    assert.deepEqual(
      readings.map((r) => r.metric),
      ['device_up', 'poll_duration', 'in_rate'],
    );
  });

  it('tells of the precise problem', async () => {
    const access = { poll: () => Promise.reject(new Problem('connectionRefused')) };
    await assert.rejects(
      tryOut(device, access, (x) => x, String, never),
      {
        message: 'core-1 (10.0.0.1): connection refused',
      },
    );
  });
});

describe('the access of a try-out', () => {
  afterEach(closeAll);

  for (const [name, typed, expected] of [
    ['the stored secrets', undefined, 'stored:hush'],
    ['the stored secret behind its placeholder', { user: 'new', secret: '__PWRD__' }, 'new:hush'],
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
