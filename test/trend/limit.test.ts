import assert from 'node:assert/strict';
import { readLimit } from '../../nodes/trend/limit.ts';

describe('readLimit', () => {
  it('reads numbers and units as people write them', () => {
    const cases: [unknown, number, string | undefined][] = [
      [95, 95, undefined],
      [' 95 ', 95, undefined],
      ['-3.5', -3.5, undefined],
      ['80 %', 80, '%'],
      ['80%', 80, '%'],
      ['1 Gbit/s', 1e9, 'bit/s'],
      ['900 Mbps', 9e8, 'bit/s'],
      ['1.5TiB', 1.5 * 1024 ** 4, 'B'],
      ['500 GB', 5e11, 'B'],
      ['10 kB/s', 1e4, 'B/s'],
      ['14 d', 14, 'd'],
      ['2 h', 7200, 's'],
      ['60 °C', 60, '°C'],
      ['1e3 /s', 1000, '1/s'],
    ];
    for (const [text, value, unit] of cases) {
      assert.deepEqual(readLimit('bound', text), { value, unit }, String(text));
    }
  });

  it('is none where nothing is given', () => {
    for (const nothing of ['', undefined, null]) {
      assert.equal(readLimit('bound', nothing), undefined);
    }
  });

  it('refuses what is no limit, and says what one is', () => {
    const bad = [
      'full',
      '95 %%',
      '1e999',
      '1 xB',
      '5 constructor',
      '5 5',
      {},
      [],
      true,
      Number.NaN,
    ];
    for (const value of bad) {
      assert.throws(() => readLimit('bound', value), { field: 'bound', expected: 'limitWithUnit' });
    }
  });
});
