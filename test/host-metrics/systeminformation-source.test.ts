import assert from 'node:assert/strict';
import { systeminformationSource } from '../../nodes/host-metrics/systeminformation-source.ts';

describe('systeminformation as the source', () => {
  it('tells plausible values of this machine', async () => {
    const source = await systeminformationSource();
    const { total, available } = await source.memory();
    assert.ok(available > 0 && available < total);
    for (const { busy, total: all } of await source.cpu()) assert.ok(busy > 0 && busy < all);
    for (const { mount, used, available: left } of await source.disks()) {
      assert.ok(mount !== '' && used >= 0 && left >= 0);
    }
    const asked = performance.now();
    const [loopback] = await source.interfaces((name) => name.startsWith('lo'));
    assert.ok(loopback && Number(loopback.inOctets) >= 0);
    assert.ok(loopback.countedAt! > asked && loopback.countedAt! <= performance.now());
    assert.deepEqual(await source.interfaces(() => false), []);
    assert.ok(source.uptime() > 0);
    assert.ok((await source.processes()).some(({ memory }) => memory > 0));
  });
});
