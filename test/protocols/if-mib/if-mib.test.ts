import assert from 'node:assert/strict';
import { interfaceSpeed, interfaceType } from '../../../nodes/protocols/if-mib/if-mib.ts';

const full = 2 ** 32 - 1;

describe('interfaceSpeed', () => {
  for (const [ifSpeed, ifHighSpeed, expected, why] of [
    [1e9, 1000, 1e9, 'both'],
    [full, 10_000, 10e9, 'ifSpeed is at its end'],
    [64_000, 0, 64_000, 'ifHighSpeed is 0 below 1 Mbit/s'],
    [1_544_000, 2, 1_544_000, 'ifHighSpeed is rounded'],
    [100e6, undefined, 100e6, 'ifHighSpeed is missing'],
    [undefined, 40_000, 40e9, 'ifSpeed is missing'],
    [10e6, 1000, 1e9, 'they contradict each other'],
    [0, 0, undefined, 'both are 0'],
    [full, 0, undefined, 'nothing is known but the end of ifSpeed'],
    [full, 4294, undefined, 'ifHighSpeed was made from the end of ifSpeed'],
    [1e9, full, 1e9, 'ifHighSpeed is nonsense'],
    [1410065408, 1410, 10e9, 'ifSpeed wrapped, and ifHighSpeed was made of it'],
    [1410065408, 10_000, 10e9, 'ifSpeed wrapped'],
    [3525163520, undefined, 25e9, 'ifSpeed wrapped and is all there is'],
    [10e6, 10e6, 10e6, 'ifHighSpeed is in bit/s'],
    [1e9, 1e6, 1e9, 'ifHighSpeed is in kbit/s'],
    [undefined, undefined, undefined, 'both are missing'],
  ] as const) {
    it(`is ${expected ?? 'unknown'} where ${why}`, () => {
      assert.equal(interfaceSpeed(ifSpeed, ifHighSpeed), expected);
    });
  }
});

describe('interfaceType', () => {
  it('is a word, or the number where there is none', () => {
    assert.equal(interfaceType(6), 'ethernet');
    assert.equal(interfaceType(161), 'aggregate');
    assert.equal(interfaceType(250), '250');
  });
});
