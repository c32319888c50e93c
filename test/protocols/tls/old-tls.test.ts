import assert from 'node:assert/strict';
import { Access } from '../../../nodes/device-access/access.ts';
import { defaults } from '../../../nodes/device-access/config.ts';
import { ca, closeAll, listen } from '../peer.ts';

describe('The certificate of a server that knows only old TLS', () => {
  afterEach(closeAll);

  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    it(`is read over ${version} where that is allowed, and else it says what allows it`, async () => {
      const { address } = await listen((_, response) => response.end(), true, {
        minVersion: 'TLSv1',
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      const poll = async (oldTls: boolean) => {
        const config = { ...defaults, protocol: 'tls', retries: 0, ca, oldTls } as const;
        const access = new Access(config, {});
        try {
          return await access.poll(address, new AbortController().signal);
        } finally {
          await access.close();
        }
      };
      const answer = await poll(true);
      assert.ok('snapshot' in answer);
      assert.ok(answer.snapshot.readings!.some(({ metric }) => metric === 'certificate_days_left'));
      await assert.rejects(poll(false), {
        message: /^the device speaks only an old version of TLS/,
      });
    });
  }
});
