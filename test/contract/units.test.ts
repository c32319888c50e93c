import assert from 'node:assert/strict';
import { duration, format, scaled, scaleFor } from '../../nodes/contract/units.ts';

describe('format', () => {
  const cases: [value: number, unit: string, text: string][] = [
    [93.04, '%', '93 %'],
    [0.012345, '1', '0.0123'],
    [-0, '%', '0 %'],
    [12_340_000, 'bit/s', '12.3 Mbit/s'],
    [999_999, 'bit/s', '1 Mbit/s'],
    [1536, 'B', '1.5 KiB'],
    [-2048, 'B/s', '-2 KiB/s'],
    [12_345, '1/s', '12345 /s'],
    [21.55, '°C', '21.6 °C'],
    [59, 's', '59 s'],
    [187_000, 's', '2 d 3 h'],
    [1, 'constructor', '1 constructor'],
  ];
  for (const [value, unit, text] of cases) {
    it(`writes ${value} "${unit}" as ${text}`, () => assert.equal(format(value, unit), text));
  }

  it('uses the decimal sign of a language', () => {
    assert.equal(format(0.01, '1', 'de'), '0,01');
  });
});

describe('scaled', () => {
  it('gives the value in the unit that reads best', () => {
    assert.deepEqual(scaled(3 * 1024 ** 3, 'B'), { value: 3, unit: 'GiB' });
    assert.deepEqual(scaleFor(5e6, 'bit/s'), { factor: 1e-6, unit: 'Mbit/s' });
    assert.deepEqual(scaleFor(Number.POSITIVE_INFINITY, 'B'), { factor: 1, unit: 'B' });
  });
});

describe('duration', () => {
  it('names the two largest units', () => {
    assert.deepEqual([0, 90, 300, 86_400, 90_061, -60].map(duration), [
      '0 s',
      '1 min 30 s',
      '5 min',
      '1 d',
      '1 d 1 h',
      '-1 min',
    ]);
  });
});
