import assert from 'node:assert/strict';
import { UnitChoice } from '../../nodes/chart-data/unit-choice.ts';

describe('UnitChoice', () => {
  it('takes the unit in which the largest value reads best', () => {
    const unitFor = (largest: number, unit: string) => new UnitChoice('').choose(largest, unit);
    assert.deepEqual(unitFor(12_300_000, 'bit/s'), { factor: 1e-6, unit: 'Mbit/s' });
    assert.deepEqual(unitFor(999, 'bit/s'), { factor: 1, unit: 'bit/s' });
    assert.deepEqual(unitFor(3 * 1024 ** 3, 'B'), { factor: 1024 ** -3, unit: 'GiB' });
    assert.deepEqual(unitFor(93, '%'), { factor: 1, unit: '%' });
    assert.deepEqual(unitFor(5e6, '1'), { factor: 1, unit: '1' });
  });

  it('grows at once and shrinks only when values have become much smaller', () => {
    const choice = new UnitChoice('');
    const units = [900e3, 1.1e6, 990e3, 1.2e6, 210e3, 190e3, 250e3, 1e6].map(
      (largest) => choice.choose(largest, 'bit/s').unit,
    );
    assert.deepEqual(units, [
      'kbit/s',
      'Mbit/s',
      'Mbit/s',
      'Mbit/s',
      'Mbit/s',
      'kbit/s',
      'kbit/s',
      'Mbit/s',
    ]);
  });

  it('keeps its unit while everything is idle', () => {
    const choice = new UnitChoice('');
    choice.choose(5e6, 'bit/s');
    assert.equal(choice.choose(0, 'bit/s').unit, 'Mbit/s');
  });

  it('obeys a wanted unit, for values that have it', () => {
    const choice = new UnitChoice('Mbit/s');
    assert.deepEqual(choice.choose(3, 'bit/s'), { factor: 1e-6, unit: 'Mbit/s' });
    assert.deepEqual(choice.choose(3e12, 'bit/s'), { factor: 1e-6, unit: 'Mbit/s' });
    assert.deepEqual(choice.choose(3e12, '%'), { factor: 1, unit: '%' });
    assert.deepEqual(new UnitChoice('ppm').choose(0.01, '1'), { factor: 1e6, unit: 'ppm' });
    assert.deepEqual(new UnitChoice('%').choose(5e6, 'bit/s'), { factor: 1e-6, unit: 'Mbit/s' });
  });
});
