import assert from 'node:assert/strict';
import { CpuUsage } from '../../nodes/host-metrics/cpu-usage.ts';

describe('CpuUsage', () => {
  const core = (name: string, busy: number, total: number) => ({ core: name, busy, total });

  it('is the busy share of the time between two calls', () => {
    const usage = new CpuUsage();
    assert.equal(usage.update([core('0', 100, 1000), core('1', 0, 1000)]), undefined);
    assert.deepEqual(usage.update([core('0', 125, 1100), core('1', 100, 1100)]), {
      total: 62.5,
      cores: [
        { core: '0', usage: 25 },
        { core: '1', usage: 100 },
      ],
    });
  });

  it('stands where no time has passed', () => {
    const usage = new CpuUsage();
    usage.update([core('0', 0, 0)]);
    const last = usage.update([core('0', 5, 10)]);
    assert.equal(last?.total, 50);
    assert.equal(usage.update([core('0', 5, 10)]), last);
  });

  it('leaves out a core that has just come, and stays within 0 and 100', () => {
    const usage = new CpuUsage();
    usage.update([core('0', 50, 100)]);
    assert.deepEqual(usage.update([core('0', 49, 110), core('1', 9, 9)]), {
      total: 0,
      cores: [{ core: '0', usage: 0 }],
    });
  });
});
