import assert from 'node:assert/strict';
import { outlook } from '../../nodes/history-database/outlook.ts';

const day = 86_400_000;
const retention = { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 };

describe('outlook', () => {
  it('goes by the folder’s own bytes a reading once there are enough', () => {
    assert.deepEqual(outlook({ readings: 1e6, size: 1.5e6 }, 100, retention), {
      bytesPerDay: 100 * 86_400 * 1.5,
      days: 1e9 / (100 * 86_400 * 1.5),
    });
    assert.equal(outlook({ readings: 10, size: 90_000 }, 1, retention).bytesPerDay, 2 * 86_400);
  });

  it('tells of no limit that the ages reach before, nor where nothing comes', () => {
    assert.equal(outlook({ readings: 1e6, size: 1.5e6 }, 10, retention).days, undefined);
    assert.deepEqual(outlook({ readings: 0, size: 0 }, 0, retention), {
      bytesPerDay: 0,
      days: undefined,
    });
  });
});
