import assert from 'node:assert/strict';
import { usableSensors } from '../../../nodes/shared/host/temperature.ts';

describe('usableSensors', () => {
  it('leaves out what is broken or not connected', () => {
    const sensors = [41, -273.15, 65_261.85, 127, -61, 200, 149, -40].map((celsius) => ({
      sensor: String(celsius),
      celsius,
    }));
    const faulty = { sensor: 'faulty', celsius: 40, faulty: true };
    assert.deepEqual(
      usableSensors([...sensors, faulty]).map(({ celsius }) => celsius),
      [41, 149, -40],
    );
  });

  it('gives each a name of its own, which does not depend on the state of others', () => {
    const names = (faulty: boolean) =>
      usableSensors([
        { sensor: 'c L', own: 'temp1', celsius: 40 },
        { sensor: 'c L', own: 'temp2', celsius: 41, faulty },
        { sensor: 'a', celsius: 1 },
        { sensor: 'a', celsius: 2 },
        { sensor: 'a #2', celsius: 3 },
      ]).map(({ sensor }) => sensor);
    assert.deepEqual(names(false), ['c L temp1', 'c L temp2', 'a', 'a #2', 'a #2 #2']);
    assert.deepEqual(names(true), ['c L temp1', 'a', 'a #2', 'a #2 #2']);
  });
});
