import assert from 'node:assert/strict';
import { recentChanges } from '../../nodes/email-alert/recent-changes.ts';
import type { Version } from '../../nodes/shared/configurations/versions/contract.ts';
import { alert, recovery } from './alerts.ts';

const hour = 3_600_000;

describe('recentChanges', () => {
  const asked: unknown[] = [];
  const kept = (id: number, before?: number): Version => ({
    ...{ id, device: 'core-1', time: 0, hash: '', size: 0, added: 1, removed: 2, isFull: false },
    ...(before !== undefined && { before }),
  });
  const versions = (found: Version[]) => ({
    changes: (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(found);
    },
  });

  beforeEach(() => asked.splice(0));

  it('finds the last change of the device in the hour before', async () => {
    const one = alert({ labels: { device: 'core-1' } });
    const found = await recentChanges([one], versions([kept(1), kept(2, 1), kept(3, 2)]));
    assert.deepEqual([...found], [[one.fingerprint, kept(3, 2)]]);
    assert.deepEqual(asked, [[one.startsAt - hour, one.startsAt, 'core-1']]);
  });

  it('takes the first version of a device for no change', async () => {
    const one = alert({ labels: { device: 'core-1' } });
    assert.equal((await recentChanges([one], versions([kept(1)]))).size, 0);
  });

  it('asks once for several alerts of a device, and not of what is over, of no device or a change itself', async () => {
    const of = { labels: { device: 'core-1' } };
    const alerts = [
      alert(of),
      alert({ ...of, fingerprint: 'f2' }),
      recovery({ ...of, fingerprint: 'f3' }),
      alert({ labels: {}, fingerprint: 'f4' }),
      alert({ ...of, metric: 'configuration_changed', fingerprint: 'f5' }),
    ];
    const found = await recentChanges(alerts, versions([kept(2, 1)]));
    assert.deepEqual([...found.keys()], ['f1', 'f2']);
    assert.equal(asked.length, 1);
  });
});
